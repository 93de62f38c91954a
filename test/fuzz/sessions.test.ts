/** Any steps of a client, in any order, against a model of slots, guards and references; the daemon's counters after every step. */
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { createCryptoStack } from '../../src/client/index.js';
import * as blocking from '../../src/client/sync.js';
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { countersOf, countersReturn } from '../e2e/counters.js';
import { type RealSession, steps } from './session-commands.js';
import { type Counters, SessionModel, type SlotName } from './session-model.js';

const names: readonly SlotName[] = ['first', 'second'];
let daemon: DisposableDaemon;
let admin: AdminClient;

beforeAll(async () => {
  daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider()],
      slots: names.map((name) => ({
        name,
        kind: 'key',
        algorithm: 'AES-256',
        providers: ['software'],
        permissions: ['encrypt', 'decrypt'],
      })),
      access: [
        {
          user: process.getuid?.() ?? 0,
          slots: { first: 'first', second: 'second' },
          rights: ['use', 'write', 'generate', 'clear'],
        },
      ],
    },
  });
  admin = await AdminClient.open(daemon.adminPath);
});
afterAll(async () => {
  await admin?.[Symbol.asyncDispose]();
  await daemon?.[Symbol.asyncDispose]();
});

async function counters(): Promise<Counters> {
  const { contexts, ephemeralKeys, providers } = await admin.call('status', {});
  return { contexts, ephemeralKeys, providerKeys: providers[0]?.keys ?? -1 };
}

async function openSession(): Promise<RealSession & { readonly sync: blocking.CryptoStack }> {
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint, defaultOperationTimeout: 60_000 });
  const context = await stack.createCryptoContext();
  const slots = { first: await context.resolveResource('first', 'keySlot'), second: await context.resolveResource('second', 'keySlot') };
  await using management = await context.createKeyManagementContext();
  for (const slot of Object.values(slots))
    if ((await management.getKeySlotInfo(slot)).state === 'occupied') await management.clearKey(slot);
  const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint, defaultOperationTimeout: 60_000 });
  const blockingContext = sync.createCryptoContext();
  return { stack, sync, context, blockingContext, slots, managements: [], guards: [], contexts: [], counters };
}

test('a session is what the model says, step by step', { timeout: 300_000 }, async () => {
  const idle = await countersOf(daemon);
  const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 150, size: 'max' }), async (commands) => {
    const real = await openSession();
    try {
      await fc.asyncModelRun(() => ({ model: new SessionModel(), real }), commands);
    } finally {
      await real.stack.close();
      real.sync.close();
    }
    await countersReturn(daemon, idle);
  });
  await fc.assert(property, { numRuns: 100 });
});
