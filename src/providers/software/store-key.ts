/**
 * The key under which the key store is sealed: a file of exactly 32 random bytes (`head -c 32 /dev/urandom`), raw, not text. It lives
 * in locked native memory; what is derived from it is wiped after each use.
 */
import { createHmac } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import { KeyslotError } from '../../core/errors.js';
import { SecureBuffer } from '../../native.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { openTrustedFile } from '../trusted-file.js';

export const storeKeySize = 32;

const field = 'keyStore.key.file';
/** What a derived key is for; part of the format. */
const contexts = {
  record: 'keyslot key store 1 record',
  manifest: 'keyslot key store 1 manifest',
  identity: 'keyslot key store 1 identity',
} as const;
export type StoreKeyPurpose = keyof typeof contexts;

export class StoreKey {
  readonly #secret: SecureBuffer;

  /** Takes over the buffer, which holds 32 bytes. */
  constructor(secret: SecureBuffer) {
    this.#secret = secret;
  }

  /**
   * @throws RESOURCE_NOT_FOUND when the file is missing (it is never made), ACCESS_DENIED when others may read or write it or it is a
   * link, INVALID_FORMAT when it does not have 32 bytes, MEMORY_NOT_LOCKED
   */
  static open(path: string): StoreKey {
    const descriptor = openTrustedFile(path, { what: 'the key file of the key store', field, secret: true });
    try {
      const { size } = fstatSync(descriptor);
      if (size !== storeKeySize) throw wrongSize(path, size);
      const secret = SecureBuffer.fromFile(descriptor, storeKeySize);
      if (secret.size === storeKeySize) return new StoreKey(secret);
      secret[Symbol.dispose]();
      throw wrongSize(path, secret.size);
    } finally {
      closeSync(descriptor);
    }
  }

  /**
   * Lends a 32-byte key: HKDF-SHA-256 (RFC 5869) of the store key with `salt`, for one purpose. The key is wiped when `use` returns
   * and must not be kept. HKDF is put together from HMAC because node:crypto's own leaves a copy of its input until it is collected.
   */
  withDerived<T>(purpose: StoreKeyPurpose, salt: Uint8Array, use: (key: Uint8Array) => T): T {
    const extracted = this.#secret.use((secret) => createHmac('sha256', salt).update(secret).digest());
    const key = createHmac('sha256', extracted).update(contexts[purpose]).update(Uint8Array.of(1)).digest();
    wipe(extracted);
    try {
      return use(key);
    } finally {
      wipe(key);
    }
  }

  dispose(): void {
    this.#secret[Symbol.dispose]();
  }
}

function wrongSize(path: string, size: number): KeyslotError {
  return new KeyslotError(
    'INVALID_FORMAT',
    `the key file ${path} has ${size} bytes; it must hold exactly ${storeKeySize} random ones, not text: head -c ${storeKeySize} /dev/urandom`,
    {
      field,
    },
  );
}
