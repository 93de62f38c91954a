/** A core in JavaScript, by other people's code: the oracle of the tests. It protects nothing. */

import { createCipheriv, createDecipheriv, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { HDKey } from '@scure/bip32';
import { generateMnemonic, mnemonicToSeedSync, validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { KeyslotError } from '../../src/core/errors.js';
import { SecureBuffer } from '../../src/native.js';
import type { CoreExtendedKey, CoreKey, CoreStatus, CoreUnlockOptions, VaultCore } from '../../src/vault/core.js';
import { type DerivationPath, formatPath } from '../../src/vault/derivation-path.js';
import type { KeyKind } from '../../src/vault/key-kind.js';
import type { SecretSource } from '../../src/vault/secret-source.js';

interface Held {
  readonly kind: KeyKind;
  readonly privateKey: Buffer;
}

/** SLIP-0010 over ed25519. */
export function slip10(seed: Uint8Array, path: readonly number[]): { key: Buffer; chainCode: Buffer } {
  let node = createHmac('sha512', 'ed25519 seed').update(seed).digest();
  for (const index of path) {
    const data = Buffer.alloc(37);
    node.copy(data, 1, 0, 32);
    data.writeUInt32BE(index, 33);
    node = createHmac('sha512', node.subarray(32)).update(data).digest();
  }
  return { key: node.subarray(0, 32), chainCode: node.subarray(32) };
}

export function ed25519Key(seed: Uint8Array) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export function ed25519PublicKey(seed: Uint8Array): Buffer {
  return Buffer.from(createPublicKey(ed25519Key(seed)).export({ format: 'jwk' }).x ?? '', 'base64url');
}

function read(source: SecretSource): Buffer {
  if (source instanceof SecureBuffer) return source.use((bytes) => Buffer.from(bytes));
  return typeof source === 'number' ? readFileSync(source) : Buffer.from(source);
}

export class PlainCore implements VaultCore {
  /** What was called, for tests that count. */
  readonly calls: string[] = [];
  /** Runs after the descriptors were read and before the seed is there. */
  beforeUnlocked: () => Promise<void> = async () => undefined;
  /** Runs before the work of another thread. */
  beforeAsync: () => Promise<unknown> = () => new Promise((resolve) => setImmediate(resolve));
  readonly #keys = new Map<number, Held>();
  #seed: Uint8Array | undefined;
  #next = 1;

  get handles(): number {
    return this.#keys.size;
  }
  get hasSeed(): boolean {
    return this.#seed !== undefined;
  }

  status(): CoreStatus {
    return { protection: 'none', lockedBytes: 0, dumpable: true };
  }

  async unlock(first: SecretSource, second: SecretSource | undefined, { format }: CoreUnlockOptions): Promise<void> {
    this.calls.push('unlock');
    const bytes = read(first);
    const phrase = bytes.toString('utf8').trim();
    const passphrase = second === undefined ? '' : read(second).toString('utf8');
    await this.beforeUnlocked();
    if (format === 'seed') {
      this.#seed = bytes;
      return;
    }
    if (format === 'english' && !validateMnemonic(phrase, wordlist)) throw new KeyslotError('MNEMONIC_INVALID', 'the phrase is not valid');
    this.#seed = mnemonicToSeedSync(phrase, passphrase);
  }

  async generate(words: number, descriptor: number): Promise<void> {
    writeSync(descriptor, `${generateMnemonic(wordlist, (words / 3) * 32)}\n`);
  }

  dispose(): void {
    this.calls.push('dispose');
    this.lock();
  }

  lock(): void {
    this.calls.push('lock');
    this.#seed = undefined;
    this.#keys.clear();
  }

  derive(kind: KeyKind, path: DerivationPath): CoreKey {
    this.calls.push(`derive ${kind} ${formatPath(path)}`);
    const handle = this.#next++;
    const privateKey = kind === 'Secp256k1' ? Buffer.from(this.#node(path).privateKey ?? []) : slip10(this.#live(), path).key;
    this.#keys.set(handle, { kind, privateKey });
    const publicKeys = {
      Ed25519: () => new Uint8Array(ed25519PublicKey(privateKey)),
      Aes256Gcm: () => new Uint8Array(0),
      Secp256k1: () => this.#node(path).publicKey ?? new Uint8Array(0),
    };
    return { handle, publicKey: publicKeys[kind]() };
  }

  extendedPublicKey(path: DerivationPath): CoreExtendedKey {
    const { publicKey, chainCode, parentFingerprint: parent, depth, index } = this.#node(path);
    const parentFingerprint = Buffer.alloc(4);
    parentFingerprint.writeUInt32BE(parent);
    return { publicKey: publicKey ?? new Uint8Array(0), chainCode: chainCode ?? new Uint8Array(0), parentFingerprint, depth, index };
  }

  drop(handle: number): void {
    this.calls.push(`drop ${handle}`);
    this.#keys.delete(handle);
  }

  sign(handle: number, message: Uint8Array): Uint8Array {
    const { kind, privateKey } = this.#held(handle);
    if (kind === 'Ed25519') return new Uint8Array(sign(null, message, ed25519Key(privateKey)));
    return secp256k1.sign(message, privateKey, { prehash: false });
  }

  seal(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    const cipher = createCipheriv('aes-256-gcm', this.#held(handle).privateKey, iv).setAAD(aad);
    return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]));
  }

  open(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.#held(handle).privateKey, iv).setAAD(aad).setAuthTag(data.subarray(-16));
    try {
      return new Uint8Array(Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]));
    } catch {
      throw new KeyslotError('OPERATION_FAILED', 'wrong key, or the data were changed', { field: 'data' });
    }
  }

  async signAsync(handle: number, message: Uint8Array): Promise<Uint8Array> {
    const copy = Uint8Array.from(message);
    await this.beforeAsync();
    return this.sign(handle, copy);
  }
  async sealAsync(handle: number, ...bytes: [iv: Uint8Array, aad: Uint8Array, data: Uint8Array]): Promise<Uint8Array> {
    const copies = bytes.map((given) => Uint8Array.from(given)) as typeof bytes;
    await this.beforeAsync();
    return this.seal(handle, ...copies);
  }
  async openAsync(handle: number, ...bytes: [iv: Uint8Array, aad: Uint8Array, data: Uint8Array]): Promise<Uint8Array> {
    const copies = bytes.map((given) => Uint8Array.from(given)) as typeof bytes;
    await this.beforeAsync();
    return this.open(handle, ...copies);
  }

  reveal(handle: number): SecureBuffer {
    const buffer = new SecureBuffer(32);
    buffer.use((bytes) => bytes.set(this.#held(handle).privateKey));
    return buffer;
  }

  #node(path: DerivationPath): HDKey {
    return HDKey.fromMasterSeed(this.#live()).derive(formatPath(path));
  }
  #live(): Uint8Array {
    if (this.#seed === undefined) throw new KeyslotError('VAULT_LOCKED', 'the vault is locked');
    return this.#seed;
  }
  #held(handle: number): Held {
    const held = this.#keys.get(handle);
    if (held === undefined) throw new KeyslotError('INVALID_OPERATION', 'the key was dropped');
    return held;
  }
}
