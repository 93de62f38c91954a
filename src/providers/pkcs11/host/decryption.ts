/** Wrong key, wrong nonce and changed data are one error, whatever a token calls them. */
import { KeyslotError } from '../../../core/errors.js';
import { decryptionRefused } from '../../contract.js';
import { CKR } from '../cryptoki.js';
import { returnValueOf } from './return-values.js';

/** What tokens answer at the end of a decryption that does not come out. SoftHSM2 calls it a general error. */
const refusals: ReadonlySet<number> = new Set([
  CKR.GENERAL_ERROR,
  CKR.FUNCTION_FAILED,
  CKR.DATA_INVALID,
  CKR.DATA_LEN_RANGE,
  CKR.ENCRYPTED_DATA_INVALID,
  CKR.ENCRYPTED_DATA_LEN_RANGE,
  CKR.AEAD_DECRYPT_FAILED,
  CKR.BUFFER_TOO_SMALL,
]);

export function decryptionFailed(cause?: unknown): KeyslotError {
  return new KeyslotError('OPERATION_FAILED', decryptionRefused, { cause });
}

/** For the call that ends a decryption. */
export function refuseDecryption(error: unknown): never {
  const value = returnValueOf(error);
  throw value !== undefined && refusals.has(value) ? decryptionFailed(error) : error;
}
