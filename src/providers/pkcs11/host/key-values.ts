/**
 * Between encoded keys and the attributes that hold their numbers. Secret numbers pass through buffers that are wiped, never
 * through strings; what can't be wiped are OpenSSL's copies inside a KeyObject.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { DerReader, type Element, element, encode, integer, tags } from '../../key-encoding/der.js';
import { curveOf } from '../../key-encoding/ec-encoding.js';
import type { AttributeName } from '../cryptoki.js';
import { ecParameters, keyTypeNumbers, objectClasses } from './key-facts.js';
import type { Handle } from './module.js';
import type { Attributes, Objects } from './objects.js';

const ecPublicKey = new Uint8Array(Buffer.from('2a8648ce3d0201', 'hex'));
const rsaEncryption = new Uint8Array(Buffer.from('2a864886f70d010101', 'hex'));
const zero = element(tags.integer, Uint8Array.of(0));

/** RSAPrivateKey of RFC 8017 A.1.2 after its version. */
const rsaNumbers = [
  'MODULUS',
  'PUBLIC_EXPONENT',
  'PRIVATE_EXPONENT',
  'PRIME_1',
  'PRIME_2',
  'EXPONENT_1',
  'EXPONENT_2',
  'COEFFICIENT',
] as const satisfies readonly AttributeName[];

/** Gives the attributes of a secret object to `use` and wipes them afterwards. */
export function withSecretValue<T>(row: KeyRow, key: KeyObject, use: (values: Attributes) => T): T {
  const value = key.export();
  try {
    return use({ CLASS: objectClasses.secret, KEY_TYPE: keyTypeNumbers[row.keyType], VALUE: value });
  } finally {
    value.fill(0);
  }
}

/** Attributes of a public object. */
export function publicValues(row: KeyRow, key: KeyObject): Attributes {
  const spki = new DerReader(createPublic(key).export({ type: 'spki', format: 'der' })).enter(tags.sequence);
  spki.read(tags.sequence);
  const bits = spki.bits();
  const common = { CLASS: objectClasses.public, KEY_TYPE: keyTypeNumbers[row.keyType] };
  if (row.keyType === 'ec') return { ...common, EC_PARAMS: ecParameters(row), EC_POINT: encode(element(tags.octetString, bits)) };
  const numbers = new DerReader(bits).enter(tags.sequence);
  return { ...common, MODULUS: numbers.unsigned(), PUBLIC_EXPONENT: numbers.unsigned() };
}

function createPublic(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** Gives the attributes of a private object to `use` and wipes them afterwards. */
export function withPrivateValues<T>(row: KeyRow, key: KeyObject, use: (values: Attributes) => T): T {
  const common = { CLASS: objectClasses.private, KEY_TYPE: keyTypeNumbers[row.keyType] };
  const der = key.export({ type: row.keyType === 'ec' ? 'sec1' : 'pkcs1', format: 'der' } as { type: 'pkcs1'; format: 'der' });
  try {
    const reader = new DerReader(der).enter(tags.sequence);
    reader.unsigned();
    if (row.keyType === 'ec') return use({ ...common, EC_PARAMS: ecParameters(row), VALUE: reader.read(tags.octetString) });
    return use({ ...common, ...Object.fromEntries(rsaNumbers.map((name) => [name, reader.unsigned()])) });
  } finally {
    der.fill(0);
  }
}

function missing(name: AttributeName): KeyslotError {
  return new KeyslotError('KEY_NOT_EXPORTABLE', `the token does not give CKA_${name} of this key`);
}

function required(objects: Objects, object: Handle, name: AttributeName): Buffer {
  const value = objects.read(object, name);
  if (value === undefined || value.length === 0) throw missing(name);
  return value;
}

function magnitude(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

function ecAlgorithm(row: KeyRow): Element {
  return element(tags.sequence, element(tags.objectIdentifier, ecPublicKey), element(tags.objectIdentifier, curveOf(row).oid));
}
function rsaAlgorithm(): Element {
  return element(tags.sequence, element(tags.objectIdentifier, rsaEncryption), element(tags.null));
}

/** CKA_EC_POINT is DER of an OCTET STRING (PKCS#11 v2.40 2.3.3); some tokens give the bare point. */
function pointOf(objects: Objects, object: Handle, row: KeyRow): Uint8Array {
  const given = required(objects, object, 'EC_POINT');
  const size = 1 + 2 * curveOf(row).size;
  return given.length === size ? given : new DerReader(given).read(tags.octetString);
}

/** SPKI. RSA's numbers are also in the private object, for tokens that hold no public one. */
export function spkiOf(objects: Objects, object: Handle, row: KeyRow): Uint8Array {
  if (row.keyType === 'ec') {
    return encode(element(tags.sequence, ecAlgorithm(row), element(tags.bitString, Uint8Array.of(0), pointOf(objects, object, row))));
  }
  const [n, e] = (['MODULUS', 'PUBLIC_EXPONENT'] as const).map((name) => integer(magnitude(required(objects, object, name))));
  const numbers = element(tags.sequence, n ?? zero, e ?? zero);
  return encode(element(tags.sequence, rsaAlgorithm(), element(tags.bitString, Uint8Array.of(0), numbers)));
}

/** PKCS#8, which the caller wipes. `publicObject` adds the public half of an elliptic-curve key. */
export function pkcs8Of(objects: Objects, object: Handle, publicObject: Handle | undefined, row: KeyRow): Uint8Array {
  return row.keyType === 'ec' ? ecPkcs8(objects, object, publicObject, row) : rsaPkcs8(objects, object);
}

function rsaPkcs8(objects: Objects, object: Handle): Uint8Array {
  const values = rsaNumbers.map((name) => required(objects, object, name));
  try {
    const key = element(tags.sequence, zero, ...values.map((value) => integer(magnitude(value))));
    return encode(element(tags.sequence, zero, rsaAlgorithm(), element(tags.octetString, key)));
  } finally {
    for (const value of values) value.fill(0);
  }
}

function ecPkcs8(objects: Objects, object: Handle, publicObject: Handle | undefined, row: KeyRow): Uint8Array {
  const { size } = curveOf(row);
  const value = required(objects, object, 'VALUE');
  const number = Buffer.alloc(size);
  try {
    const bare = magnitude(value);
    if (bare.length > size) throw missing('VALUE');
    number.set(bare, size - bare.length);
    const parts: Element[] = [element(tags.integer, Uint8Array.of(1)), element(tags.octetString, number)];
    if (publicObject !== undefined) {
      const point = element(tags.bitString, Uint8Array.of(0), pointOf(objects, publicObject, row));
      parts.push(element(tags.context1, point));
    }
    const key = element(tags.sequence, ...parts);
    return encode(element(tags.sequence, zero, ecAlgorithm(row), element(tags.octetString, key)));
  } finally {
    value.fill(0);
    number.fill(0);
  }
}

/** Raw bytes of a secret key, which the caller wipes. */
export function secretOf(objects: Objects, object: Handle): Uint8Array {
  return required(objects, object, 'VALUE');
}
