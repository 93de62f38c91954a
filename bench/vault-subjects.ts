/** The vault's core, and @scure and @noble that do the same jobs. Each of a pair gives the same result, which is compared before anything counts. */
import { strict as assert } from 'node:assert';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gcm } from '@noble/ciphers/aes.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { HDKey } from '@scure/bip32';
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { NativeVault, type VaultKeyKind } from '../src/native-vault.js';
import type { Subject } from './subjects.js';

type Job = () => unknown;

const hardened = 0x8000_0000;
const slipPath = [74, 0, 0, 0, 1].map((step) => step + hardened);
const bipPath = [44 + hardened, 60 + hardened, hardened, 0, 0];
const bipText = "m/44'/60'/0'/0/0";
const none = new Uint8Array(0);
const iv = new Uint8Array(12).fill(3);
const message = new Uint8Array(64).fill(5);
const digest = new Uint8Array(32).fill(7);
const block = new Uint8Array(1024).fill(9);
const utf8 = new TextEncoder();

/** Does a job until the time is over; it may be asynchronous. */
function again(job: Job): Subject {
  return {
    async run(ms) {
      const started = performance.now();
      let done = 0;
      for (; performance.now() - started < ms; done++) {
        const result = job();
        if (result instanceof Promise) await result;
      }
      return (1000 * (performance.now() - started)) / done;
    },
  };
}

/** SLIP-0010 as one would write it with @noble. `look` sees the private key of every level. */
function slip10(seed: Uint8Array, look: (key: Uint8Array) => void = () => undefined): Uint8Array {
  let node = hmac(sha512, utf8.encode('ed25519 seed'), seed);
  for (const step of slipPath) {
    look(node.subarray(0, 32));
    const data = new Uint8Array(37);
    data.set(node.subarray(0, 32), 1);
    new DataView(data.buffer).setUint32(33, step);
    node = hmac(sha512, node.subarray(32), data);
  }
  return node.subarray(0, 32);
}

function peers(phrase: string, file: string) {
  const seed = mnemonicToSeedSync(phrase);
  const key = slip10(seed);
  const ecKey = HDKey.fromMasterSeed(seed).derive(bipText).privateKey as Uint8Array;
  return {
    unlock: () => validateMnemonic(phrase, wordlist) && mnemonicToSeedSync(phrase),
    unlockFile: () => {
      const text = readFileSync(file, 'utf8').trimEnd();
      return validateMnemonic(text, wordlist) && mnemonicToSeedSync(text);
    },
    slip10: () => {
      const nodes: Uint8Array[] = [];
      const last = slip10(seed, (parent) => nodes.push(ed25519.getPublicKey(parent)));
      return ed25519.getPublicKey(last);
    },
    slip10Key: () => ed25519.getPublicKey(slip10(seed)),
    bip32: () => HDKey.fromMasterSeed(seed).derive(bipText).publicKey as Uint8Array,
    ed25519: () => ed25519.sign(message, key),
    secp256k1: () => secp256k1.sign(digest, ecKey, { prehash: false }),
    seal: () => gcm(key, iv).encrypt(block),
  };
}

export type Pair = keyof ReturnType<typeof peers>;

export class VaultSubjects implements Disposable {
  readonly ours: Readonly<Record<Pair, Subject>>;
  readonly peers: Readonly<Record<Pair, Subject>>;
  readonly #vault: NativeVault;

  private constructor(vault: NativeVault, ours: Readonly<Record<Pair, Job>>, others: Readonly<Record<Pair, Job>>) {
    this.#vault = vault;
    this.ours = each(ours, again);
    this.peers = each(others, again);
  }

  /** `folder` is for the phrase's file. */
  static async open(folder: string): Promise<VaultSubjects> {
    const phrase = generateMnemonic(wordlist);
    const file = join(folder, 'phrase');
    writeFileSync(file, `${phrase}\n`);
    const vault = new NativeVault();
    const bytes = utf8.encode(phrase);
    const read = async () => {
      const descriptor = openSync(file, 'r');
      const unlocking = vault.unlock(descriptor);
      closeSync(descriptor);
      await unlocking;
    };
    const derive = (kind: VaultKeyKind, path: readonly number[]) => {
      const { handle, publicKey } = vault.derive(kind, Uint32Array.from(path));
      vault.drop(handle);
      return publicKey;
    };
    // Signing and sealing keep a key each, which an unlocking in between would wipe.
    const held = new Map<VaultKeyKind, number>();
    const handleOf = (kind: VaultKeyKind, path: readonly number[]) => {
      const known = held.get(kind);
      if (known !== undefined) return known;
      const { handle } = vault.derive(kind, Uint32Array.from(path));
      held.set(kind, handle);
      return handle;
    };
    const ours = {
      unlock: async () => {
        vault.lock();
        held.clear();
        await vault.unlock(bytes);
      },
      unlockFile: async () => {
        vault.lock();
        held.clear();
        await read();
      },
      slip10: () => derive('ed25519', slipPath),
      slip10Key: () => derive('ed25519', slipPath),
      bip32: () => derive('secp256k1', bipPath),
      ed25519: () => vault.sign(handleOf('ed25519', slipPath), message),
      secp256k1: () => vault.sign(handleOf('secp256k1', bipPath), digest),
      seal: () => vault.seal(handleOf('aes-256-gcm', slipPath), iv, none, block),
    };
    const others = peers(phrase, file);
    await read();
    for (const name of ['slip10', 'slip10Key', 'bip32', 'ed25519', 'seal'] as const) {
      assert.deepEqual(Buffer.from(ours[name]()), Buffer.from(others[name]()), name);
    }
    const publicKey = others.bip32();
    assert(secp256k1.verify(ours.secp256k1(), digest, publicKey, { prehash: false }), 'secp256k1');
    return new VaultSubjects(vault, ours, others);
  }

  [Symbol.dispose](): void {
    this.#vault.dispose();
  }
}

function each<N extends string, A, B>(table: Readonly<Record<N, A>>, map: (value: A) => B): Record<N, B> {
  return Object.fromEntries(Object.entries<A>(table).map(([name, value]) => [name, map(value)])) as Record<N, B>;
}
