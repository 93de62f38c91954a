/** The supervisor, with the real slow host below it. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { KeyslotError } from '../../../src/core/errors.js';
import { RequestCall } from '../../../src/daemon/request-call.js';
import { isHostPid } from '../../../src/providers/hosting/host.js';
import { SlowHostChild } from '../../../src/providers/software/slow-host-child.js';

const hang = { call: 10_000, generate: 300_000 };
const lines: string[] = [];
const log = {
  info: (_: object, message: string) => void lines.push(message),
  warn: (_: object, message: string) => void lines.push(message),
};
let slow: SlowHostChild;

const generate = (child: SlowHostChild, bits: number, call: RequestCall) => child.run('generateRsa', { bits }, call, () => undefined);

function make(limits = hang): SlowHostChild {
  slow = new SlowHostChild('test', limits, log);
  return slow;
}
afterEach(async () => {
  await slow?.stop();
});

/** A zombie is no process that lives. Its `stat` is everybody's to read, other than its `exe`. */
function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !condition(); i++) await sleep(10);
  expect(condition()).toBe(true);
}

test('starts at the first need, answers, stops without a trace', async () => {
  const child = make();
  expect(child.host.state.kind).toBe('stopped');
  const { pkcs8 } = await generate(child, 1024, new RequestCall(1));
  expect(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).asymmetricKeyDetails?.modulusLength).toBe(1024);
  const pid = child.host.pid as number;
  expect(isHostPid(pid)).toBe(true);
  await child.stop();
  expect(isHostPid(pid)).toBe(false);
  await until(() => !lives(pid));
});

test('a host that is lost takes what was sent with it and is there again for the next', async () => {
  const child = make();
  await child.host.start();
  const pid = child.host.pid as number;
  const lost = generate(child, 8192, new RequestCall(1));
  const outcome = lost.then(
    () => 'answered',
    (error: KeyslotError) => error.code,
  );
  await until(() => child.host.outstanding === 1);
  process.kill(pid, 'SIGKILL');
  expect(await outcome).toBe('OUTCOME_UNKNOWN');
  expect((await generate(child, 1024, new RequestCall(1))).spki.length).toBeGreaterThan(100);
  expect(child.host.pid).not.toBe(pid);
  expect(child.host.restarts).toBe(1);
});

test('work that nobody waits for is really stopped', async () => {
  const child = make();
  await child.host.start();
  const pid = child.host.pid as number;
  const call = new RequestCall(1);
  const given = generate(child, 16_384, call).catch((error: KeyslotError) => error.code);
  await until(() => child.host.outstanding === 1);
  call.abandon(new KeyslotError('OPERATION_TIMED_OUT', 'test'));
  expect(await given).toBe('OPERATION_CANCELLED');
  await until(() => !lives(pid));
  expect(child.host.hangs).toBe(0);
});

test('silence beyond the limit replaces the host, and counts', async () => {
  const child = make({ call: 10_000, generate: 300 });
  await child.host.start();
  const pid = child.host.pid as number;
  process.kill(pid, 'SIGSTOP');
  const code = await generate(child, 1024, new RequestCall(1)).catch((error: KeyslotError) => error.code);
  expect(code).toBe('OUTCOME_UNKNOWN');
  expect(child.host.hangs).toBe(1);
  await until(() => child.host.state.kind === 'ready');
  expect(child.host.pid).not.toBe(pid);
});

test('a host dies with its daemon', async () => {
  const { spawn } = await import('node:child_process');
  const { fileURLToPath } = await import('node:url');
  const program = fileURLToPath(new URL('../../../src/providers/software/slow-host-child.js', import.meta.url));
  const parent = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { SlowHostChild } from ${JSON.stringify(program)};
     const child = new SlowHostChild('orphan', { call: 10000, generate: 300000 }, { info() {}, warn() {} });
     await child.host.start();
     process.stdout.write(String(child.host.pid) + '\\n');
     setInterval(() => {}, 1000);`,
  ]);
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString()))));
  expect(lives(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !lives(pid));
});
