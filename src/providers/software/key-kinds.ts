/** How each type of key is made, imported and taken from the store: one row per type. */
import { createPublicKey, createSecretKey, generateKeyPairSync, generateKeySync, type KeyObject, sign, verify } from 'node:crypto';
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { andThenOr } from '../answer.js';
import type { Answer, Call, KeyFormat } from '../contract.js';
import { assertWanted } from './abandoned.js';
import { curveOf, ecEncoding } from './ec-encoding.js';
import type { Material } from './key.js';
import { type AsymmetricEncoding, importAsymmetric, importSecret, parse } from './key-encoding.js';
import { malformed } from './key-errors.js';
import { rsaEncoding } from './rsa-encoding.js';
import { wipe } from './secret-bytes.js';
import type { SlowHost } from './slow-host.js';

export interface KeyKind {
  /** @throws KEY_GENERATION_FAILED, and OPERATION_CANCELLED when the call is abandoned */
  generate(row: KeyRow, slowHost: SlowHost, call: Call): Answer<Material>;
  /** @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `keyData` */
  import(row: KeyRow, format: KeyFormat, keyData: Uint8Array): Material;
}

const secretKind = (type: 'aes' | 'hmac'): KeyKind => ({
  generate: (row) => ({ half: 'secret', object: generateKeySync(type, { length: row.keyLength }) }),
  import: importSecret,
});

const ecKind: KeyKind = {
  generate: (row) => ({ half: 'private', object: generateKeyPairSync('ec', { namedCurve: curveOf(row).openSsl }).privateKey }),
  import: (row, format, keyData) => importPair(row, format, keyData, ecEncoding),
};

const rsaKind: KeyKind = {
  generate: (row, slowHost, call) => generateRsa(row, slowHost, call),
  import: (row, format, keyData) => importPair(row, format, keyData, rsaEncoding),
};

const kinds: Readonly<Record<KeyType, KeyKind>> = { aes: secretKind('aes'), hmac: secretKind('hmac'), ec: ecKind, rsa: rsaKind };

export function keyKind(row: KeyRow): KeyKind {
  return kinds[row.keyType];
}
export function hasKeyKind(type: KeyType): boolean {
  return Object.hasOwn(kinds, type);
}

/** A new key's material. @throws KEY_GENERATION_FAILED */
export function generateMaterial(row: KeyRow, slowHost: SlowHost, call: Call): Answer<Material> {
  assertWanted(call);
  return andThenOr(
    () => keyKind(row).generate(row, slowHost, call),
    (material) => material,
    (error) => {
      if (error instanceof KeyslotError) throw error;
      throw new KeyslotError('KEY_GENERATION_FAILED', `a key of ${row.name} could not be generated`, { cause: error });
    },
  );
}

/** What the store holds, sealed by this provider: decoded without the checks of an import. The bytes stay the caller's. */
export function restoreMaterial(half: KeyHalf, bytes: Uint8Array): Material {
  return { half, object: half === 'secret' ? createSecretKey(bytes) : parse(half, bytes) };
}

async function generateRsa(row: KeyRow, slowHost: SlowHost, call: Call): Promise<Material> {
  const { pkcs8 } = await slowHost.generateRsa(row.keyLength, call);
  try {
    assertWanted(call);
    return { half: 'private', object: parseGenerated(row, pkcs8) };
  } finally {
    wipe(pkcs8);
  }
}

/** What a host answers is foreign input. */
function parseGenerated(row: KeyRow, pkcs8: Uint8Array): KeyObject {
  try {
    rsaEncoding.checkPkcs8(row, pkcs8);
    return parse('private', pkcs8);
  } catch {
    throw new KeyslotError('KEY_GENERATION_FAILED', `the slow host did not answer with a key of ${row.name}`);
  }
}

const probe = new TextEncoder().encode('keyslot: do the halves of this key belong together?');

/** Encodings of private keys carry the public half too, and nothing in them proves that it belongs. */
function importPair(row: KeyRow, format: KeyFormat, keyData: Uint8Array, encoding: AsymmetricEncoding): Material {
  const material = importAsymmetric(row, format, keyData, encoding);
  if (material.half !== 'private') return material;
  if (!belongTogether(material)) throw malformed('the halves of the key do not belong together');
  return material;
}

function belongTogether({ object }: Material): boolean {
  try {
    return verify('sha256', probe, createPublicKey(object), sign('sha256', probe, object));
  } catch {
    return false;
  }
}
