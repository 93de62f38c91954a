/** The frames around keys: SubjectPublicKeyInfo (RFC 5280 4.1.2.7), PrivateKeyInfo and OneAsymmetricKey (RFC 5958 section 2). */
import { DerReader, type Element, element, encode, tags } from './der.js';
import { malformed } from './key-errors.js';

type AlgorithmCheck = (algorithm: DerReader) => void;

export interface Pkcs8Parts {
  /** Content of `privateKey`, a view. */
  readonly content: Uint8Array;
  /** Of version 2 only; a view. */
  readonly publicKey: Uint8Array | undefined;
}

/**
 * Version 1 is without, version 2 with a public key. Attributes say nothing about the key and are passed over.
 * @throws INVALID_FORMAT, and what the check throws
 */
export function readPkcs8(der: Uint8Array, checkAlgorithm: AlgorithmCheck): Pkcs8Parts {
  const outer = new DerReader(der);
  const pkcs8 = outer.enter(tags.sequence);
  outer.end();
  const version = pkcs8.unsigned();
  const isSecond = version.length === 1 && version[0] === 1;
  if (version.length !== 0 && !isSecond) throw malformed('the private key is of an unknown version');
  checkAlgorithm(pkcs8.enter(tags.sequence));
  const content = pkcs8.read(tags.octetString);
  if (pkcs8.peek() === tags.context0) pkcs8.read(tags.context0);
  const publicKey = isSecond ? pkcs8.bits(tags.context1Primitive) : undefined;
  pkcs8.end();
  return { content, publicKey };
}

/** The public key's bits, a view. @throws INVALID_FORMAT, and what the check throws */
export function readSpki(der: Uint8Array, checkAlgorithm: AlgorithmCheck): Uint8Array {
  const outer = new DerReader(der);
  const spki = outer.enter(tags.sequence);
  outer.end();
  checkAlgorithm(spki.enter(tags.sequence));
  const bits = spki.bits();
  spki.end();
  return bits;
}

/** PKCS#8, version 1. The caller wipes it. */
export function writePkcs8(algorithm: Element, content: Uint8Array | Element): Uint8Array {
  const version = element(tags.integer, Uint8Array.of(0));
  return encode(element(tags.sequence, version, algorithm, element(tags.octetString, content)));
}

export function writeSpki(algorithm: Element, bits: Uint8Array): Uint8Array {
  return encode(element(tags.sequence, algorithm, element(tags.bitString, Uint8Array.of(0), bits)));
}
