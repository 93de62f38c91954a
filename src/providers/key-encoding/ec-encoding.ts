/**
 * Strict encodings of elliptic-curve keys: SPKI (RFC 5480), PKCS#8 (RFC 5958) around ECPrivateKey (RFC 5915), ECPrivateKey alone
 * (SEC 1 C.4), JWK (RFC 7518 6.2, RFC 8812), and the uncompressed point (SEC 1 2.3.3) as the raw form of a public key, as in WebCrypto.
 * Named curves and uncompressed points only. Whether a point lies on its curve is OpenSSL's to check.
 */
import type { CurveName, KeyRow } from '../../core/algorithms.js';
import { type Curve, curves } from './curves.js';
import { DerReader, type Element, element, encode, tags } from './der.js';
import { Jwk } from './jwk.js';
import { malformed, mismatch } from './key-errors.js';
import type { KeyParts, ObjectEncoding } from './object-encoding.js';
import { signsFor } from './probe-signature.js';
import { same } from './same-bytes.js';
import { wipe } from './secret-bytes.js';

const ecPublicKey = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
const uncompressed = 0x04;

export function hasCurve(name: CurveName): boolean {
  return Object.hasOwn(curves, name);
}

export function curveOf(row: KeyRow): Curve {
  if (row.curve === undefined) throw new TypeError(`${row.name} has no curve`);
  return curves[row.curve];
}

function algorithm(row: KeyRow): Element {
  return element(tags.sequence, element(tags.objectIdentifier, ecPublicKey), element(tags.objectIdentifier, curveOf(row).oid));
}

function checkAlgorithm(row: KeyRow, given: DerReader): void {
  if (!same(given.read(tags.objectIdentifier), ecPublicKey)) throw mismatch('the key is not an elliptic-curve key');
  if (given.peek() !== tags.objectIdentifier) throw malformed('the curve of the key is not given by name');
  if (!same(given.read(tags.objectIdentifier), curveOf(row).oid)) throw mismatch('the key is on another curve');
  given.end();
}

function checkPoint(row: KeyRow, point: Uint8Array): void {
  const { size } = curveOf(row);
  if (point.length !== 1 + 2 * size || point[0] !== uncompressed) {
    throw malformed(`the public key is not an uncompressed point of ${1 + 2 * size} bytes`);
  }
}

interface PrivateParts {
  readonly namesCurve: boolean;
}

/** ECPrivateKey as RFC 5915 writes it: the private number always in full length. */
function checkPrivateKey(row: KeyRow, der: Uint8Array): PrivateParts {
  const curve = curveOf(row);
  const outer = new DerReader(der);
  const key = outer.enter(tags.sequence);
  outer.end();
  if (!same(key.unsigned(), Uint8Array.of(1))) throw malformed('the private key is of an unknown version');
  const number = key.read(tags.octetString);
  const namesCurve = key.peek() === tags.context0;
  if (namesCurve) checkParameters(key.enter(tags.context0), curve);
  checkPrivateNumber(number, curve);
  if (key.peek() === tags.context1) {
    const publicKey = key.enter(tags.context1);
    checkPoint(row, publicKey.bits());
    publicKey.end();
  }
  key.end();
  return { namesCurve };
}

function checkParameters(parameters: DerReader, curve: Curve): void {
  if (parameters.peek() !== tags.objectIdentifier) throw malformed('the curve of the key is not given by name');
  if (!same(parameters.read(tags.objectIdentifier), curve.oid)) throw mismatch('the key is on another curve');
  parameters.end();
}

/** Without branching on the number: it is subtracted from zero and from the order, and the borrows tell. */
function checkPrivateNumber(number: Uint8Array, curve: Curve): void {
  if (number.length !== curve.size) throw malformed(`the private key does not have ${curve.size} bytes`);
  let any = 0;
  let borrow = 0;
  for (let i = curve.size - 1; i >= 0; i--) {
    const byte = number[i] as number;
    any |= byte;
    borrow = byte - (curve.order[i] as number) - borrow < 0 ? 1 : 0;
  }
  if (any === 0 || borrow === 0) throw malformed('the private number is out of range');
}

/** On its own the key must say which curve it is on. */
function checkSec1(row: KeyRow, der: Uint8Array): 'private' {
  if (!checkPrivateKey(row, der).namesCurve) throw malformed('the private key does not name its curve');
  return 'private';
}

function fromRaw(row: KeyRow, point: Uint8Array): KeyParts {
  checkPoint(row, point);
  return { half: 'public', bits: Uint8Array.from(point) };
}

function fromJwk(row: KeyRow, json: Uint8Array): KeyParts {
  const { size, jwkName } = curveOf(row);
  const jwk = new Jwk(json, 'EC');
  if (jwkName === undefined) throw malformed(`keys on ${row.curve} have no JWK; use der or pem`);
  if (!jwk.is('crv', jwkName)) throw mismatch('the key is on another curve');
  const point = Uint8Array.of(uncompressed, ...jwk.fixed('x', size), ...jwk.fixed('y', size));
  if (!jwk.has('d')) return { half: 'public', bits: point };
  const number = jwk.fixed('d', size);
  const publicKey = element(tags.context1, element(tags.bitString, Uint8Array.of(0), point));
  const content = encode(element(tags.sequence, element(tags.integer, Uint8Array.of(1)), element(tags.octetString, number), publicKey));
  wipe(number);
  return { half: 'private', content };
}

export const ecEncoding: ObjectEncoding = {
  algorithm,
  checkAlgorithm,
  checkPublic: checkPoint,
  checkPrivate: checkPrivateKey,
  belongTogether: signsFor,
  fromRaw,
  fromJwk,
  older: { sec1: checkSec1 },
};
