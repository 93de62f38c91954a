/**
 * Between encoded keys and the attributes that hold their numbers. Secret numbers pass through buffers that are wiped, never
 * through strings; what can't be wiped are OpenSSL's copies inside a KeyObject.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { DerReader, type Element, element, encode, integer, tags } from '../../key-encoding/der.js';
import { readPkcs8, readSpki, writePkcs8, writeSpki } from '../../key-encoding/key-frames.js';
import { allocateSecret, wipe } from '../../key-encoding/secret-bytes.js';
import { type AttributeName, CKK } from '../cryptoki.js';
import { curveForm, ecParameters, secretObjectType } from '../key-kinds.js';
import type { OkpName, Quirks } from '../quirks/quirks.js';
import { objectClasses } from './key-facts.js';
import type { Handle } from './module.js';
import type { Attributes, Objects } from './objects.js';

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

/** CKA_KEY_TYPE of either half of a pair. */
export function pairObjectType(row: KeyRow, quirks: Quirks): number {
  if (row.keyType === 'rsa') return CKK.RSA;
  return row.keyType === 'ec' ? CKK.EC : quirks.okp[row.name as OkpName].keyType;
}

/** Gives the attributes of a secret object to `use` and wipes them afterwards. */
export function withSecretValue<T>(row: KeyRow, key: KeyObject, use: (values: Attributes) => T): T {
  const value = key.export();
  try {
    return use({ CLASS: objectClasses.secret, KEY_TYPE: secretObjectType(row), VALUE: value });
  } finally {
    wipe(value);
  }
}

/** The bits of a public key's SPKI: a point, or RSAPublicKey in DER. */
export function publicBits(key: KeyObject): Uint8Array {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return readSpki(publicKey.export({ type: 'spki', format: 'der' }), () => undefined);
}

/** Attributes of a public object. */
export function publicValues(row: KeyRow, key: KeyObject, quirks: Quirks): Attributes {
  const bits = publicBits(key);
  const common = { CLASS: objectClasses.public, KEY_TYPE: pairObjectType(row, quirks) };
  if (row.keyType !== 'rsa') return { ...common, EC_PARAMS: ecParameters(row), EC_POINT: encode(element(tags.octetString, bits)) };
  const numbers = new DerReader(bits).enter(tags.sequence);
  return { ...common, MODULUS: numbers.unsigned(), PUBLIC_EXPONENT: numbers.unsigned() };
}

/** Attributes of a public object, from those of a private RSA object. */
export function publicValuesOfRsa(objects: Objects, object: Handle): Attributes {
  return {
    CLASS: objectClasses.public,
    KEY_TYPE: CKK.RSA,
    MODULUS: required(objects, object, 'MODULUS'),
    PUBLIC_EXPONENT: required(objects, object, 'PUBLIC_EXPONENT'),
  };
}

/** The private number inside PKCS#8, a view: of ECPrivateKey (RFC 5915), or of CurvePrivateKey (RFC 8410). */
function privateNumber(row: KeyRow, content: Uint8Array): Uint8Array {
  if (row.keyType !== 'ec') return new DerReader(content).read(tags.octetString);
  const reader = new DerReader(content).enter(tags.sequence);
  reader.unsigned();
  return reader.read(tags.octetString);
}

function privateNumbers(content: Uint8Array): Attributes {
  const reader = new DerReader(content).enter(tags.sequence);
  reader.unsigned();
  return Object.fromEntries(rsaNumbers.map((name) => [name, reader.unsigned()]));
}

/** Gives the attributes of a private object to `use` and wipes them afterwards. */
export function withPrivateValues<T>(row: KeyRow, key: KeyObject, quirks: Quirks, use: (values: Attributes) => T): T {
  const common = { CLASS: objectClasses.private, KEY_TYPE: pairObjectType(row, quirks) };
  const der = key.export({ type: 'pkcs8', format: 'der' });
  try {
    const { content } = readPkcs8(der, () => undefined);
    if (row.keyType === 'rsa') return use({ ...common, ...privateNumbers(content) });
    return use({ ...common, EC_PARAMS: ecParameters(row), VALUE: privateNumber(row, content) });
  } finally {
    wipe(der);
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

function rsaAlgorithm(): Element {
  return element(tags.sequence, element(tags.objectIdentifier, rsaEncryption), element(tags.null));
}

/** CKA_EC_POINT is DER of an OCTET STRING (PKCS#11 v2.40 2.3.3); some tokens give the bare point. */
function pointOf(objects: Objects, object: Handle, row: KeyRow): Uint8Array {
  const given = required(objects, object, 'EC_POINT');
  return given.length === curveForm(row).pointSize ? given : new DerReader(given).read(tags.octetString);
}

/** SPKI. RSA's numbers are also in the private object, for tokens that hold no public one. */
export function spkiOf(objects: Objects, object: Handle, row: KeyRow): Uint8Array {
  if (row.keyType !== 'rsa') return writeSpki(curveForm(row).algorithm, pointOf(objects, object, row));
  const [n, e] = (['MODULUS', 'PUBLIC_EXPONENT'] as const).map((name) => integer(magnitude(required(objects, object, name))));
  return writeSpki(rsaAlgorithm(), encode(element(tags.sequence, n ?? zero, e ?? zero)));
}

/** PKCS#8, which the caller wipes. `publicObject` adds the public half of an elliptic-curve key. */
export function pkcs8Of(objects: Objects, object: Handle, publicObject: Handle | undefined, row: KeyRow): Uint8Array {
  if (row.keyType === 'rsa') return rsaPkcs8(objects, object);
  const value = required(objects, object, 'VALUE');
  const number = fullLength(value, row);
  try {
    const content = row.keyType === 'ec' ? ecPrivateKey(objects, number, publicObject, row) : element(tags.octetString, number);
    return writePkcs8(curveForm(row).algorithm, content);
  } finally {
    wipe(value, number);
  }
}

function rsaPkcs8(objects: Objects, object: Handle): Uint8Array {
  const values = rsaNumbers.map((name) => required(objects, object, name));
  try {
    return writePkcs8(rsaAlgorithm(), element(tags.sequence, zero, ...values.map((value) => integer(magnitude(value)))));
  } finally {
    wipe(...values);
  }
}

/** Tokens leave out zeros at the start of a number; keys of RFC 8410 are strings of fixed size. */
function fullLength(value: Uint8Array, row: KeyRow): Uint8Array {
  const { valueSize } = curveForm(row);
  const bare = row.keyType === 'ec' ? magnitude(value) : value;
  if (bare.length > valueSize || (row.keyType !== 'ec' && bare.length !== valueSize)) throw missing('VALUE');
  const number = allocateSecret(valueSize);
  number.set(bare, valueSize - bare.length);
  return number;
}

function ecPrivateKey(objects: Objects, number: Uint8Array, publicObject: Handle | undefined, row: KeyRow): Element {
  const parts: Element[] = [element(tags.integer, Uint8Array.of(1)), element(tags.octetString, number)];
  if (publicObject !== undefined) {
    parts.push(element(tags.context1, element(tags.bitString, Uint8Array.of(0), pointOf(objects, publicObject, row))));
  }
  return element(tags.sequence, ...parts);
}

/** Raw bytes of a secret key, which the caller wipes. Only a generic secret may have none. */
export function secretOf(objects: Objects, object: Handle): Uint8Array {
  const value = objects.read(object, 'VALUE');
  if (value === undefined) throw missing('VALUE');
  return value;
}
