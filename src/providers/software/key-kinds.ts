/** How each type of key is made, and taken from the store: one row per type. */
import { createSecretKey, generateKeyPairSync, generateKeySync, type KeyObject } from 'node:crypto';
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyHalf } from '../../core/permissions.js';
import { andThenOr } from '../answer.js';
import type { Answer, Call } from '../contract.js';
import { curveOf } from '../key-encoding/ec-encoding.js';
import { parse } from '../key-encoding/key-encoding.js';
import type { Material } from '../key-encoding/material.js';
import { rsaEncoding } from '../key-encoding/rsa-encoding.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertWanted } from './abandoned.js';
import type { SlowHost } from './slow-host.js';

type Generator = (row: KeyRow, slowHost: SlowHost, call: Call) => Answer<Material>;

const generators: Readonly<Record<KeyType, Generator>> = {
  aes: (row) => ({ half: 'secret', object: generateKeySync('aes', { length: row.keyLength }) }),
  hmac: (row) => ({ half: 'secret', object: generateKeySync('hmac', { length: row.keyLength }) }),
  ec: (row) => ({ half: 'private', object: generateKeyPairSync('ec', { namedCurve: curveOf(row).openSsl }).privateKey }),
  rsa: generateRsa,
};

export function hasKeyKind(type: KeyType): boolean {
  return Object.hasOwn(generators, type);
}

/** A new key's material. @throws KEY_GENERATION_FAILED, and OPERATION_CANCELLED when the call is abandoned */
export function generateMaterial(row: KeyRow, slowHost: SlowHost, call: Call): Answer<Material> {
  assertWanted(call);
  return andThenOr(
    () => generators[row.keyType](row, slowHost, call),
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
