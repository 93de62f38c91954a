import { KeyslotError } from '../../core/errors.js';

/** The bytes are not an encoding of a key. Never quotes them. */
export function malformed(message: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field: 'keyData' });
}

/** A well-formed key that is not of the algorithm that was asked for. */
export function mismatch(message: string): KeyslotError {
  return new KeyslotError('ALGORITHM_MISMATCH', message, { field: 'keyData' });
}

/** A passphrase that is missing, or that nothing asks for. */
export function passphraseMisplaced(message: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field: 'passphrase' });
}

/** The one error of a wrong passphrase and of changed ciphertext. */
export function passphraseWrong(): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', 'the private key can not be decrypted: wrong passphrase or changed data', {
    field: 'passphrase',
  });
}
