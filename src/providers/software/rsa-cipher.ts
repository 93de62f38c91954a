/**
 * Encryption to RSA keys, of one message that is shorter than the modulus: OAEP (RFC 8017 7.1) with its own hash for MGF1 and a label, and
 * PKCS#1 v1.5 (7.2). Decryption runs on the thread pool, so that other callers go on.
 */
import type { RsaCipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Direction } from '../../core/permissions.js';
import { type EncryptionPadding, hasImplicitRejection } from '../../native-pkey.js';
import type { Answer, Finalized, ParameterValues, ProviderOperation, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertLength, GatheredMessage } from './gathered.js';
import type { SoftwareKey } from './key.js';
import { mgfHashOf, nativeHash } from './signature-schemes.js';
import { refused } from './symmetric.js';

const nothing = new Uint8Array(0);

const paddings: Readonly<Record<RsaCipherRow['family'], (row: RsaCipherRow, parameters: ParameterValues) => EncryptionPadding>> = {
  'rsa-oaep': ({ hash = 'SHA-256' }, parameters) => ({
    padding: 'oaep',
    hash: nativeHash(hash),
    mgfHash: nativeHash(mgfHashOf(parameters) ?? hash),
    label: parameters.label instanceof Uint8Array ? parameters.label : nothing,
  }),
  'rsa-pkcs1-encryption': () => ({ padding: 'pkcs1' }),
};

/**
 * Whether decryption is safe here. With PKCS#1 v1.5 a refusal tells an attacker what is in the message (Bleichenbacher 1998) unless
 * OpenSSL answers broken padding with random bytes.
 */
export function decryptsRsa({ family }: RsaCipherRow): boolean {
  return family !== 'rsa-pkcs1-encryption' || hasImplicitRejection();
}

export class RsaCipherOperation implements ProviderOperation {
  readonly #key: SoftwareKey;
  readonly #padding: EncryptionPadding;
  readonly #decrypts: boolean;
  /** Bytes of the modulus. */
  readonly #longest: number;
  readonly gathersData = true;
  readonly #message = new GatheredMessage();
  #size = 0;

  /** @throws INCOMPATIBLE_KEY_TYPE for a public key that is to decrypt, UNSUPPORTED_ALGORITHM where decryption would not be safe */
  constructor(algorithm: RsaCipherRow, key: SoftwareKey, direction: Direction, parameters: ParameterValues) {
    this.#key = key;
    this.#padding = paddings[algorithm.family](algorithm, parameters);
    this.#decrypts = direction === 'decrypt';
    this.#longest = Math.ceil(key.keyLength / 8);
    if (!this.#decrypts) return;
    key.privateKey();
    if (!decryptsRsa(algorithm)) {
      throw new KeyslotError('UNSUPPORTED_ALGORITHM', `${algorithm.name} decryption is unsafe here: it needs OpenSSL 3.2 or later`, {
        field: 'algorithm',
      });
    }
  }

  init(): void {
    this.#size = 0;
    this.#message.start();
  }

  /** @throws INVALID_ARGUMENT with field `data` when the message becomes longer than the modulus */
  update(data: Uint8Array): Uint8Array {
    this.#size += data.length;
    assertLength(this.#size, this.#longest);
    this.#message.add(data);
    return nothing;
  }

  /** @throws INVALID_ARGUMENT with field `data` for a message too long to encrypt, OPERATION_FAILED for one that can't be decrypted */
  finalize(): Answer<Finalized> {
    const message = this.#message.take();
    try {
      return this.#crypt(message);
    } finally {
      wipe(message);
    }
  }

  singleShot({ data }: WholeMessage): Answer<Finalized> {
    return this.#crypt(data);
  }

  abort(): void {
    this.#message.drop();
  }
  close(): void {
    this.abort();
  }

  /** Takes a copy of the message before it answers. */
  #crypt(message: Uint8Array): Answer<Finalized> {
    if (!this.#decrypts) return { data: this.#key.native('public').encrypt(message, this.#padding) };
    return this.#key
      .native('private')
      .decryptAsync(message, this.#padding)
      .then(
        (data) => ({ data }),
        () => {
          throw refused();
        },
      );
  }
}
