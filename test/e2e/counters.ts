/** What `keyslot status` shows, as tests compare it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import type { StatusResponse } from '../../src/daemon/admin/generated/messages.js';
import type { DisposableDaemon } from '../../src/testing/index.js';

export async function statusOf(daemon: DisposableDaemon): Promise<StatusResponse> {
  await using client = await AdminClient.open(daemon.adminPath);
  return await client.call('status', {});
}

/** The counters that must come back to what they were. */
export async function countersOf(daemon: DisposableDaemon): Promise<object> {
  const { connections, sessions, contexts, ephemeralKeys, inFlight, bytesHeld, providers } = await statusOf(daemon);
  return {
    connections,
    sessions,
    contexts,
    ephemeralKeys,
    inFlight,
    bytesHeld,
    providers: providers.map(({ name, keys, sessionsBusy, sessionsOwner, sessionsQuarantined }) => ({
      name,
      keys,
      sessionsBusy,
      sessionsOwner,
      sessionsQuarantined,
    })),
  };
}

/** Waits until the counters are as expected; `within` milliseconds. */
export async function countersReturn(daemon: DisposableDaemon, expected: object, within = 10_000): Promise<void> {
  const until = performance.now() + within;
  for (;;) {
    const now = await countersOf(daemon);
    if (JSON.stringify(now) === JSON.stringify(expected)) return;
    if (performance.now() > until) expect(now).toEqual(expected);
    await sleep(50);
  }
}
