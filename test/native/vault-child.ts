/** Scenarios of the vault's tests that need a process of their own: vault-child.js SCENARIO [PARAMETER…]. */
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { KeyslotError } from '../../src/core/errors.js';
import { NativeVault, type UnlockOptions } from '../../src/native-vault.js';
import { loadProbe, nobody } from './support.js';

const [scenario = '', ...parameters] = process.argv.slice(2);
const hardened = 0x8000_0000;
const none = new Uint8Array(0);
/** What derives, signs and seals here; vault-memory.test.ts calculates the same. */
const paths = {
  ed25519: Uint32Array.of(hardened + 74, hardened, hardened, hardened),
  'aes-256-gcm': Uint32Array.of(hardened + 74, hardened + 2, hardened, hardened),
  secp256k1: Uint32Array.of(hardened + 44, hardened + 60, hardened, 0, 0),
} as const;

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function described(error: unknown): unknown {
  return error instanceof KeyslotError ? error.toJSON() : String(error);
}

function becomeNobody(): void {
  if (process.getuid?.() !== 0) return;
  process.setgroups?.([]);
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}

function makeVault(options: object): unknown {
  try {
    using vault = new NativeVault(options);
    return vault.status();
  } catch (error) {
    return described(error);
  }
}

async function unlockFrom(vault: NativeVault, phrase: string, passphrase: string, options: UnlockOptions = {}): Promise<unknown> {
  const descriptors = [phrase, passphrase].map((path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  const [first = -1, second = -1] = descriptors;
  const promise = vault.unlock(first, second, options);
  for (const descriptor of descriptors) closeSync(descriptor);
  try {
    await promise;
    return 'unlocked';
  } catch (error) {
    return described(error);
  }
}

async function work(vault: NativeVault, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const ed = vault.derive('ed25519', paths.ed25519).handle;
    const ec = (await vault.deriveAsync('secp256k1', paths.secp256k1)).handle;
    const aes = vault.derive('aes-256-gcm', paths['aes-256-gcm']).handle;
    vault.sign(ed, new Uint8Array(100 * round));
    await vault.signAsync(ed, new Uint8Array(100));
    vault.sign(ec, new Uint8Array(32).fill(round));
    await vault.signAsync(ec, new Uint8Array(32));
    const iv = new Uint8Array(12).fill(round);
    const sealed = vault.seal(aes, iv, none, Buffer.from('plain'));
    vault.open(aes, iv, none, sealed);
    await vault.openAsync(aes, iv, none, await vault.sealAsync(aes, iv, none, new Uint8Array(10_000)));
    // The last ones stay.
    if (round < rounds - 1) for (const handle of [ed, ec, aes]) vault.drop(handle);
  }
}

/** Does what its input says, a command in a line, and answers with a line. */
async function obey(): Promise<void> {
  const [memory = ''] = parameters;
  const vault = new NativeVault({ secretMemory: memory !== 'mlock' });
  let revealed: Buffer | undefined;
  const commands: Record<string, (...rest: string[]) => unknown> = {
    unlock: (phrase = '', passphrase = '', format = 'english') =>
      unlockFrom(vault, phrase, passphrase, { format: format as 'english', timeout: 10_000 }),
    startUnlock: (phrase = '', passphrase = '') => {
      void unlockFrom(vault, phrase, passphrase).then(print);
      return 'started';
    },
    generate: async (path = '') => {
      const descriptor = openSync(path, 'w');
      await vault.generate(24, descriptor);
      closeSync(descriptor);
      return 'written';
    },
    work: async (rounds = '3') => {
      await work(vault, Number(rounds));
      return vault.status();
    },
    busy: (mix = 'all') => {
      void beBusy(vault, mix);
      return 'busy';
    },
    cycles: (phrase = '', passphrase = '') => {
      void unlockAndLock(vault, phrase, passphrase);
      return 'busy';
    },
    dropAll: () => {
      for (let handle = 1; handle < 2000; handle++) vault.drop(handle);
      return vault.status().keys;
    },
    revealToJavaScript: () => {
      using copy = vault.reveal(vault.derive('ed25519', paths.ed25519).handle);
      revealed = copy.use((bytes) => Buffer.from(Buffer.from(bytes).toString('hex')));
      return revealed.length;
    },
    lock: () => {
      vault.lock();
      return 'locked';
    },
    fork: (probe = '') => loadProbe(probe).forkPaused(),
    status: () => vault.status(),
  };
  print('ready');
  for await (const line of createInterface({ input: process.stdin })) {
    const [command = '', ...rest] = line.split(' ');
    const answer = await commands[command]?.(...rest);
    print(answer);
  }
}

/** Until the process ends; `mix` is one operation or all. */
async function beBusy(vault: NativeVault, mix: string): Promise<void> {
  const ed = vault.derive('ed25519', paths.ed25519).handle;
  const ec = vault.derive('secp256k1', paths.secp256k1).handle;
  const aes = vault.derive('aes-256-gcm', paths['aes-256-gcm']).handle;
  const iv = new Uint8Array(12);
  const block = new Uint8Array(1024);
  const operations: Record<string, () => unknown> = {
    ed25519: () => vault.sign(ed, block),
    ecdsa: () => vault.sign(ec, iv.length === 12 ? block.subarray(0, 32) : block),
    gcm: () => vault.seal(aes, iv, none, block),
    slip10: () => vault.drop(vault.derive('aes-256-gcm', paths.ed25519).handle),
    bip32: () => vault.drop(vault.derive('secp256k1', paths.secp256k1).handle),
  };
  const chosen = mix === 'all' ? Object.values(operations) : [operations[mix] as () => unknown];
  for (;;) {
    for (let i = 0; i < 200; i++) for (const operation of chosen) operation();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Until the process ends. */
async function unlockAndLock(vault: NativeVault, phrase: string, passphrase: string): Promise<void> {
  for (;;) {
    await unlockFrom(vault, phrase, passphrase);
    await work(vault, 2);
    vault.lock();
  }
}

const scenarios: Record<string, () => void | Promise<void>> = {
  obey,
  limited: () => {
    becomeNobody();
    print({
      refused: [makeVault({}), makeVault({ secretMemory: false }), makeVault({})],
      lenient: [makeVault({ requireLock: false }), makeVault({ requireLock: false, secretMemory: false })],
    });
  },
  ordinary: () => {
    becomeNobody();
    print([makeVault({}), makeVault({ secretMemory: false })]);
  },
  exitWhileReading: () => {
    const vault = new NativeVault();
    void vault.unlock(openSync(parameters[0] ?? '', 'r+'), undefined, { timeout: Number.POSITIVE_INFINITY });
    setTimeout(() => process.exit(7), 50);
  },
  endThreads: async () => {
    for (let round = 0; round < Number(parameters[0]); round++) {
      const worker = new Worker(new URL('vault-worker.js', import.meta.url));
      await once(worker, 'message');
      await new Promise((resolve) => setTimeout(resolve, (round % 20) * 2));
      await worker.terminate();
    }
    print(makeVault({}));
  },
  /** In a process whose secure heap is too small for it: node --secure-heap=256. */
  fullHeap: async () => {
    const vault = new NativeVault();
    await vault.unlock(new Uint8Array(16).fill(1), undefined, { format: 'seed' });
    const ends: unknown[] = [];
    for (const kind of ['secp256k1', 'ed25519'] as const) {
      for (const run of [() => vault.derive(kind, paths.ed25519), () => vault.extendedPublicKey(paths.secp256k1)]) {
        try {
          run();
          ends.push('done');
        } catch (error) {
          ends.push(described(error));
        }
      }
    }
    print(ends);
  },
  // A mapping of the vault stays open for nobody: reading its pages ends the process.
  heap: () => {
    const vault = new NativeVault({ secureHeap: 0 });
    print(vault.status().secureHeap);
  },
};

await scenarios[scenario]?.();
