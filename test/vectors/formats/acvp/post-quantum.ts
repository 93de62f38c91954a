/** ML-KEM (FIPS 203), ML-DSA (FIPS 204) and SLH-DSA (FIPS 205). */
import { concat } from '../../bytes.js';
import type { KeyMaterial } from '../../case.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, type JsonObject, text, textOr } from '../json-fields.js';
import { encapsulationKeyCase, seededPair } from '../post-quantum-keys.js';
import type { AcvpReader } from './acvp-test.js';

const raw = (algorithm: string, data: Uint8Array): KeyMaterial => ({ algorithm, format: 'raw', data });

export const mlKemKeyGen: AcvpReader = ({ group, all }) =>
  seededPair(text(group, 'parameterSet'), concat(bytes(all, 'd'), bytes(all, 'z')), bytes(all, 'dk'), bytes(all, 'ek'));

/** The randomness of an encapsulation can't be chosen, so its ciphertext is decapsulated where the private key is told. */
export const mlKem: AcvpReader = ({ group, all }) => {
  const algorithm = text(group, 'parameterSet');
  const key: JsonObject = { ...group, ...all };
  switch (text(group, 'function')) {
    case 'encapsulationKeyCheck':
      return encapsulationKeyCase(algorithm, bytes(key, 'ek'));
    case 'decapsulationKeyCheck':
      return { family: 'key', half: 'private', key: raw(algorithm, bytes(key, 'dk')) };
    default: {
      const seed = typeof key.d === 'string' && typeof key.z === 'string' ? concat(bytes(key, 'd'), bytes(key, 'z')) : undefined;
      const secret = seed ?? bytesOr(key, 'dk', undefined) ?? skip('interface', 'ML-KEM encapsulation with chosen randomness');
      return {
        family: 'kem',
        privateKey: raw(algorithm, secret),
        ciphertext: bytes(key, 'c'),
        secret: bytesOr(key, 'k', undefined),
        publicKey: bytesOr(key, 'ek', undefined),
      };
    }
  }
};

export const mlDsaKeyGen: AcvpReader = ({ group, all }) =>
  seededPair(text(group, 'parameterSet'), bytes(all, 'seed'), bytes(all, 'sk'), bytes(all, 'pk'));

/** Only the private key of SLH-DSA can be imported, not what it is made of. */
export const slhDsaKeyGen: AcvpReader = ({ group, all }) => {
  const algorithm = text(group, 'parameterSet');
  return { family: 'keyPair', publicKey: raw(algorithm, bytes(all, 'pk')), privateKeys: [raw(algorithm, bytes(all, 'sk'))] };
};

/**
 * The external interface with the message itself. Signatures with given randomness are verified only, with the public half of the
 * private key where that stands in it (SLH-DSA) or is given.
 */
export const signature: AcvpReader = ({ group, all, algorithm: family, mode }) => {
  const algorithm = text(group, 'parameterSet');
  const key: JsonObject = { ...group, ...all };
  if (textOr(group, 'signatureInterface', 'internal') !== 'external')
    skip('interface', `${family} ${group.externalMu === true ? 'of a ready mu' : 'without its context'}`);
  if (textOr(key, 'preHash', 'pure') !== 'pure') skip('algorithm', `HashML-DSA and HashSLH-DSA`);
  const context = bytesOr(all, 'context', undefined);
  const parameters = context === undefined || context.length === 0 ? {} : { context };
  const secret = mode === 'sigGen' ? bytesOr(key, 'sk', undefined) : undefined;
  const found =
    bytesOr(key, 'pk', undefined) ?? (family === 'SLH-DSA' && secret !== undefined ? secret.subarray(secret.length / 2) : undefined);
  const deterministic = group.deterministic === true;
  return {
    family: 'signature',
    algorithm,
    publicKey: found === undefined ? undefined : raw(algorithm, found),
    privateKey: secret === undefined ? undefined : raw(algorithm, secret),
    parameters,
    message: bytes(all, 'message'),
    signature: bytes(all, 'signature'),
    exactly: deterministic && secret !== undefined ? { deterministic: true } : undefined,
  };
};
