/**
 * Strict encodings of Ed25519, Ed448, X25519 and X448 keys: SPKI and PKCS#8 (RFC 8410), JWK of kty "OKP" (RFC 8037), and the bytes of a
 * public key (RFC 8032, RFC 7748) as the raw form, as in WebCrypto. Every string of the right size is a key; points of low order are
 * refused where they do harm, at agreement.
 */
import type { KeyRow } from '../../core/algorithms.js';
import { DerReader, type Element, element, encode, tags } from './der.js';
import { Jwk } from './jwk.js';
import { malformed, mismatch } from './key-errors.js';
import type { KeyParts, ObjectEncoding } from './object-encoding.js';
import { same } from './same-bytes.js';
import { wipe } from './secret-bytes.js';

interface OkpCurve {
  /** Content of the OBJECT IDENTIFIER. */
  readonly oid: Uint8Array;
  /** Bytes of either half. */
  readonly size: number;
}

const curves: Readonly<Record<string, OkpCurve>> = {
  X25519: { oid: Uint8Array.of(0x2b, 0x65, 0x6e), size: 32 },
  X448: { oid: Uint8Array.of(0x2b, 0x65, 0x6f), size: 56 },
  Ed25519: { oid: Uint8Array.of(0x2b, 0x65, 0x70), size: 32 },
  Ed448: { oid: Uint8Array.of(0x2b, 0x65, 0x71), size: 57 },
};

function curveOf({ name }: KeyRow): OkpCurve {
  const curve = curves[name];
  if (curve === undefined) throw new TypeError(`${name} is not here`);
  return curve;
}

function algorithm(row: KeyRow): Element {
  return element(tags.sequence, element(tags.objectIdentifier, curveOf(row).oid));
}

function checkAlgorithm(row: KeyRow, given: DerReader): void {
  if (!same(given.read(tags.objectIdentifier), curveOf(row).oid)) throw mismatch(`the key is not a key of ${row.name}`);
  given.end();
}

function checkPublic(row: KeyRow, bits: Uint8Array): void {
  const { size } = curveOf(row);
  if (bits.length !== size) throw malformed(`a public key of ${row.name} has ${size} bytes, not ${bits.length}`);
}

/** CurvePrivateKey: an OCTET STRING inside the OCTET STRING. */
function checkPrivate(row: KeyRow, content: Uint8Array): void {
  const { size } = curveOf(row);
  const reader = new DerReader(content);
  const { length } = reader.read(tags.octetString);
  reader.end();
  if (length !== size) throw malformed(`a private key of ${row.name} has ${size} bytes, not ${length}`);
}

function fromRaw(_row: KeyRow, raw: Uint8Array): KeyParts {
  return { half: 'public', bits: Uint8Array.from(raw) };
}

function fromJwk(row: KeyRow, json: Uint8Array): KeyParts {
  const { size } = curveOf(row);
  const jwk = new Jwk(json, 'OKP');
  if (!jwk.is('crv', row.name)) throw mismatch('the key is on another curve');
  const bits = jwk.fixed('x', size);
  if (!jwk.has('d')) return { half: 'public', bits };
  const d = jwk.fixed('d', size);
  const content = encode(element(tags.octetString, d));
  wipe(d);
  return { half: 'private', content, publicBits: bits };
}

export const okpEncoding: ObjectEncoding = { algorithm, checkAlgorithm, checkPublic, checkPrivate, fromRaw, fromJwk };
