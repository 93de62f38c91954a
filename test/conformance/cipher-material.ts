/** What node:crypto, or a library that is not Keyslot, makes of messages with the known keys. */
import {
  type CipherGCMTypes,
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { aessiv, cmac, gcmsiv } from '@noble/ciphers/aes.js';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { kmac128 } from '@noble/hashes/sha3-addons.js';
import { type KnownKey, knownKeys } from './keys.js';
import { iv, joined, rsaPair } from './material.js';

const bytesOf = (key: KnownKey): Uint8Array => knownKeys[key].data;
const fresh = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

export interface Mode {
  readonly algorithm: string;
  readonly key: KnownKey;
  readonly openSsl: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ivSize: 0 | 16;
  /** Whether it works by blocks, and fills up the last one. */
  readonly blocks: boolean;
  readonly padded: boolean;
  /** Bytes of the shortest message. */
  readonly shortest: number;
}

function aes(algorithm: string, more: Partial<Mode> = {}): Mode {
  const openSsl = algorithm.toLowerCase();
  return { algorithm, key: 'aes', openSsl, parameters: {}, ivSize: 16, blocks: false, padded: false, shortest: 0, ...more };
}
const unpadded = { blocks: true, parameters: { padding: 'none' } } as const;

export const modes = {
  'AES-256-CBC': aes('AES-256-CBC', { blocks: true, padded: true }),
  'AES-256-CBC without padding': aes('AES-256-CBC', unpadded),
  'AES-128-ECB without padding': aes('AES-128-ECB', { ...unpadded, key: 'aes128', ivSize: 0 }),
  'AES-256-CTR': aes('AES-256-CTR'),
  'AES-256-CFB': aes('AES-256-CFB'),
  'AES-256-CFB8': aes('AES-256-CFB8'),
  'AES-256-OFB': aes('AES-256-OFB'),
  'AES-128-XTS': aes('AES-128-XTS', { shortest: 16 }),
} as const;

/** Throws for a message that is none. */
export function cipherMessage(mode: Omit<Mode, 'algorithm'>, direction: 'encrypt' | 'decrypt', message: Uint8Array): Uint8Array {
  const create = direction === 'encrypt' ? createCipheriv : createDecipheriv;
  const cipher = create(mode.openSsl, bytesOf(mode.key), mode.ivSize === 0 ? null : iv).setAutoPadding(mode.padded);
  return fresh(cipher.update(message), cipher.final());
}

export interface RsaPadding {
  readonly algorithm: string;
  readonly parameters: Readonly<Record<string, string | Uint8Array>>;
  /** A ciphertext of another length is refused; PKCS#1 v1.5 may give anything. */
  readonly tellsBroken: boolean;
  readonly encrypt: (message: Uint8Array) => Uint8Array;
  readonly decrypt: (ciphertext: Uint8Array) => Uint8Array;
}

function oaep(algorithm: string, oaepHash: string, label?: Uint8Array): RsaPadding {
  const options = {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash,
    ...(label !== undefined && { oaepLabel: Buffer.from(label) }),
  };
  return {
    algorithm,
    parameters: label === undefined ? {} : { label },
    tellsBroken: true,
    encrypt: (message) => fresh(publicEncrypt({ key: rsaPair.publicKey, ...options }, message)),
    decrypt: (ciphertext) => fresh(privateDecrypt({ key: rsaPair.privateKey, ...options }, ciphertext)),
  };
}

/** node:crypto takes this padding off only where its OpenSSL hides that it is broken. */
function withoutPadding(padded: Uint8Array): Uint8Array {
  const end = padded.indexOf(0, 2);
  if (padded[0] !== 0 || padded[1] !== 2 || end < 10) throw new Error('the padding of RFC 8017 7.2.1 is broken');
  return padded.slice(end + 1);
}

export const rsaPaddings = {
  'RSA-OAEP-SHA-1': oaep('RSA-OAEP-SHA-1', 'sha1'),
  'RSA-OAEP-SHA-256 with a label': oaep('RSA-OAEP-SHA-256', 'sha256', iv),
  'RSA-PKCS1': {
    algorithm: 'RSA-PKCS1',
    parameters: {},
    tellsBroken: false,
    encrypt: (message) => fresh(publicEncrypt({ key: rsaPair.publicKey, padding: constants.RSA_PKCS1_PADDING }, message)),
    decrypt: (ciphertext) =>
      withoutPadding(fresh(privateDecrypt({ key: rsaPair.privateKey, padding: constants.RSA_NO_PADDING }, ciphertext))),
  },
} as const satisfies Readonly<Record<string, RsaPadding>>;

export interface Sealed {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
}
export interface AeadAlgorithm {
  readonly algorithm: string;
  readonly key: KnownKey;
  readonly nonceSize: number;
  readonly seal: (message: Uint8Array, nonce: Uint8Array, aad: Uint8Array, tagLength: number) => Sealed;
  /** Every beginning of a ciphertext is the ciphertext of a beginning. */
  readonly byBytes: boolean;
}

type Seal = AeadAlgorithm['seal'];
function byNode(cipherName: string, key: KnownKey): Seal {
  return (message, nonce, aad, authTagLength) => {
    const cipher = createCipheriv(cipherName as CipherGCMTypes, bytesOf(key), nonce, { authTagLength });
    cipher.setAAD(aad, { plaintextLength: message.length });
    const data = fresh(cipher.update(message), cipher.final());
    return { data, tag: fresh(cipher.getAuthTag()) };
  };
}
interface LibraryCipher {
  encrypt(message: Uint8Array): Uint8Array;
}
/** Values are what vectors of others are for; here it is the way through the context. */
function byLibrary(make: (nonce: Uint8Array, aad: Uint8Array) => LibraryCipher, tagFirst = false): Seal {
  return (message, nonce, aad) => {
    const sealed = make(nonce, aad).encrypt(message);
    if (tagFirst) return { tag: sealed.slice(0, 16), data: sealed.slice(16) };
    return { data: sealed.slice(0, -16), tag: sealed.slice(-16) };
  };
}

export const aeads = {
  'AES-256-GCM': { algorithm: 'AES-256-GCM', key: 'aes', nonceSize: 12, seal: byNode('aes-256-gcm', 'aes'), byBytes: true },
  'AES-256-CCM': { algorithm: 'AES-256-CCM', key: 'aes', nonceSize: 12, seal: byNode('aes-256-ccm', 'aes'), byBytes: true },
  'ChaCha20-Poly1305': {
    algorithm: 'ChaCha20-Poly1305',
    key: 'chacha',
    nonceSize: 12,
    seal: byNode('chacha20-poly1305', 'chacha'),
    byBytes: true,
  },
  'XChaCha20-Poly1305': {
    algorithm: 'XChaCha20-Poly1305',
    key: 'chacha',
    nonceSize: 24,
    seal: byLibrary((nonce, aad) => xchacha20poly1305(bytesOf('chacha'), nonce, aad)),
    byBytes: true,
  },
  'AES-256-GCM-SIV': {
    algorithm: 'AES-256-GCM-SIV',
    key: 'aes',
    nonceSize: 12,
    seal: byLibrary((nonce, aad) => gcmsiv(bytesOf('aes'), nonce, aad)),
    byBytes: false,
  },
  'AES-128-SIV': {
    algorithm: 'AES-128-SIV',
    key: 'aes',
    nonceSize: 16,
    seal: byLibrary((nonce, aad) => aessiv(bytesOf('aes'), aad, nonce), true),
    byBytes: false,
  },
} as const satisfies Readonly<Record<string, AeadAlgorithm>>;
export type AeadName = keyof typeof aeads;

export const otherMacs = {
  hmacSha3: (message: Uint8Array) => fresh(createHmac('sha3-256', bytesOf('hmacSha3')).update(message).digest()),
  cmac: (message: Uint8Array) => fresh(cmac(message, bytesOf('aes'))),
  /** GCM of nothing, with the message as additional data. */
  gmac: (message: Uint8Array, nonce: Uint8Array) => aeads['AES-256-GCM'].seal(new Uint8Array(0), nonce, message, 16).tag,
  kmac: (message: Uint8Array) => fresh(kmac128(bytesOf('kmac'), message, { dkLen: 32 })),
} as const;

export function shake128(message: Uint8Array, outputLength: number): Uint8Array {
  return joined([new Uint8Array(createHash('shake128', { outputLength }).update(message).digest())]);
}
