/** ECDSA, EdDSA and RSA: signatures to verify, generated signatures to verify, key pairs, public keys. */
import { bigint, concat, fixed } from '../../bytes.js';
import type { KeyMaterial } from '../../case.js';
import {
  coordinateSize,
  ecPrivateKey,
  ecPublicKey,
  okpPrivateKey,
  okpPublicKey,
  rsaPrimes,
  rsaPrivateKey,
  rsaPublicKey,
} from '../../key-encodings.js';
import { ecdsaName, edwardsName, hashName, pkcs1Name, pssName, pssParameters } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, type JsonObject, number, text, textOr } from '../json-fields.js';
import type { AcvpReader } from './acvp-test.js';

/** SP 800-106 randomises a message to one that is not a whole number of bytes. */
function assertPlainMessage(group: JsonObject): void {
  if (textOr(group, 'conformance', '') === 'SP800-106') skip('bits', 'message randomised by SP 800-106');
}

/** Component tests sign a ready digest. */
export const ecdsa: AcvpReader = ({ group, all }) => {
  const curve = text(group, 'curve');
  const algorithm = ecdsaName(curve, text(group, 'hashAlg'));
  const size = coordinateSize(curve);
  assertPlainMessage(group);
  const key: JsonObject = { ...group, ...all };
  return {
    family: 'signature',
    algorithm,
    publicKey: ecPublicKey(curve, text(key, 'qx'), text(key, 'qy')),
    privateKey: typeof key.d === 'string' ? ecPrivateKey(curve, key.d) : undefined,
    parameters: { signatureFormat: 'p1363', ...(group.componentTest === true && { prehashed: true }) },
    message: bytes(all, 'message'),
    signature: concat(fixed(text(all, 'r'), size), fixed(text(all, 's'), size)),
    exactly: undefined,
  };
};

export const ecdsaKeyGeneration: AcvpReader = ({ group, all }) => {
  const curve = text(group, 'curve');
  coordinateSize(curve);
  if (typeof all.d !== 'string') skip('notGiven', 'private key');
  return {
    family: 'keyPair',
    publicKey: ecPublicKey(curve, text(all, 'qx'), text(all, 'qy')),
    privateKeys: [ecPrivateKey(curve, text(all, 'd'))],
  };
};

export const ecdsaKeyVerification: AcvpReader = ({ group, test }) => {
  const curve = text(group, 'curve');
  return { family: 'key', half: 'public', key: ecPublicKey(curve, text(test, 'qx'), text(test, 'qy')) };
};

/** A message of a context is Ed448's (RFC 8032 5.2); Ed25519 with one is Ed25519ctx. */
export const eddsa: AcvpReader = ({ group, all }) => {
  const algorithm = edwardsName(text(group, 'curve'));
  if (group.preHash === true) skip('algorithm', `${algorithm}ph`);
  const key: JsonObject = { ...group, ...all };
  const context = bytesOr(all, 'context', undefined);
  const withContext = context !== undefined && context.length > 0;
  if (withContext && algorithm === 'Ed25519') skip('algorithm', 'Ed25519ctx');
  return {
    family: 'signature',
    algorithm,
    publicKey: okpPublicKey(algorithm, bytes(key, 'q')),
    privateKey: typeof key.d === 'string' ? okpPrivateKey(algorithm, bytes(key, 'd')) : undefined,
    parameters: withContext ? { context } : {},
    message: bytes(all, 'message'),
    signature: bytes(all, 'signature'),
    exactly: typeof key.d === 'string' ? {} : undefined,
  };
};

export const eddsaKeyGeneration: AcvpReader = ({ group, all }) => {
  const algorithm = edwardsName(text(group, 'curve'));
  if (typeof all.d !== 'string') skip('notGiven', 'private key');
  return {
    family: 'keyPair',
    publicKey: okpPublicKey(algorithm, bytes(all, 'q')),
    privateKeys: [okpPrivateKey(algorithm, bytes(all, 'd'))],
  };
};

export const eddsaKeyVerification: AcvpReader = ({ group, test }) => {
  const algorithm = edwardsName(text(group, 'curve'));
  return { family: 'key', half: 'public', key: okpPublicKey(algorithm, bytes(test, 'q')) };
};

/** FIPS 186-5 allows masks of SHAKE beside MGF1. */
function rsaAlgorithm(group: JsonObject): { algorithm: string; parameters: Record<string, string | number> } {
  const hash = text(group, 'hashAlg');
  switch (text(group, 'sigType')) {
    case 'pss': {
      const mask = textOr(group, 'maskFunction', 'mgf1');
      if (mask !== 'mgf1') skip('algorithm', `RSA-PSS with the mask ${mask}`);
      return { algorithm: pssName(hash), parameters: pssParameters(hash, hash, number(group, 'saltLen')) };
    }
    case 'pkcs1v1.5':
      return { algorithm: pkcs1Name(hash), parameters: {} };
    default:
      return skip('algorithm', `RSA ${text(group, 'sigType')} ${hashName(hash)}`);
  }
}

export const rsa: AcvpReader = ({ group, all }) => {
  const { algorithm, parameters } = rsaAlgorithm(group);
  assertPlainMessage(group);
  const key: JsonObject = { ...group, ...all };
  return {
    family: 'signature',
    algorithm,
    publicKey: rsaPublicKey(text(key, 'n'), text(key, 'e')),
    privateKey: undefined,
    parameters,
    message: bytes(all, 'message'),
    signature: bytes(all, 'signature'),
    exactly: undefined,
  };
};

function rsaPrivate(all: JsonObject): KeyMaterial {
  const [n, e] = [text(all, 'n'), text(all, 'e')];
  const known = typeof all.p === 'string' && typeof all.q === 'string';
  if (!known && typeof all.d !== 'string') skip('notGiven', 'private key');
  const [p, q] = known ? [text(all, 'p'), text(all, 'q')] : rsaPrimes(n, e, text(all, 'd'));
  if (bigint(p) * bigint(q) !== bigint(n)) throw new Error('n is not the product of p and q');
  return rsaPrivateKey(n, e, p, q);
}

/** Keys of tests that only say whether a number is prime are not there. */
export const rsaKeyGeneration: AcvpReader = ({ all }) => {
  if (typeof all.n !== 'string') skip('notGiven', 'key');
  return { family: 'keyPair', publicKey: rsaPublicKey(text(all, 'n'), text(all, 'e')), privateKeys: [rsaPrivate(all)] };
};
