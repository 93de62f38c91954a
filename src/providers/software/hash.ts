/** Hashes (FIPS 180-4, FIPS 202) by node:crypto, and every other function without a key that eats a message (xof.ts). */
import { createHash, hash } from 'node:crypto';
import type { HashName } from '../../core/algorithms.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ProviderOperation, WholeMessage } from '../contract.js';
import { digestNames } from '../digest-names.js';
import { hasOpenSslHash } from './openssl.js';
import { inPieces, nativePace, type Pace, pieceSize } from './paced.js';
import { notStarted } from './symmetric.js';

const nothing = new Uint8Array(0);

/** One message under way; node:crypto's Hash and those of @noble/hashes alike. */
interface HashStream {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}
export interface HashMaking {
  readonly start: () => HashStream;
  readonly pace: Pace;
  /** A short message in one call. */
  readonly whole?: (data: Uint8Array) => Uint8Array;
}

/**
 * One call into OpenSSL. The digest crosses as a one-byte string because that takes a third of the time of a buffer (336 against
 * 885 ns for 64 bytes); a digest is the caller's answer, not a secret of the provider.
 */
function digestOf(name: string, data: Uint8Array): Uint8Array {
  return Buffer.from(hash(name, data, 'binary'), 'latin1');
}

export function hashOf(hash: HashName): HashMaking {
  const name = digestNames[hash];
  return { start: () => createHash(name), pace: nativePace, whole: (data) => digestOf(name, data) };
}

/** Whether the running OpenSSL has it. */
export function hasHash(hash: HashName): boolean {
  return Object.hasOwn(digestNames, hash) && hasOpenSslHash(digestNames[hash]);
}

export class HashOperation implements ProviderOperation {
  readonly #making: HashMaking;
  #hash: HashStream | undefined;

  constructor(making: HashMaking) {
    this.#making = making;
  }

  init(): void {
    this.#hash = this.#making.start();
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const hash = this.#started();
    return andThen(
      inPieces(data, call, (piece) => hash.update(piece), this.#making.pace),
      () => nothing,
    );
  }

  finalize(): Finalized {
    const data = this.#started().digest();
    this.#hash = undefined;
    return { data };
  }

  singleShot({ data }: WholeMessage, call: Call): Answer<Finalized> {
    const { whole } = this.#making;
    if (whole !== undefined && data.length <= pieceSize) return { data: whole(data) };
    this.init();
    return andThen(this.update(data, call), () => this.finalize());
  }

  abort(): void {
    this.#hash = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): HashStream {
    if (this.#hash === undefined) throw notStarted();
    return this.#hash;
  }
}
