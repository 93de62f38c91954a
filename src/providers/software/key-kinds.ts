/** How each type of key is made, and taken from the store: one row per type. */
import { createSecretKey, generateKeyPairSync, type KeyObject, randomFillSync } from 'node:crypto';
import type { KeyRow, KeyType } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { orElse } from '../answer.js';
import type { Answer, Call } from '../contract.js';
import { materialOfDecoded } from '../key-encoding/decoded-key.js';
import { curveOf } from '../key-encoding/ec-encoding.js';
import type { Material } from '../key-encoding/material.js';
import { checkPkcs8, parse } from '../key-encoding/object-encoding.js';
import { rsaEncoding } from '../key-encoding/rsa-encoding.js';
import { allocateSecret, wipe } from '../key-encoding/secret-bytes.js';
import { assertWanted } from './abandoned.js';
import type { GeneratedPostQuantum, SlowHost } from './slow-host.js';

const nothing = new Uint8Array(0);

type Generator = (row: KeyRow, slowHost: SlowHost, call: Call) => Answer<Material>;

const generators: Readonly<Record<KeyType, Generator>> = {
  aes: generateSecret,
  chacha20: generateSecret,
  hmac: generateSecret,
  kmac: generateSecret,
  secret: generateSecret,
  ec: (row) => ({ half: 'private', object: generateKeyPairSync('ec', { namedCurve: curveOf(row).openSsl }).privateKey }),
  edwards: generateByName,
  montgomery: generateByName,
  rsa: generateRsa,
  'ml-kem': generatePostQuantum,
  'ml-dsa': generatePostQuantum,
  'slh-dsa': generatePostQuantum,
};

export function hasKeyKind(type: KeyType): boolean {
  return Object.hasOwn(generators, type);
}

/** A new key's material. @throws KEY_GENERATION_FAILED, and OPERATION_CANCELLED when the call is abandoned */
export function generateMaterial(row: KeyRow, slowHost: SlowHost, call: Call): Answer<Material> {
  assertWanted(call);
  return orElse(
    () => generators[row.keyType](row, slowHost, call),
    (error) => {
      if (error instanceof KeyslotError) throw error;
      throw new KeyslotError('KEY_GENERATION_FAILED', `a key of ${row.name} could not be generated`, { cause: error });
    },
  );
}

function generateSecret(row: KeyRow): Material {
  const bytes = randomFillSync(allocateSecret(row.keyLength / 8));
  try {
    return { half: 'secret', object: createSecretKey(bytes) };
  } finally {
    wipe(bytes);
  }
}

function generateByName(row: KeyRow): Material {
  return { half: 'private', object: generateKeyPairSync(row.name.toLowerCase() as 'ed25519').privateKey };
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
    checkPkcs8(rsaEncoding, row, pkcs8);
    return parse('private', pkcs8);
  } catch {
    throw foreignAnswer(row);
  }
}

async function generatePostQuantum(row: KeyRow, slowHost: SlowHost, call: Call): Promise<Material> {
  const made = await slowHost.generatePostQuantum(row.name, call);
  try {
    assertWanted(call);
    return takeGenerated(row, made);
  } finally {
    wipe(made.seed, made.privateKey);
  }
}

function takeGenerated(row: KeyRow, { seed, privateKey, publicKey }: GeneratedPostQuantum): Material {
  const sizes = row.encodedSizes;
  const fits = seed.length === sizes?.seed && privateKey.length === sizes.privateKey && publicKey.length === sizes.publicKey;
  if (!fits) throw foreignAnswer(row);
  return materialOfDecoded(row, { half: 'private', encoded: nothing, seed, privateKey, publicKey });
}

function foreignAnswer(row: KeyRow): KeyslotError {
  return new KeyslotError('KEY_GENERATION_FAILED', `the slow host did not answer with a key of ${row.name}`);
}
