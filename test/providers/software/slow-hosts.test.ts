/** The slow hosts together, as real children. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { kdfAlgorithm } from '../../../src/core/algorithms.js';
import { KeyslotError } from '../../../src/core/errors.js';
import { RequestCall } from '../../../src/daemon/request-call.js';
import { verifyMessage } from '../../../src/providers/post-quantum/signing.js';
import { mostChildren, SlowHosts } from '../../../src/providers/software/slow-hosts.js';

const log = { info: () => undefined, warn: () => undefined };
const gone = new KeyslotError('OPERATION_TIMED_OUT', 'test');

function make(): SlowHosts {
  const hosts = new SlowHosts('test', { call: 10_000, generate: 300_000 }, log);
  onTestFinished(() => hosts.stop());
  return hosts;
}
function running(hosts: SlowHosts): number {
  return hosts.children.filter(({ host }) => host.state.kind === 'ready' && host.outstanding > 0).length;
}
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 3000 && !condition(); i++) await sleep(10);
  expect(condition()).toBe(true);
}
function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: KeyslotError) => error.code,
  );
}
function lives(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !'ZX'.includes(stat.charAt(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
function scrypt(name = 'scrypt') {
  const algorithm = kdfAlgorithm(name);
  if (algorithm === undefined) throw new Error(name);
  return algorithm;
}

test('do all their work in children', async () => {
  const hosts = make();
  const call = new RequestCall(1);
  const { pkcs8 } = await hosts.generateRsa(2048, call);
  expect(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }).asymmetricKeyType).toBe('rsa');

  const { privateKey, publicKey } = await hosts.generatePostQuantum('ML-DSA-44', call);
  const message = Buffer.from('message');
  const context = Buffer.from('context');
  const signature = await hosts.signPostQuantum({ name: 'ML-DSA-44', privateKey, message, context, deterministic: false }, call);
  expect(verifyMessage('ML-DSA-44', publicKey, message, signature, { context })).toBe(true);
  expect(await hosts.verifyPostQuantum({ name: 'ML-DSA-44', publicKey, message, context, signature }, call)).toBe(true);
  expect(await hosts.verifyPostQuantum({ name: 'ML-DSA-44', publicKey, message, context: Buffer.from('x'), signature }, call)).toBe(false);

  // RFC 7914 section 12.
  const parameters = { salt: Buffer.from('NaCl'), iterationCount: 1024, memory: 8, parallelism: 16 };
  const derived = await hosts.derive({ algorithm: scrypt(), parameters }, Buffer.from('password'), 64, call);
  expect(Buffer.from(derived).toString('hex').slice(0, 32)).toBe('fdbabe1c9d3472007856e7190d01e9fe');
  expect(hosts.children.filter(({ host }) => host.pid !== undefined)).toHaveLength(1);
});

test('refusals of a child are its own, and it goes on', async () => {
  const hosts = make();
  const parameters = { salt: Buffer.from('salt'), iterationCount: 1000, memory: 8, parallelism: 1 };
  const call = new RequestCall(1);
  await expect(hosts.derive({ algorithm: scrypt(), parameters }, Buffer.from('p'), 32, call)).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    field: 'kdf.iterationCount',
  });
  expect(
    (await hosts.derive({ algorithm: scrypt(), parameters: { ...parameters, iterationCount: 16 } }, Buffer.from('p'), 32, call)).length,
  ).toBe(32);
});

test('are bounded in number, and one caller never has them all', async () => {
  const hosts = make();
  const greedy = Array.from({ length: 8 }, () => new RequestCall(1));
  const works = greedy.map((call) => codeOf(hosts.generateRsa(16_384, call)));
  await until(() => running(hosts) === mostChildren - 1);
  await sleep(300);
  expect(running(hosts)).toBe(mostChildren - 1);
  expect((await hosts.generateRsa(1024, new RequestCall(2))).pkcs8.length).toBeGreaterThan(100);
  for (const call of greedy) call.abandon(gone);
  expect(await Promise.all(works)).toEqual(Array.from({ length: 8 }, () => 'OPERATION_CANCELLED'));
  await until(() => running(hosts) === 0);
});

test('what nobody waits for is killed at once and takes nobody else with it', async () => {
  const hosts = make();
  const calls = [new RequestCall(1), new RequestCall(2)];
  const works = calls.map((call) => codeOf(hosts.generateRsa(16_384, call)));
  await until(() => running(hosts) === 2);
  const pids = hosts.children.slice(0, 2).map(({ host }) => host.pid as number);
  calls[0]?.abandon(gone);
  expect(await works[0]).toBe('OPERATION_CANCELLED');
  await until(() => !lives(pids[0] as number));
  expect(lives(pids[1] as number)).toBe(true);
  calls[1]?.abandon(gone);
  expect(await works[1]).toBe('OPERATION_CANCELLED');
  await until(() => pids.every((pid) => !lives(pid)));
});

test('work that still waits is given up without a child', async () => {
  const hosts = make();
  const busy = Array.from({ length: mostChildren - 1 }, () => new RequestCall(1));
  const works = busy.map((call) => codeOf(hosts.generateRsa(16_384, call)));
  const waiting = new RequestCall(1);
  const work = codeOf(hosts.generateRsa(16_384, waiting));
  waiting.abandon(gone);
  expect(await work).toBe('OPERATION_CANCELLED');
  for (const call of busy) call.abandon(gone);
  await Promise.all(works);
});

test('a child that is killed by somebody else takes one piece of work with it, and others are done at once', async () => {
  const hosts = make();
  for (let round = 0; round < 4; round++) {
    const call = new RequestCall(1);
    const work = codeOf(hosts.generateRsa(16_384, call));
    await until(() => running(hosts) === 1);
    for (const { host } of hosts.children) if (host.pid !== undefined) process.kill(host.pid, 'SIGKILL');
    expect(await work).toBe('OUTCOME_UNKNOWN');
  }
  const works = Array.from({ length: 6 }, (_, i) => codeOf(hosts.generatePostQuantum('ML-KEM-512', new RequestCall(i % 2))));
  expect(await Promise.all(works)).toEqual(Array.from({ length: 6 }, () => 'done'));
});

test('when all children were killed, the next work starts one', async () => {
  const hosts = make();
  for (let round = 0; round < 3; round++) {
    const works = [0, 1, 2, 3].map((caller) => codeOf(hosts.generateRsa(16_384, new RequestCall(caller))));
    await until(() => running(hosts) === mostChildren);
    for (const { host } of hosts.children) process.kill(host.pid as number, 'SIGKILL');
    expect(await Promise.all(works)).toEqual(works.map(() => 'OUTCOME_UNKNOWN'));
  }
  expect(await codeOf(hosts.generatePostQuantum('ML-KEM-512', new RequestCall(1)))).toBe('done');
});

test('much memory is given back: its child ends', async () => {
  const hosts = make();
  const parameters = { salt: Buffer.from('salt'), iterationCount: 2 ** 17, memory: 8, parallelism: 1 };
  expect((await hosts.derive({ algorithm: scrypt(), parameters }, Buffer.from('p'), 32, new RequestCall(1))).length).toBe(32);
  await until(() => hosts.children.every(({ host }) => host.pid === undefined));
});
