/** The life of a vault: locked, unlocked, locked; one per process; interrupted and refused. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeyslotError } from '../../src/core/errors.js';
import { NativeVault } from '../../src/native-vault.js';
import { failure, rejection } from './errors.js';
import { descriptorOf, runChild, temporaryFolder } from './support.js';
import { abandon, hexOf, openPipe, pathOf, unlockWith, withPipe } from './vault-support.js';

const folder = temporaryFolder();
const none = new Uint8Array(0);
let vault: NativeVault;
beforeEach(() => {
  vault = new NativeVault();
});
afterEach(() => vault.dispose());
afterAll(() => folder.remove());

/** Without what the address sanitizer says of every program that switches stacks. */
const complaints = (stderr: string) => stderr.replace(/^==\d+==WARNING: ASan doesn't fully support makecontext.*\n/gm, '');
const unlock = () => unlockWith(vault, folder.path, abandon);

describe('states', () => {
  test('locked, unlocked, locked', async () => {
    expect(vault.status()).toMatchObject({ state: 'locked', keys: 0, wipeOnFork: true, secureHeap: true });
    expect(['memfd_secret', 'mlock']).toContain(vault.status().protection);
    expect(vault.status().lockedBytes).toBeGreaterThanOrEqual(65_536);
    await unlock();
    const { handle } = vault.derive('ed25519', pathOf('m'));
    expect(vault.status()).toMatchObject({ state: 'unlocked', keys: 1 });
    vault.lock();
    expect(vault.status()).toMatchObject({ state: 'locked', keys: 0 });
    vault.lock();
    expect(failure(() => vault.sign(handle, none))).toMatchObject({ code: 'VAULT_LOCKED' });
  });

  test('a locked vault does nothing that needs a secret', async () => {
    const iv = new Uint8Array(12);
    const locked = { code: 'VAULT_LOCKED' };
    const calls = [
      () => vault.derive('ed25519', pathOf('m')),
      () => vault.extendedPublicKey(pathOf('m')),
      () => vault.publicKey(64),
      () => vault.sign(64, none),
      () => vault.seal(64, iv, none, none),
      () => vault.open(64, iv, none, new Uint8Array(16)),
      () => vault.reveal(64),
    ];
    for (const call of calls) expect(failure(call)).toMatchObject(locked);
    const promises = [
      vault.deriveAsync('secp256k1', pathOf('m')),
      vault.extendedPublicKeyAsync(pathOf('m')),
      vault.signAsync(64, none),
      vault.sealAsync(64, iv, none, none),
      vault.openAsync(64, iv, none, new Uint8Array(16)),
      withPipe(folder.path, new Uint8Array(32), (descriptor) => vault.importKey('ed25519', descriptor)),
    ];
    for (const error of await Promise.all(promises.map(rejection))) expect(error).toMatchObject(locked);
    vault.drop(64);
  });

  test('is unlocked once', async () => {
    await unlock();
    const { publicKey } = vault.derive('ed25519', pathOf('m'));
    const error = await rejection(unlockWith(vault, folder.path, `${'zoo '.repeat(11)}wrong`));
    expect(error).toMatchObject({ code: 'VAULT_ALREADY_UNLOCKED' });
    expect(hexOf(vault.derive('ed25519', pathOf('m')).publicKey)).toBe(hexOf(publicKey));
  });

  test('handles of before are of nothing', async () => {
    await unlock();
    const seen = new Set<number>();
    for (let i = 0; i < 3; i++) {
      const { handle } = vault.derive('ed25519', pathOf('m'));
      expect(seen.has(handle)).toBe(false);
      seen.add(handle);
      vault.lock();
      await unlock();
      for (const old of seen) expect(failure(() => vault.sign(old, none))).toMatchObject({ code: 'INVALID_OPERATION', field: 'handle' });
    }
  });

  test('64 keys', async () => {
    await unlock();
    const keys = Array.from({ length: 64 }, (_, i) => vault.derive('ed25519', pathOf(`m/${i}'`)));
    expect(failure(() => vault.derive('ed25519', pathOf('m')))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await rejection(vault.deriveAsync('secp256k1', pathOf('m')))).toMatchObject({ code: 'QUOTA_EXCEEDED' });
    const [first, second] = keys as [(typeof keys)[0], (typeof keys)[0]];
    vault.drop(first.handle);
    vault.drop(first.handle);
    expect(vault.status().keys).toBe(63);
    expect(failure(() => vault.publicKey(first.handle))).toMatchObject({ code: 'INVALID_OPERATION', field: 'handle' });
    const again = vault.derive('ed25519', pathOf("m/0'"));
    expect(hexOf(again.publicKey)).toBe(hexOf(first.publicKey));
    expect(again.handle).not.toBe(first.handle);
    expect(hexOf(vault.publicKey(second.handle))).toBe(hexOf(second.publicKey));
  });

  test('after disposal nothing goes, and another vault can be made', () => {
    vault.dispose();
    vault[Symbol.dispose]();
    vault.lock();
    expect(failure(() => vault.status())).toMatchObject({ code: 'INVALID_OPERATION' });
    expect(failure(() => vault.derive('ed25519', pathOf('m')))).toMatchObject({ code: 'INVALID_OPERATION' });
    vault = new NativeVault({ secretMemory: false });
    expect(vault.status()).toMatchObject({ state: 'locked', protection: 'mlock' });
  });
});

describe('one per process', () => {
  function startThread(code: string): Worker {
    const prelude = `
      import { parentPort } from 'node:worker_threads';
      import { openSync } from 'node:fs';
      import { NativeVault } from '${new URL('../../src/native-vault.js', import.meta.url).href}';`;
    return new Worker(new URL(`data:text/javascript,${encodeURIComponent(prelude + code)}`));
  }

  test('a second one is refused, here and in a thread', async () => {
    expect(failure(() => new NativeVault())).toMatchObject({ code: 'ALREADY_INITIALIZED' });
    const worker = startThread('try { new NativeVault() } catch (error) { parentPort.postMessage(error.code) }');
    const [[code]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
    expect(code).toBe('ALREADY_INITIALIZED');
    expect(vault.status().state).toBe('locked');
  });

  test('a thread that ends gives it up, also in the middle of reading', async () => {
    vault.dispose();
    const path = join(folder.path, 'silent');
    spawnSync('mkfifo', [path]);
    for (const [i, ending] of ['', 'vault.unlock(openSync(path, "r+"), undefined, { timeout: Infinity }).catch(() => {});'].entries()) {
      const worker = startThread(`
        const path = ${JSON.stringify(path)};
        // Reachable, so that the collector does not end it before the thread does.
        globalThis.vault = new NativeVault();
        ${ending}
        parentPort.postMessage('made');
        setInterval(() => {}, 1000);`);
      await once(worker, 'message');
      expect(failure(() => new NativeVault())).toMatchObject({ code: 'ALREADY_INITIALIZED' });
      if (i === 1) await sleep(20);
      await worker.terminate();
      const next = new NativeVault();
      next.dispose();
    }
    vault = new NativeVault();
  });

  test('threads that are terminated at any moment of their work end, and nothing but them', async () => {
    const { status, signal, stdout, stderr } = await runChild('vault-child', ['endThreads', '60']);
    expect([status, signal, complaints(stderr)]).toEqual([0, null, '']);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'locked', keys: 0 });
  });

  test('a process that waits for a phrase exits when it wants to', async () => {
    const path = join(folder.path, 'silent-too');
    spawnSync('mkfifo', [path]);
    const { status, signal, stderr } = await runChild('vault-child', ['exitWhileReading', path]);
    expect([status, signal, complaints(stderr)]).toEqual([7, null, '']);
  });
});

describe('descriptors', () => {
  test('nobody writes: OPERATION_TIMED_OUT', async () => {
    const pipe = openPipe(folder.path);
    writeSync(pipe.writer, 'abandon aban');
    const begin = performance.now();
    expect(await rejection(vault.unlock(pipe.reader, undefined, { timeout: 100 }))).toMatchObject({ code: 'OPERATION_TIMED_OUT' });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(99);
    expect(await rejection(vault.unlock(pipe.reader, undefined, { timeout: 0 }))).toMatchObject({ code: 'OPERATION_TIMED_OUT' });
    pipe.close();
    await unlock();
  });

  test('one phrase at a time', async () => {
    const pipe = openPipe(folder.path);
    const first = vault.unlock(pipe.reader);
    expect(await rejection(unlock())).toMatchObject({ code: 'INVALID_OPERATION' });
    expect(await rejection(vault.generate(12, pipe.writer))).toMatchObject({ code: 'INVALID_OPERATION' });
    writeSync(pipe.writer, `${abandon}\n`);
    await first;
    pipe.close();
    expect(vault.status().state).toBe('unlocked');
  });

  test('lock ends the reading at once', async () => {
    const pipe = openPipe(folder.path);
    for (const timeout of [60_000, Number.POSITIVE_INFINITY]) {
      writeSync(pipe.writer, 'abandon aban');
      const promise = rejection(vault.unlock(pipe.reader, undefined, { timeout }));
      await sleep(30);
      const begin = performance.now();
      vault.lock();
      expect(performance.now() - begin).toBeLessThan(500);
      expect(await promise).toMatchObject({ code: 'OPERATION_CANCELLED' });
      expect(vault.status().state).toBe('locked');
    }
    pipe.close();
    await unlock();
  });

  test('lock at any moment of an unlock: unlocked before, or never', async () => {
    const outcomes = new Set<string>();
    for (let i = 0; i < 150; i++) {
      const promise = unlock().then(
        () => 'done',
        (error: KeyslotError) => error.code,
      );
      const until = performance.now() + (i % 50) / 25;
      while (performance.now() < until);
      vault.lock();
      expect(vault.status().state).toBe('locked');
      outcomes.add(await promise);
      expect(vault.status().state).toBe('locked');
    }
    expect(outcomes.has('OPERATION_CANCELLED')).toBe(true);
    for (const outcome of outcomes) expect(['OPERATION_CANCELLED', 'done']).toContain(outcome);
  });

  test('lock ends the writing, too', async () => {
    const pipe = openPipe(folder.path);
    const full = openSync(`/proc/self/fd/${pipe.writer}`, 'w');
    writeSync(full, Buffer.alloc(65_536));
    const promise = rejection(vault.generate(12, pipe.writer));
    await sleep(30);
    vault.lock();
    expect(await promise).toMatchObject({ code: 'OPERATION_CANCELLED' });
    expect(await rejection(vault.generate(12, pipe.writer, { timeout: 20 }))).toMatchObject({ code: 'OPERATION_TIMED_OUT' });
    closeSync(full);
    pipe.close();
  });

  test('a socket that does not block, in pieces; what follows the line is left there', async () => {
    const server = createServer({ pauseOnConnect: true }).listen(join(folder.path, 'socket'));
    const client = createConnection(join(folder.path, 'socket'));
    const [socket] = (await once(server, 'connection')) as [Socket];
    const promise = vault.unlock(descriptorOf(socket), descriptorOf(socket));
    for (const piece of [abandon.slice(0, 30), abandon.slice(30), '\nTREZ', 'OR\nrest']) {
      client.write(piece);
      await sleep(10);
    }
    await promise;
    const { publicKey } = vault.derive('ed25519', pathOf('m'));
    vault.lock();
    await unlockWith(vault, folder.path, abandon, 'TREZOR');
    expect(hexOf(vault.derive('ed25519', pathOf('m')).publicKey)).toBe(hexOf(publicKey));
    socket.resume();
    expect(String((await once(socket, 'data'))[0])).toBe('rest');
    client.destroy();
    server.close();
  });

  test('a file, as a credential is one', async () => {
    writeFileSync(join(folder.path, 'phrase'), `${abandon}\n`);
    const descriptor = openSync(join(folder.path, 'phrase'), 'r');
    await vault.unlock(descriptor);
    closeSync(descriptor);
  });

  test('descriptors that are no use', async () => {
    const directory = openSync(folder.path, 'r');
    const writeOnly = openSync(join(folder.path, 'out'), 'w');
    expect(await rejection(vault.unlock(directory))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'phrase' });
    expect(await rejection(vault.unlock(writeOnly))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'phrase' });
    const phrase = new Uint8Array(Buffer.from(abandon));
    expect(await rejection(vault.unlock(phrase, directory))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
    expect(await rejection(vault.unlock(1_000_000))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'phrase' });
    expect(await rejection(vault.unlock(directory, 1_000_000))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
    expect(await rejection(vault.generate(12, 1_000_000))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'descriptor' });
    expect(await rejection(vault.generate(12, directory))).toMatchObject({ code: 'OPERATION_FAILED', field: 'descriptor' });
    closeSync(directory);
    closeSync(writeOnly);
    const pipe = openPipe(folder.path);
    closeSync(pipe.reader);
    expect(await rejection(vault.generate(12, pipe.writer))).toMatchObject({ code: 'OPERATION_FAILED', field: 'descriptor' });
    closeSync(pipe.writer);
    await unlock();
  });

  test('sizes', async () => {
    const long = rejection(unlockWith(vault, folder.path, abandon, 'x'.repeat(1025)));
    expect(await long).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'passphrase' });
    for (const size of [0, 15, 65, 2000]) {
      const promise = unlockWith(vault, folder.path, new Uint8Array(size), undefined, { format: 'seed' });
      expect(await rejection(promise)).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'seed' });
    }
    for (const phrase of ['', 'x'.repeat(1025)]) {
      expect(await rejection(unlockWith(vault, folder.path, phrase, undefined, { format: 'bytes' }))).toMatchObject({
        code: 'MNEMONIC_INVALID',
      });
    }
    await unlockWith(vault, folder.path, 'x'.repeat(1024), 'y'.repeat(1024), { format: 'bytes' });
  });

  test.each([
    ['phrase', () => vault.unlock(-1)],
    ['passphrase', () => vault.unlock(0, 1.5)],
    ['format', () => vault.unlock(0, undefined, { format: 'toString' as never })],
    ['passphrase', () => vault.unlock(0, 0, { format: 'seed' })],
    ['timeout', () => vault.unlock(0, undefined, { timeout: -1 })],
    ['words', () => vault.generate(13, 0)],
    ['descriptor', () => vault.generate(12, -1)],
    ['kind', () => vault.importKey('rsa' as never, 0)],
    ['handle', () => vault.signAsync(0, none)],
    ['message', () => vault.signAsync(64, 'text' as never)],
    ['aad', () => vault.sealAsync(64, new Uint8Array(12), null as never, none)],
    ['data', () => vault.openAsync(64, new Uint8Array(12), none, 'text' as never)],
  ])('a wrong %s (%#)', async (field, call) => {
    expect(await rejection(call())).toMatchObject({ code: 'INVALID_ARGUMENT', field });
  });

  test.each([1, 65_535, 100_000, 2 ** 27, 2 ** 16 + 0.5, -2])('a secure heap of %d bytes is none', (secureHeap) => {
    expect(failure(() => new NativeVault({ secureHeap }))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'secureHeap' });
  });
});

test('lock with work on other threads: right results or VAULT_LOCKED', async () => {
  await unlock();
  const { handle } = vault.derive('ed25519', pathOf('m'));
  const wanted = hexOf(vault.sign(handle, new Uint8Array(64)));
  const point = hexOf(vault.derive('secp256k1', pathOf('m/1')).publicKey);
  const counts = { right: 0, locked: 0 };
  for (let round = 0; round < 30; round++) {
    vault.lock();
    await unlock();
    const key = vault.derive('ed25519', pathOf('m')).handle;
    const count = (promise: Promise<boolean>) =>
      promise.then(
        (right) => {
          expect(right).toBe(true);
          counts.right += 1;
        },
        ({ code }: KeyslotError) => {
          expect(code).toBe('VAULT_LOCKED');
          counts.locked += 1;
        },
      );
    const all = Array.from({ length: 12 }, () => [
      count(vault.signAsync(key, new Uint8Array(64)).then((signature) => hexOf(signature) === wanted)),
      count(vault.deriveAsync('secp256k1', pathOf('m/1')).then(({ publicKey }) => hexOf(publicKey) === point)),
    ]);
    const until = performance.now() + round / 5;
    while (performance.now() < until);
    vault.lock();
    await Promise.all(all.flat());
  }
  expect(counts.right).toBeGreaterThan(0);
  expect(counts.locked).toBeGreaterThan(0);
});

test('lock does not wait for all that are queued before it', async () => {
  const [rounds, queue] = [10, 4000];
  let cutOff = 0;
  for (let round = 0; round < rounds; round++) {
    await unlock();
    const { handle } = vault.derive('secp256k1', pathOf('m'));
    // A second of work.
    const all = Array.from({ length: queue }, () => vault.signAsync(handle, new Uint8Array(32)));
    vault.lock();
    cutOff += (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected').length;
  }
  expect(cutOff).toBeGreaterThan((rounds * queue) / 2);
});

describe('RLIMIT_MEMLOCK, as an ordinary user', () => {
  const limited = (kibibytes: number, scenario: string) =>
    runChild('vault-child', [scenario], { through: ['sh', '-c', `ulimit -l ${kibibytes}; exec "$@"`, 'sh'] });

  // The second is enough for the arena and not for the secure heap.
  test.each([64, 100])('too small (%d KiB): refused, unless that is allowed by name', async (kibibytes) => {
    const { stdout, stderr } = await limited(kibibytes, 'limited');
    expect(complaints(stderr)).toBe('');
    const { refused, lenient } = JSON.parse(stdout);
    for (const error of refused) {
      expect(error).toMatchObject({ code: 'MEMORY_NOT_LOCKED', category: 'vault', retryable: false });
      expect(error.message).toMatch(
        new RegExp(`Cannot allocate memory.*RLIMIT_MEMLOCK of this process is ${kibibytes * 1024} bytes.*LimitMEMLOCK=`),
      );
    }
    for (const status of lenient) expect(status).toMatchObject({ state: 'locked', secureHeap: false });
    if (kibibytes === 64) for (const status of lenient) expect(status).toMatchObject({ protection: 'none', lockedBytes: 0 });
  });

  test('what systems give by default is enough', async () => {
    const { stdout, stderr } = await limited(8192, 'ordinary');
    expect(complaints(stderr)).toBe('');
    const [first, second] = JSON.parse(stdout);
    expect(first).toMatchObject({ state: 'locked', secureHeap: true });
    expect(second).toMatchObject({ state: 'locked', protection: 'mlock', secureHeap: true });
  });

  test('a key for which there is no room in the secure heap is not taken for one that BIP32 does not have', async () => {
    const { stdout, stderr } = await runChild('vault-child', ['fullHeap'], { nodeOptions: ['--secure-heap=256', '--secure-heap-min=16'] });
    expect(complaints(stderr)).toBe('');
    const failed = { code: 'OPERATION_FAILED', message: expect.stringContaining('heap') };
    expect(JSON.parse(stdout)).toMatchObject([failed, failed, 'done', failed]);
  });

  test('the secure heap is left to others on request', async () => {
    expect((await runChild('vault-child', ['heap'])).stdout.trim()).toBe('false');
  });
});
