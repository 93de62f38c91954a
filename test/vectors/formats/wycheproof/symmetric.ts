/** AeadTest, DaeadTest, IndCpaTest, MacTest, MacWithIvTest and KeywrapTest. */
import { concat } from '../../bytes.js';
import { aesKey, secretKey } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, number } from '../json-fields.js';
import type { GroupReader } from './group-reader.js';

const none = new Uint8Array(0);

/** By the file's algorithm and the key's bits; SIV's key is two keys. */
const aeads: Readonly<Record<string, (bits: number) => string>> = {
  'AES-GCM': (bits) => `AES-${bits}-GCM`,
  'AES-CCM': (bits) => `AES-${bits}-CCM`,
  'AES-GCM-SIV': (bits) => `AES-${bits}-GCM-SIV`,
  'AEAD-AES-SIV-CMAC': (bits) => `AES-${bits / 2}-SIV`,
  'CHACHA20-POLY1305': () => 'ChaCha20-Poly1305',
  'XCHACHA20-POLY1305': () => 'XChaCha20-Poly1305',
};

export const aead: GroupReader = (algorithm, group) => {
  const name = aeads[algorithm]?.(number(group, 'keySize')) ?? skip('algorithm', algorithm);
  return (test) => ({
    family: 'aead',
    algorithm: name,
    key: bytes(test, 'key'),
    nonce: bytes(test, 'iv'),
    aad: bytes(test, 'aad'),
    plaintext: bytes(test, 'msg'),
    ciphertext: bytes(test, 'ct'),
    tag: bytes(test, 'tag'),
    tagLength: number(group, 'tagSize') / 8,
  });
};

/** SIV without a nonce, its tag before the ciphertext (RFC 5297 2.6). */
export const daead: GroupReader = (algorithm, group) => {
  if (algorithm !== 'AES-SIV-CMAC') skip('algorithm', algorithm);
  const name = `AES-${number(group, 'keySize') / 2}-SIV`;
  return (test) => {
    const sealed = bytes(test, 'ct');
    return {
      family: 'aead',
      algorithm: name,
      key: bytes(test, 'key'),
      nonce: none,
      aad: bytes(test, 'aad'),
      plaintext: bytes(test, 'msg'),
      ciphertext: sealed.subarray(16),
      tag: sealed.subarray(0, 16),
      tagLength: 16,
    };
  };
};

const ciphers: Readonly<Record<string, (bits: number) => string>> = {
  'AES-CBC-PKCS5': (bits) => `AES-${bits}-CBC`,
  'AES-XTS': (bits) => `AES-${bits / 2}-XTS`,
};

export const cipher: GroupReader = (algorithm, group) => {
  const name = ciphers[algorithm]?.(number(group, 'keySize')) ?? skip('algorithm', algorithm);
  const padding = algorithm.endsWith('PKCS5') ? 'pkcs7' : 'none';
  return (test) => {
    const given = bytesOr(test, 'iv', none) ?? none;
    // A tweak may be given without its last zeros.
    const iv = padding === 'none' && given.length < 16 ? concat(given, new Uint8Array(16 - given.length)) : given;
    return {
      family: 'cipher',
      algorithm: name,
      padding,
      key: bytes(test, 'key'),
      iv,
      plaintext: bytes(test, 'msg'),
      ciphertext: bytes(test, 'ct'),
    };
  };
};

/** `HMACSHA512/256`, `AES-CMAC`, `KMAC128`, `AES-GMAC`. */
function macName(algorithm: string): string {
  const hash = /^HMAC-?(.*)$/.exec(algorithm)?.[1];
  if (hash !== undefined) return `HMAC-${hashName(hash)}`;
  const kmac = /^KMAC-?(128|256)$/.exec(algorithm)?.[1];
  if (kmac !== undefined) return `KMAC-${kmac}`;
  if (algorithm === 'AES-CMAC') return algorithm;
  return algorithm === 'AES-GMAC' ? 'GMAC' : skip('algorithm', algorithm);
}

export const mac: GroupReader = (algorithm, group) => {
  const name = macName(algorithm);
  const macLength = number(group, 'tagSize') / 8;
  return (test) => {
    const key = bytes(test, 'key');
    return {
      family: 'mac',
      algorithm: name,
      key: name.startsWith('AES') || name === 'GMAC' ? aesKey(key) : secretKey(name, key),
      iv: bytesOr(test, 'iv', undefined),
      parameters: {},
      message: { bytes: bytes(test, 'msg'), times: 1 },
      mac: bytes(test, 'tag'),
      macLength,
    };
  };
};

const wraps: Readonly<Record<string, string>> = { 'AES-WRAP': 'AES-KW', 'AES-KWP': 'AES-KWP' };

export const keywrap: GroupReader = (algorithm) => {
  const name = wraps[algorithm] ?? skip('algorithm', algorithm);
  return (test) => ({
    family: 'wrap',
    algorithm: name,
    wrappingKey: aesKey(bytes(test, 'key')),
    payload: bytes(test, 'msg'),
    wrapped: bytes(test, 'ct'),
  });
};
