/** A derived key with its private half, for callers that need the bytes. */

import { inspect, types } from 'node:util';
import { KeyslotError } from '../core/errors.js';
import { requireThat, SecureBuffer } from '../native.js';
import { fromBase64, toBase64 } from './base64.js';
import { isKeyKind, type KeyKind, keyKinds, privateKeySize } from './key-kind.js';
import { redacted } from './redacted.js';

/** As `JSON.stringify` gives it. It can't be read back. */
export interface RedactedKey {
  readonly key_type: KeyKind;
  readonly private_key: typeof redacted;
  /** Base64. */
  readonly public_key: string;
}

interface Halves {
  readonly privateKey: SecureBuffer;
  readonly publicKey: Uint8Array;
}

const members = ['key_type', 'private_key', 'public_key'];

function refuseToClone(): never {
  throw new KeyslotError('INVALID_OPERATION', 'a derived key is not cloned: move() it, or derive it again');
}

/**
 * Has one owner, who disposes it: the private key is overwritten then. `move` hands it on. It prints, logs and turns to JSON as
 * `[REDACTED]`, and `structuredClone`, `postMessage` and `v8.serialize` refuse it.
 */
export class DerivedKey implements Disposable {
  readonly key_type: KeyKind;
  /** An own member that is a function: what makes the structured clone algorithm refuse the whole object. */
  readonly clone: () => never = refuseToClone;
  #halves: Halves | undefined;

  /** Takes the private key over. The public key is copied. @throws INVALID_ARGUMENT for a half that does not have its kind's size */
  constructor(keyType: KeyKind, privateKey: SecureBuffer, publicKey: Uint8Array) {
    requireThat(isKeyKind(keyType), 'key_type', `key_type must be one of ${Object.keys(keyKinds).join(', ')}`);
    const sound = privateKey instanceof SecureBuffer && privateKey.size === privateKeySize;
    requireThat(sound, 'private_key', `private_key must be a SecureBuffer of ${privateKeySize} bytes`);
    const { publicKeySize } = keyKinds[keyType];
    const fits = types.isUint8Array(publicKey) && publicKey.length === publicKeySize;
    requireThat(fits, 'public_key', `public_key of an ${keyType} key must have ${publicKeySize} bytes`);
    this.key_type = keyType;
    this.#halves = { privateKey, publicKey: new Uint8Array(publicKey) };
    Object.freeze(this);
  }

  /**
   * Reads the JSON of a derived key, or an object of the same members, to tell what is wrong with it: REDACTED_INPUT for a key that was
   * printed, INVALID_FORMAT for a private key that is text, since text can't be wiped. An object whose private key is a SecureBuffer becomes a
   * derived key and gives that up.
   */
  static from(input: unknown): DerivedKey {
    const value = typeof input === 'string' ? parseObject(input) : input;
    if (typeof value !== 'object' || value === null) throw malformed('a derived key must be an object');
    const unknown = Object.keys(value).find((name) => !members.includes(name));
    if (unknown !== undefined) throw malformed('a derived key has key_type, private_key and public_key only');
    const { key_type, private_key, public_key } = value as Record<string, unknown>;
    if (private_key === redacted)
      throw new KeyslotError('REDACTED_INPUT', 'this key was printed: its private half is not in it', { field: 'private_key' });
    if (!(private_key instanceof SecureBuffer)) throw malformed('a private key is read from a SecureBuffer only', 'private_key');
    const publicBytes = typeof public_key === 'string' ? fromBase64(public_key, 'public_key') : (public_key as Uint8Array);
    return new DerivedKey(key_type as KeyKind, private_key, publicBytes);
  }

  /** Goes when this key is disposed. @throws INVALID_OPERATION once disposed or moved */
  get private_key(): SecureBuffer {
    return this.#live().privateKey;
  }

  /** A copy; empty for an Aes256Gcm key. @throws INVALID_OPERATION once disposed or moved */
  get public_key(): Uint8Array {
    return this.#live().publicKey.slice();
  }

  /** A new owner of the same key; this one is of no use any more. @throws INVALID_OPERATION once disposed or moved */
  move(): DerivedKey {
    const { privateKey, publicKey } = this.#live();
    this.#halves = undefined;
    return new DerivedKey(this.key_type, privateKey, publicKey);
  }

  #live(): Halves {
    if (this.#halves === undefined) throw new KeyslotError('INVALID_OPERATION', 'the derived key was disposed or moved');
    return this.#halves;
  }

  /** Overwrites the private key. May be called again. */
  [Symbol.dispose](): void {
    this.#halves?.privateKey[Symbol.dispose]();
    this.#halves = undefined;
  }

  toJSON(): RedactedKey {
    return { key_type: this.key_type, private_key: redacted, public_key: toBase64(this.#halves?.publicKey ?? new Uint8Array(0)) };
  }

  toString(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return `DerivedKey ${this.key_type} ${redacted}`;
  }
}

function parseObject(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not as the cause: its message quotes the input.
    throw malformed('a derived key must be JSON');
  }
}

function malformed(message: string, field = 'key'): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field });
}
