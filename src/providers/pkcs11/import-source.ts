/** The bytes of an import as the token's host gets them: what takes long to read is read by a slow host first. */
import type { Call } from '../contract.js';
import { algorithmNumber, keyFormatNumbers } from '../hosting/host-enumerations.js';
import type { EncodedKey, KeyDecoder } from '../key-encoding/decoded-key.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { isSlowImport } from '../key-encoding/slow-imports.js';
import { assertWanted } from './calls.js';

export interface ImportFields {
  readonly algorithm: number;
  readonly format: number;
  readonly keyData: Uint8Array;
  readonly checked: number;
}

/** Passphrases never reach the host of a token. @throws INVALID_FORMAT, ALGORITHM_MISMATCH, INVALID_ARGUMENT */
export async function withImportFields<T>(
  key: EncodedKey,
  decoder: KeyDecoder,
  call: Call,
  use: (fields: ImportFields) => Promise<T>,
): Promise<T> {
  const { format, keyData, passphrase = new Uint8Array(0) } = key;
  const algorithm = algorithmNumber(key.algorithm);
  // A passphrase that is out of place is refused in the same words everywhere.
  if (passphrase.length === 0 && !isSlowImport(key.algorithm, format, keyData, passphrase)) {
    return use({ algorithm, format: keyFormatNumbers.number(format, 'format'), keyData, checked: 0 });
  }
  const { encoded, seed, privateKey } = await decoder.decodeKey(key, call);
  try {
    // The session may have ended meanwhile; nothing may be made for it then.
    assertWanted(call);
    return await use({ algorithm, format: keyFormatNumbers.number('der', 'format'), keyData: encoded, checked: 1 });
  } finally {
    wipe(encoded, seed, privateKey);
  }
}
