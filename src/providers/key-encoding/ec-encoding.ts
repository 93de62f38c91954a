/**
 * Strict encodings of elliptic-curve keys: SPKI (RFC 5480), PKCS#8 (RFC 5958) around ECPrivateKey (RFC 5915), JWK (RFC 7518 6.2),
 * and the uncompressed point (SEC 1 2.3.3) as the raw form of a public key, as in WebCrypto. Named curves and uncompressed points
 * only. Whether a point lies on its curve is OpenSSL's to check.
 */
import type { CurveName, KeyRow } from '../../core/algorithms.js';
import { DerReader, element, encode, tags } from './der.js';
import { Jwk } from './jwk.js';
import type { AsymmetricEncoding, EncodedKey } from './key-encoding.js';
import { malformed, mismatch } from './key-errors.js';
import { wipe } from './secret-bytes.js';

interface Curve {
  /** OpenSSL's name. */
  readonly openSsl: string;
  /** Content of the OBJECT IDENTIFIER. */
  readonly oid: Uint8Array;
  /** Bytes of a coordinate and of a private number. */
  readonly size: number;
  /** Order of the base point; a private number lies between 1 and it (FIPS 186-5 6.2). */
  readonly order: Uint8Array;
}

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

const curves: Readonly<Record<CurveName, Curve>> = {
  'P-256': {
    openSsl: 'prime256v1',
    oid: hex('2a8648ce3d030107'),
    size: 32,
    order: hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  },
};

const ecPublicKey = hex('2a8648ce3d0201');
const uncompressed = 0x04;

export function hasCurve(name: CurveName): boolean {
  return Object.hasOwn(curves, name);
}

export function curveOf(row: KeyRow): Curve {
  if (row.curve === undefined) throw new TypeError(`${row.name} has no curve`);
  return curves[row.curve];
}

function checkAlgorithm(algorithm: DerReader, curve: Curve): void {
  if (!same(algorithm.read(tags.objectIdentifier), ecPublicKey)) throw mismatch('the key is not an elliptic-curve key');
  if (algorithm.peek() !== tags.objectIdentifier) throw malformed('the curve of the key is not given by name');
  if (!same(algorithm.read(tags.objectIdentifier), curve.oid)) throw mismatch('the key is on another curve');
  algorithm.end();
}

function checkPoint(point: Uint8Array, curve: Curve): void {
  if (point.length !== 1 + 2 * curve.size || point[0] !== uncompressed) {
    throw malformed(`the public key is not an uncompressed point of ${1 + 2 * curve.size} bytes`);
  }
}

function checkSpki(row: KeyRow, der: Uint8Array): void {
  const curve = curveOf(row);
  const outer = new DerReader(der);
  const spki = outer.enter(tags.sequence);
  outer.end();
  checkAlgorithm(spki.enter(tags.sequence), curve);
  const point = spki.bits();
  spki.end();
  checkPoint(point, curve);
}

/** ECPrivateKey as RFC 5915 writes it: the private number always in full length. */
function checkPrivateKey(key: DerReader, curve: Curve): void {
  if (!same(key.unsigned(), Uint8Array.of(1))) throw malformed('the private key is of an unknown version');
  checkPrivateNumber(key.read(tags.octetString), curve);
  if (key.peek() === tags.context0) {
    const parameters = key.enter(tags.context0);
    if (!same(parameters.read(tags.objectIdentifier), curve.oid)) throw mismatch('the key is on another curve');
    parameters.end();
  }
  if (key.peek() === tags.context1) {
    const publicKey = key.enter(tags.context1);
    checkPoint(publicKey.bits(), curve);
    publicKey.end();
  }
  key.end();
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

function checkPkcs8(row: KeyRow, der: Uint8Array): void {
  const curve = curveOf(row);
  const outer = new DerReader(der);
  const pkcs8 = outer.enter(tags.sequence);
  outer.end();
  if (pkcs8.unsigned().length !== 0) throw malformed('the private key is of an unknown version');
  checkAlgorithm(pkcs8.enter(tags.sequence), curve);
  const wrapped = pkcs8.enter(tags.octetString);
  checkPrivateKey(wrapped.enter(tags.sequence), curve);
  wrapped.end();
  // Attributes, which say nothing about the key.
  if (pkcs8.peek() === tags.context0) pkcs8.read(tags.context0);
  pkcs8.end();
}

function algorithmIdentifier(curve: Curve) {
  return element(tags.sequence, element(tags.objectIdentifier, ecPublicKey), element(tags.objectIdentifier, curve.oid));
}

function spkiOfPoint(curve: Curve, ...point: Uint8Array[]): Uint8Array {
  return encode(element(tags.sequence, algorithmIdentifier(curve), element(tags.bitString, Uint8Array.of(0), ...point)));
}

function pkcs8Of(curve: Curve, d: Uint8Array, x: Uint8Array, y: Uint8Array): Uint8Array {
  const point = element(tags.bitString, Uint8Array.of(0, uncompressed), x, y);
  const key = element(tags.sequence, element(tags.integer, Uint8Array.of(1)), element(tags.octetString, d), element(tags.context1, point));
  return encode(
    element(tags.sequence, element(tags.integer, Uint8Array.of(0)), algorithmIdentifier(curve), element(tags.octetString, key)),
  );
}

function fromRaw(row: KeyRow, point: Uint8Array): EncodedKey {
  const curve = curveOf(row);
  checkPoint(point, curve);
  return { half: 'public', der: spkiOfPoint(curve, point) };
}

function fromJwk(row: KeyRow, json: Uint8Array): EncodedKey {
  const curve = curveOf(row);
  const jwk = new Jwk(json, 'EC');
  if (!jwk.is('crv', row.curve ?? '')) throw mismatch('the key is on another curve');
  const x = jwk.fixed('x', curve.size);
  const y = jwk.fixed('y', curve.size);
  if (!jwk.has('d')) return { half: 'public', der: spkiOfPoint(curve, Uint8Array.of(uncompressed), x, y) };
  const d = jwk.fixed('d', curve.size);
  const der = pkcs8Of(curve, d, x, y);
  wipe(d);
  return { half: 'private', der };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export const ecEncoding: AsymmetricEncoding = { checkSpki, checkPkcs8, fromRaw, fromJwk };
