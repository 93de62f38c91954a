/**
 * The key under which the key store is sealed: exactly 32 random bytes, raw, not text, wherever they come from (store-key-source.ts). It
 * lives in locked native memory; what is derived from it is wiped after each use.
 */
import { createHmac } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import { KeyslotError } from '../../core/errors.js';
import { SecureBuffer } from '../../native.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { openTrustedFile } from '../trusted-file.js';

export const storeKeySize = 32;

/** What a derived key is for; part of the format. */
const contexts = {
  record: 'keyslot key store 1 record',
  manifest: 'keyslot key store 1 manifest',
  identity: 'keyslot key store 1 identity',
  backup: 'keyslot key store 1 backup',
} as const;
export type StoreKeyPurpose = keyof typeof contexts;

export class StoreKey {
  readonly #secret: SecureBuffer;
  #gone: KeyslotError | undefined;

  /** Takes over the buffer, which holds 32 bytes. */
  constructor(secret: SecureBuffer) {
    this.#secret = secret;
  }

  /**
   * A file (`head -c 32 /dev/urandom`) that only its owner may read. `field` is what the error names.
   * @throws RESOURCE_NOT_FOUND when the file is missing (it is never made), ACCESS_DENIED when others may read or write it or it is a
   * link, INVALID_FORMAT when it does not have 32 bytes, MEMORY_NOT_LOCKED
   */
  static open(path: string, field = 'keyStore.key.file'): StoreKey {
    const descriptor = openTrustedFile(path, { what: 'the key file of the key store', field, secret: true });
    try {
      return StoreKey.read(descriptor, { what: `the key file ${path}`, field });
    } finally {
      closeSync(descriptor);
    }
  }

  /** Reads an open file, which stays the caller's, straight into locked memory. @throws INVALID_FORMAT, MEMORY_NOT_LOCKED */
  static read(descriptor: number, source: { readonly what: string; readonly field: string }): StoreKey {
    const { size } = fstatSync(descriptor);
    if (size !== storeKeySize) throw wrongSize(source, size);
    const secret = SecureBuffer.fromFile(descriptor, storeKeySize);
    if (secret.size === storeKeySize) return new StoreKey(secret);
    secret[Symbol.dispose]();
    throw wrongSize(source, secret.size);
  }

  /**
   * Lends a 32-byte key: HKDF-SHA-256 (RFC 5869) of the store key with `salt`, for one purpose. The key is wiped when `use` returns
   * and must not be kept. @throws what `dispose` was given. HKDF is put together from HMAC because node:crypto's own leaves a copy of its input until it is collected.
   */
  withDerived<T>(purpose: StoreKeyPurpose, salt: Uint8Array, use: (key: Uint8Array) => T): T {
    if (this.#gone !== undefined) throw this.#gone;
    const extracted = this.#secret.use((secret) => createHmac('sha256', salt).update(secret).digest());
    const key = createHmac('sha256', extracted).update(contexts[purpose]).update(Uint8Array.of(1)).digest();
    wipe(extracted);
    try {
      return use(key);
    } finally {
      wipe(key);
    }
  }

  /** Whether both are the same 32 bytes. */
  equals(other: StoreKey): boolean {
    return this.#secret.equals(other.#secret);
  }

  /** `why` is what work that still goes on fails with. */
  dispose(why = new KeyslotError('PROVIDER_NOT_AVAILABLE', 'the key store is closed')): void {
    this.#gone ??= why;
    this.#secret[Symbol.dispose]();
  }
}

function wrongSize({ what, field }: { readonly what: string; readonly field: string }, size: number): KeyslotError {
  const rule = `it must hold exactly ${storeKeySize} random ones, not text: head -c ${storeKeySize} /dev/urandom`;
  return new KeyslotError('INVALID_FORMAT', `${what} has ${size} bytes; ${rule}`, { field });
}
