/** Keys in every encoding, made by node:crypto and OpenSSL's command line, for tests of import and export. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type KeyRow, keyAlgorithm } from '../../../src/core/algorithms.js';
import type { KeyFormat } from '../../../src/providers/contract.js';
import { importMaterial } from '../../../src/providers/key-encoding/import-material.js';
import { encodeMaterial, type Material, publicSpkiOf } from '../../../src/providers/key-encoding/material.js';

export function keyRow(name: string): KeyRow {
  const found = keyAlgorithm(name);
  if (found === undefined) throw new Error(`no key algorithm ${name}`);
  return found;
}
export function importAs(algorithm: string, format: KeyFormat, data: Uint8Array, passphrase?: Uint8Array): Material {
  return importMaterial(keyRow(algorithm), format, data, passphrase);
}
export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}
export function json(value: unknown): Uint8Array {
  return utf8(JSON.stringify(value));
}
/** As the store keeps it, and the public half. */
export function encodedHex(material: Material): string {
  return toHex(encodeMaterial(material));
}
export function spkiHex(material: Material): string {
  return toHex(publicSpkiOf(material));
}

export interface NodePair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
/** Every curve of the table, by OpenSSL's name. */
export const ecCurves = [
  ['ECDSA-P256', 'prime256v1'],
  ['ECDSA-P384', 'secp384r1'],
  ['ECDSA-P521', 'secp521r1'],
  ['ECDSA-secp256k1', 'secp256k1'],
  ['ECDSA-brainpoolP256r1', 'brainpoolP256r1'],
  ['ECDSA-brainpoolP256t1', 'brainpoolP256t1'],
  ['ECDSA-brainpoolP320r1', 'brainpoolP320r1'],
  ['ECDSA-brainpoolP320t1', 'brainpoolP320t1'],
  ['ECDSA-brainpoolP384r1', 'brainpoolP384r1'],
  ['ECDSA-brainpoolP384t1', 'brainpoolP384t1'],
  ['ECDSA-brainpoolP512r1', 'brainpoolP512r1'],
  ['ECDSA-brainpoolP512t1', 'brainpoolP512t1'],
] as const;
export const okpNames = ['Ed25519', 'Ed448', 'X25519', 'X448'] as const;

export function ecPair(namedCurve: string): NodePair {
  return generateKeyPairSync('ec', { namedCurve });
}
export function okpPair(name: string): NodePair {
  return generateKeyPairSync(name.toLowerCase() as 'ed25519');
}
export function der(key: KeyObject, type: 'pkcs8' | 'spki' | 'sec1' | 'pkcs1'): Uint8Array {
  return Uint8Array.from(key.export({ type, format: 'der' } as { type: 'pkcs8'; format: 'der' }));
}
export function pem(key: KeyObject, type: 'pkcs8' | 'spki' | 'sec1' | 'pkcs1'): Uint8Array {
  return utf8(key.export({ type, format: 'pem' } as { type: 'pkcs8'; format: 'pem' }).toString());
}
/** Parsed anew: in Node 20 a generated key shares a lock with the job that made it, whose end in a collection meanwhile would wait for ever. */
export function jwk(key: KeyObject): Record<string, string> {
  const der = { format: 'der' } as const;
  const parsed =
    key.type === 'private'
      ? createPrivateKey({ ...der, key: key.export({ ...der, type: 'pkcs8' }), type: 'pkcs8' })
      : createPublicKey({ ...der, key: key.export({ ...der, type: 'spki' }), type: 'spki' });
  return parsed.export({ format: 'jwk' }) as Record<string, string>;
}

interface Expectation {
  readonly code: string;
  readonly field: string;
}
export const malformed: Expectation = { code: 'INVALID_FORMAT', field: 'keyData' };
export const mismatched: Expectation = { code: 'ALGORITHM_MISMATCH', field: 'keyData' };

/** The error of work that must fail. */
export function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
