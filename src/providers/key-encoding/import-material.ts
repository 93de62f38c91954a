/** From the bytes of an import to a key, the same for every provider: one row per type. */
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import type { KeyFormat } from '../contract.js';
import { ecEncoding } from './ec-encoding.js';
import { decryptPkcs8 } from './encrypted-pkcs8.js';
import type { KeyEncoding } from './key-encoding.js';
import { malformed, mismatch, passphraseMisplaced } from './key-errors.js';
import type { KeyForm } from './key-form.js';
import { readPkcs8, readSpki } from './key-frames.js';
import type { Material } from './material.js';
import { objectKeys } from './object-encoding.js';
import { okpEncoding } from './okp-encoding.js';
import { postQuantumEncoding } from './post-quantum-encoding.js';
import { readForm } from './read-form.js';
import { rsaEncoding } from './rsa-encoding.js';
import { wipe } from './secret-bytes.js';
import { importSecret } from './secret-encoding.js';

const ec = objectKeys(ecEncoding);
const okp = objectKeys(okpEncoding);

const encodings: Readonly<Record<KeyType, KeyEncoding | 'secret'>> = {
  aes: 'secret',
  chacha20: 'secret',
  hmac: 'secret',
  kmac: 'secret',
  secret: 'secret',
  ec,
  rsa: objectKeys(rsaEncoding),
  edwards: okp,
  montgomery: okp,
  'ml-kem': postQuantumEncoding,
  'ml-dsa': postQuantumEncoding,
  'slh-dsa': postQuantumEncoding,
};

/**
 * Fresh material of the caller's. `keyData` and `passphrase` stay the caller's to wipe; an empty passphrase is none. Encrypted PKCS#8
 * takes as long as its key derivation was made to, up to the bounds of `decryptPkcs8`.
 * @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData`; INVALID_ARGUMENT with field `passphrase` for one that is missing or
 * not asked for, INVALID_FORMAT with that field for a wrong one
 */
export function importMaterial(row: KeyRow, format: KeyFormat, keyData: Uint8Array, passphrase?: Uint8Array): Material {
  const encoding = encodings[row.keyType];
  const given = passphrase?.length === 0 ? undefined : passphrase;
  if (encoding === 'secret' || format === 'raw' || format === 'jwk') {
    if (given !== undefined) throw passphraseMisplaced(`a key in ${format} form is not encrypted and takes no passphrase`);
    if (encoding === 'secret') return importSecret(row, format, keyData);
    return format === 'raw' ? encoding.fromRaw(row, keyData) : encoding.fromJwk(row, keyData);
  }
  const { form, der } = readForm(format, keyData);
  try {
    return form === 'encrypted' ? importEncrypted(row, encoding, der, given) : importForm(row, encoding, form, der, given);
  } finally {
    wipe(der);
  }
}

function importEncrypted(row: KeyRow, encoding: KeyEncoding, der: Uint8Array, passphrase: Uint8Array | undefined): Material {
  if (passphrase === undefined) throw passphraseMisplaced('the private key is encrypted and needs its passphrase');
  const pkcs8 = decryptPkcs8(der, passphrase);
  try {
    return decodeForm(row, encoding, 'pkcs8', pkcs8);
  } finally {
    wipe(pkcs8);
  }
}

function importForm(
  row: KeyRow,
  encoding: KeyEncoding,
  form: Exclude<KeyForm, 'encrypted'>,
  der: Uint8Array,
  passphrase: Uint8Array | undefined,
): Material {
  if (passphrase !== undefined) throw passphraseMisplaced('the key is not encrypted and takes no passphrase');
  return decodeForm(row, encoding, form, der);
}

function decodeForm(row: KeyRow, encoding: KeyEncoding, form: Exclude<KeyForm, 'encrypted'>, der: Uint8Array): Material {
  if (form === 'spki')
    return encoding.fromPublic(
      row,
      readSpki(der, (algorithm) => encoding.checkAlgorithm(row, algorithm)),
    );
  if (form === 'pkcs8') {
    const { content, publicKey } = readPkcs8(der, (algorithm) => encoding.checkAlgorithm(row, algorithm));
    return encoding.fromPrivate(row, content, publicKey);
  }
  const read = encoding.older?.[form];
  if (read === undefined) throw mismatch(`the key is of another algorithm than ${row.name}`);
  return read(row, der);
}

/** SPKI or PKCS#8. @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
export function decodeFrame(row: KeyRow, half: 'private' | 'public', der: Uint8Array): Material {
  const encoding = encodings[row.keyType];
  if (encoding === 'secret') throw malformed(`keys of ${row.name} have no halves`);
  return decodeForm(row, encoding, half === 'private' ? 'pkcs8' : 'spki', der);
}
