/**
 * AES-XTS (NIST SP 800-38E, IEEE 1619): one message is one data unit of 16 bytes to 16 MiB (2^20 blocks), and the IV is its tweak.
 * OpenSSL takes a unit whole, so it is gathered. The two halves of the key must differ (FIPS 140-3 implementation guidance C.I).
 */
import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import type { CipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { MiB } from '../../core/limits.js';
import type { Direction } from '../../core/permissions.js';
import type { Finalized, ProviderOperation, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertLength, Gathered } from './gathered.js';
import type { SoftwareKey } from './key.js';
import { checkIv, notStarted, openSslName, refused } from './symmetric.js';

/** Bytes. */
const shortestUnit = 16;
const longestUnit = 16 * MiB;

const nothing = new Uint8Array(0);

export class XtsOperation implements ProviderOperation {
  readonly gathersData = true;
  readonly #algorithm: CipherRow;
  readonly #key: SoftwareKey;
  readonly #decrypts: boolean;
  readonly #gathered = new Gathered(longestUnit);
  #tweak: Uint8Array | undefined;

  /** @throws INCOMPATIBLE_KEY_TYPE for a key of two equal halves */
  constructor(algorithm: CipherRow, key: SoftwareKey, direction: Direction) {
    this.#algorithm = algorithm;
    this.#key = key;
    this.#decrypts = direction === 'decrypt';
    assertHalvesDiffer(key);
  }

  init(iv: Uint8Array | undefined): void {
    this.abort();
    this.#tweak = Uint8Array.from(this.#check(iv));
  }

  update(data: Uint8Array): Uint8Array {
    this.#started();
    this.#gathered.add(data);
    return nothing;
  }

  finalize(): Finalized {
    const tweak = this.#started();
    this.#tweak = undefined;
    const unit = this.#gathered.release();
    try {
      return { data: this.#crypt(tweak, unit) };
    } finally {
      wipe(unit);
    }
  }

  singleShot({ iv, data }: WholeMessage): Finalized {
    return { data: this.#crypt(this.#check(iv), data) };
  }

  abort(): void {
    this.#tweak = undefined;
    this.#gathered.wipe();
  }
  close(): void {
    this.abort();
  }

  #crypt(tweak: Uint8Array, unit: Uint8Array): Uint8Array {
    assertLength(unit.length, longestUnit);
    if (unit.length < shortestUnit) throw this.#tooShort();
    const create = this.#decrypts ? createDecipheriv : createCipheriv;
    const cipher = create(openSslName(this.#algorithm), this.#key.secret(), tweak);
    const output = cipher.update(unit);
    cipher.final();
    return output;
  }
  #tooShort(): KeyslotError {
    if (this.#decrypts) return refused();
    return new KeyslotError('INVALID_ARGUMENT', `XTS takes messages of at least ${shortestUnit} bytes`, { field: 'data' });
  }
  #check(iv: Uint8Array | undefined): Uint8Array {
    return checkIv(iv, { min: this.#algorithm.ivSize, max: this.#algorithm.ivSize });
  }
  #started(): Uint8Array {
    if (this.#tweak === undefined) throw notStarted();
    return this.#tweak;
  }
}

function assertHalvesDiffer(key: SoftwareKey): void {
  const bytes = key.secret().export();
  try {
    const middle = bytes.length / 2;
    if (!timingSafeEqual(bytes.subarray(0, middle), bytes.subarray(middle))) return;
  } finally {
    wipe(bytes);
  }
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'the two halves of a key for XTS must differ; this key is too weak', { field: 'key' });
}
