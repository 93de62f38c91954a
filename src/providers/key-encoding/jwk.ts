/** JSON Web Keys (RFC 7517, 7518 section 6), read as bytes. `use`, `key_ops`, `alg` and other hints are not looked at: who may do what is the daemon's. */
import { decodeBase64 } from './base64.js';
import { type MemberValue, readMembers } from './json-members.js';
import { malformed, mismatch } from './key-errors.js';
import { wipe } from './secret-bytes.js';

export class Jwk {
  readonly #members: ReadonlyMap<string, MemberValue>;

  /** @throws INVALID_FORMAT, and ALGORITHM_MISMATCH when `kty` is another */
  constructor(json: Uint8Array, kty: 'oct' | 'EC' | 'RSA' | 'OKP' | 'AKP') {
    this.#members = readMembers(json);
    if (!this.is('kty', kty)) throw mismatch(`the JWK is not of kty "${kty}"`);
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  is(name: string, value: string): boolean {
    const text = this.#text(name);
    return text.length === value.length && text.every((byte, i) => byte === value.charCodeAt(i));
  }

  /** A base64url value. The caller wipes the result when it is secret. */
  bytes(name: string): Uint8Array {
    const bytes = decodeBase64(this.#text(name), 'base64url');
    if (bytes === undefined) throw malformed(`"${name}" of the JWK is not base64url`);
    return bytes;
  }

  /** A coordinate or private number of a curve, with all its leading zeros (RFC 7518 6.2). */
  fixed(name: string, size: number): Uint8Array {
    const bytes = this.bytes(name);
    if (bytes.length === size) return bytes;
    wipe(bytes);
    throw malformed(`"${name}" of the JWK does not have ${size} bytes`);
  }

  /** A Base64urlUInt without leading zeros (RFC 7518 section 2). */
  unsigned(name: string): Uint8Array {
    const bytes = this.bytes(name);
    if (bytes[0] !== undefined && bytes[0] !== 0) return bytes;
    wipe(bytes);
    throw malformed(`"${name}" of the JWK is zero or has leading zeros`);
  }

  #text(name: string): Uint8Array {
    const value = this.#members.get(name);
    if (value === undefined) throw malformed(`"${name}" of the JWK is missing`);
    if (value === 'other') throw malformed(`"${name}" of the JWK is not a plain string`);
    return value.text;
  }
}
