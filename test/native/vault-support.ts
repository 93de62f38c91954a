/** What the tests of the vault share: descriptors that give bytes, paths, and secrets calculated a second time by @scure. */
import { spawnSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { closeSync, constants, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { HDKey } from '@scure/bip32';
import type { NativeVault, UnlockOptions } from '../../src/native-vault.js';
import type { Secret } from '../memory/patterns.js';
import { packageRoot } from './support.js';

export const hardened = 0x8000_0000;
export const abandon = `${'abandon '.repeat(11)}about`;

/** "m/44'/0" as the indices of a path. */
export function pathOf(text: string): Uint32Array {
  const levels = text.split('/').slice(1);
  return Uint32Array.from(levels, (level) => Number.parseInt(level, 10) + (/['hH]$/.test(level) ? hardened : 0));
}

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export interface Pipe {
  readonly reader: number;
  readonly writer: number;
  close(): void;
}

let made = 0;

/** A pipe. `reader` does not block when it is read. */
export function openPipe(folder: string): Pipe {
  const path = join(folder, `pipe-${made++}`);
  if (spawnSync('mkfifo', [path]).status !== 0) throw new Error('mkfifo failed');
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, 'w');
  rmSync(path);
  const close = () => {
    closeSync(reader);
    closeSync(writer);
  };
  return { reader, writer, close };
}

/** Calls `use` with the end of a pipe that holds these bytes and no more. */
export async function withPipe<T>(folder: string, bytes: Uint8Array | string, use: (descriptor: number) => Promise<T>): Promise<T> {
  const pipe = openPipe(folder);
  try {
    writeSync(pipe.writer, Buffer.from(bytes));
  } finally {
    closeSync(pipe.writer);
  }
  const promise = use(pipe.reader);
  // The vault has a copy of its own.
  closeSync(pipe.reader);
  return await promise;
}

/** All that is in a pipe now. */
export function drain(reader: number): Buffer {
  const bytes = Buffer.alloc(4096);
  return bytes.subarray(0, readSync(reader, bytes));
}

export async function unlockWith(
  vault: NativeVault,
  folder: string,
  phrase: Uint8Array | string,
  passphrase?: string,
  options?: UnlockOptions,
): Promise<void> {
  await withPipe(folder, phrase, async (first) => {
    if (passphrase === undefined) return await vault.unlock(first, undefined, options);
    return await withPipe(folder, passphrase, (second) => vault.unlock(first, second, options));
  });
}

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(join(packageRoot, 'test', 'fixtures', 'vault-vectors', name), 'utf8')) as T;
}

/** SLIP-0010 for Ed25519 by node:crypto: key and chain code at every level. */
export function slip10Levels(seed: Uint8Array, path: Uint32Array, hmac: (key: Uint8Array | string, data: Uint8Array) => Buffer): Buffer[] {
  const levels = [hmac('ed25519 seed', seed)];
  for (const index of path) {
    const data = Buffer.alloc(37);
    const parent = levels.at(-1) as Buffer;
    parent.copy(data, 1, 0, 32);
    data.writeUInt32BE(index, 33);
    levels.push(hmac(parent.subarray(32), data));
  }
  return levels;
}

/** Keys and chain codes of BIP32 at every level, by @scure. */
export function bip32Levels(seed: Uint8Array, path: Uint32Array): { key: Uint8Array; chainCode: Uint8Array }[] {
  let node = HDKey.fromMasterSeed(seed);
  const levels = [node];
  for (const index of path) {
    node = node.deriveChild(index);
    levels.push(node);
  }
  return levels.map(({ privateKey, chainCode }) => ({
    key: privateKey as Uint8Array,
    chainCode: chainCode as Uint8Array,
  }));
}

/** What else is as good as an Ed25519 key, or an AES key: the scalar and prefix, or the GHASH key. */
export function relatives(name: string, key: Uint8Array): Secret[] {
  const ghash = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return [
    {
      name: `${name}: SHA-512`,
      bytes: createHash('sha512').update(key).digest(),
    },
    { name: `${name}: H`, bytes: ghash.update(new Uint8Array(16)) },
  ];
}
