/** Key derivation, encryption to RSA keys, and keys of ML-KEM. */
import { genericSecret } from '../../key-encodings.js';
import { hashName, maskParameters, rsaKeyName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, inner, type JsonObject, number, text, textOr } from '../json-fields.js';
import { encapsulationKeyCase, seededPair } from '../post-quantum-keys.js';
import type { GroupReader } from './group-reader.js';

export const hkdf: GroupReader = (algorithm) => {
  const kdfAlgorithm = `HKDF-${hashName(algorithm.replace(/^HKDF-/, ''))}`;
  return (test) => ({
    family: 'kdf',
    derivations: [
      {
        secret: genericSecret(bytes(test, 'ikm')),
        kdf: { kdfAlgorithm, salt: bytes(test, 'salt'), label: bytes(test, 'info') },
        output: bytes(test, 'okm'),
        bits: number(test, 'size') * 8,
      },
    ],
  });
};

function pbkdf2Of(algorithm: string, test: JsonObject) {
  const hash = /HMAC(SHA[\w/-]*?)(?:AndAes.*)?$/i.exec(algorithm)?.[1] ?? skip('algorithm', algorithm);
  return {
    secret: genericSecret(bytes(test, 'password')),
    kdf: { kdfAlgorithm: `PBKDF2-${hashName(hash)}`, salt: bytes(test, 'salt'), iterationCount: number(test, 'iterationCount') },
  };
}

export const pbkdf2: GroupReader = (algorithm) => (test) => ({
  family: 'kdf',
  derivations: [{ ...pbkdf2Of(algorithm, test), output: bytes(test, 'dk'), bits: number(test, 'dkLen') * 8 }],
});

/** `PbeWithHmacSha256AndAes_128`. */
export const pbe: GroupReader = (algorithm) => {
  const bits = Number(/Aes_(\d+)$/i.exec(algorithm)?.[1] ?? skip('algorithm', algorithm));
  return (test) => ({
    family: 'passwordCipher',
    kdf: { ...pbkdf2Of(algorithm, test), output: new Uint8Array(0), bits },
    cipher: {
      family: 'cipher',
      algorithm: `AES-${bits}-CBC`,
      padding: 'pkcs7',
      key: new Uint8Array(0),
      iv: bytes(test, 'iv'),
      plaintext: bytes(test, 'msg'),
      ciphertext: bytes(test, 'ct'),
    },
  });
};

function rsaKey(group: JsonObject) {
  if ('otherPrimeInfos' in inner(group, 'privateKey') || /^3082....020101/.test(text(group, 'privateKeyPkcs8').slice(52)))
    skip('key', 'RSA with more than two primes');
  return { algorithm: rsaKeyName(number(group, 'keySize')), format: 'der' as const, data: bytes(group, 'privateKeyPkcs8') };
}

export const oaep: GroupReader = (_algorithm, group) => {
  const hash = text(group, 'sha');
  if (textOr(group, 'mgf', 'MGF1') !== 'MGF1') skip('algorithm', `RSA-OAEP with the mask ${text(group, 'mgf')}`);
  const mask = maskParameters(hash, text(group, 'mgfSha'));
  const privateKey = rsaKey(group);
  return (test) => {
    const label = bytesOr(test, 'label', undefined);
    return {
      family: 'rsaCipher',
      algorithm: `RSA-OAEP-${hashName(hash)}`,
      privateKey,
      parameters: { ...mask, ...(label !== undefined && label.length > 0 && { label }) },
      plaintext: bytes(test, 'msg'),
      ciphertext: bytes(test, 'ct'),
      implicitRejection: false,
    };
  };
};

export const pkcs1Decrypt: GroupReader = (_algorithm, group) => {
  const privateKey = rsaKey(group);
  return (test) => ({
    family: 'rsaCipher',
    algorithm: 'RSA-PKCS1',
    privateKey,
    parameters: {},
    plaintext: bytes(test, 'msg'),
    ciphertext: bytes(test, 'ct'),
    implicitRejection: true,
  });
};

export const mlKemKeyGen: GroupReader = (_algorithm, group) => {
  const algorithm = text(group, 'parameterSet');
  return (test) => seededPair(algorithm, bytes(test, 'seed'), bytes(test, 'dk'), bytes(test, 'ek'));
};

/** The randomness of an encapsulation can't be chosen; what is tested is whether the key is taken. */
export const mlKemEncaps: GroupReader = (_algorithm, group) => {
  const algorithm = text(group, 'parameterSet');
  return (test) => encapsulationKeyCase(algorithm, bytes(test, 'ek'));
};
