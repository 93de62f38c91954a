/** Keys derived from secret keys: quick functions here, those that stretch passwords in a slow host. */
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThenOr } from '../answer.js';
import type { Answer, Call, KdfSpec } from '../contract.js';
import { bytesOfWork } from '../key-derivation/bytes-of-work.js';
import { deriveBytes } from '../key-derivation/derive-bytes.js';
import { importMaterial } from '../key-encoding/import-material.js';
import type { Material } from '../key-encoding/material.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertWanted } from './abandoned.js';
import type { SlowHost } from './slow-host.js';

/** What a key is to be made of secret bytes. */
export interface Wanted {
  readonly algorithm: KeyRow;
  /** Bits, whole bytes. */
  readonly keyLength: number;
}

/** Takes over the secret and wipes it. @throws KEY_DERIVATION_FAILED, and INVALID_ARGUMENT for what the function does not take */
export function deriveMaterial(kdf: KdfSpec, secret: Uint8Array, wanted: Wanted, slowHost: SlowHost, call: Call): Answer<Material> {
  const size = wanted.keyLength / 8;
  return andThenOr(
    () => {
      assertWanted(call);
      return isSlow(kdf, secret, size) ? slowHost.derive(kdf, secret, size, call) : deriveBytes(kdf, secret, size);
    },
    (bytes) => {
      wipe(secret);
      return keyOfBytes(wanted, bytes);
    },
    (error) => {
      wipe(secret);
      if (error instanceof KeyslotError) throw error;
      throw new KeyslotError('KEY_DERIVATION_FAILED', `${kdf.algorithm.name} gave no key`, { cause: error });
    },
  );
}

/** Bytes to hash above which other callers would wait. */
const inLine = 1024 * 1024;
function isSlow(kdf: KdfSpec, secret: Uint8Array, size: number): boolean {
  return kdf.algorithm.slow || bytesOfWork(kdf, secret.length, size) > inLine;
}

/** A shared secret: through the derivation, or the key itself where there is none. Takes over the secret and wipes it. */
export function secretToMaterial(
  kdf: KdfSpec | undefined,
  secret: Uint8Array,
  wanted: Wanted,
  slowHost: SlowHost,
  call: Call,
): Answer<Material> {
  return kdf === undefined ? keyOfBytes(wanted, secret) : deriveMaterial(kdf, secret, wanted, slowHost, call);
}

function keyOfBytes({ algorithm }: Wanted, bytes: Uint8Array): Material {
  try {
    return importMaterial(algorithm, 'raw', bytes);
  } finally {
    wipe(bytes);
  }
}
