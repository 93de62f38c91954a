/** The ways to use a key, one row each, with what a use needs. */
import { createCipheriv, constants as cryptoConstants, publicEncrypt } from 'node:crypto';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Claim } from '../claims.js';
import { type HalfName, halfNames, halves, mlKemPair } from '../keys.js';
import { aesKey, pattern, rsaPair } from '../material.js';

export interface KeyUse {
  readonly name: string;
  readonly bit: number;
  /** Halves of keys that it works with. */
  readonly fits: readonly HalfName[];
  /** The field that is named when the key is the fault. */
  readonly field: string;
  /** Of a private key the public half does it, by the mask of that half. */
  readonly byPublicHalf: boolean;
  /** What the provider must claim; without it the use is refused once permission and fit are right. */
  readonly needs: readonly Claim[];
  /** The use, and the end of what it made. */
  readonly run: (bench: Bench, key: CryptoResourceId) => Promise<void>;
}

type Contexts = Bench['context'];
type Open = (contexts: Contexts, key: CryptoResourceId) => Promise<{ close(): Promise<void> }>;

interface UseFacts extends Partial<Pick<KeyUse, 'field' | 'byPublicHalf'>> {
  readonly bit: number;
  readonly fits: readonly HalfName[];
  readonly needs: Claim;
}
function inContext(name: string, { field = 'key', byPublicHalf = false, needs, ...facts }: UseFacts, open: Open): KeyUse {
  return { name, field, byPublicHalf, needs: [needs], ...facts, run: async (bench, key) => (await open(bench.context, key)).close() };
}
function ofKeys(name: string, { field = 'key', byPublicHalf = false, needs, ...facts }: UseFacts, run: KeyUse['run']): KeyUse {
  return { name, field, byPublicHalf, needs: [needs], ...facts, run };
}

function cipher(algorithm: string, direction: 'encrypt' | 'decrypt', fits: readonly HalfName[]): KeyUse {
  return inContext(
    `${direction}ion with ${algorithm} in a cipher context`,
    { bit: p[direction], fits, byPublicHalf: direction === 'encrypt', needs: [algorithm, direction] },
    (contexts, key) => contexts.createCipherContext({ algorithm, key, direction }),
  );
}
function aead(algorithm: string, direction: 'encrypt' | 'decrypt', fits: readonly HalfName[]): KeyUse {
  return inContext(
    `${direction}ion with ${algorithm} in an AEAD context`,
    { bit: p[direction], fits, needs: [algorithm, direction] },
    (contexts, key) => contexts.createAeadContext({ algorithm, key, direction }),
  );
}
function mac(algorithm: string, mode: 'generate' | 'verify', fits: readonly HalfName[]): KeyUse {
  return inContext(
    `${mode === 'generate' ? 'making' : 'verifying'} ${algorithm}`,
    { bit: p.mac, fits, needs: [algorithm, 'mac'] },
    (contexts, key) => contexts.createMacContext({ algorithm, key, mode }),
  );
}
function signing(algorithm: string, fits: HalfName): KeyUse {
  return inContext(`signing with ${algorithm}`, { bit: p.sign, fits: [fits], needs: [algorithm, 'sign'] }, (contexts, key) =>
    contexts.createSignContext({ algorithm, key }),
  );
}
function verifying(algorithm: string, ...fits: readonly HalfName[]): KeyUse {
  return inContext(`verifying ${algorithm}`, { bit: p.verify, fits, byPublicHalf: true, needs: [algorithm, 'verify'] }, (contexts, key) =>
    contexts.createVerifySignatureContext({ algorithm, key }),
  );
}

const hkdf = { kdfAlgorithm: 'HKDF-SHA-256' } as const;
function agreement(agreementAlgorithm: string, own: HalfName, peer: HalfName): KeyUse {
  const facts: UseFacts = { bit: p.agree, fits: [own], field: 'privateKey', needs: [agreementAlgorithm, 'agree'] };
  return ofKeys(`agreeing with ${agreementAlgorithm}`, facts, async ({ keys }, privateKey) => {
    const params = { privateKey, peerPublicKey: halves[peer].data, agreementAlgorithm, derivedKeyAlgorithm: 'AES-256', kdf: hkdf };
    await (await keys.agreeKey(params)).release();
  });
}

const kem: KeyUse[] = [
  ofKeys(
    'encapsulating with ML-KEM-768',
    {
      bit: p.agree,
      fits: ['mlKemPrivate', 'mlKemPublic'],
      field: 'publicKey',
      byPublicHalf: true,
      needs: ['ML-KEM-768', 'encapsulate'],
    },
    async ({ keys }, publicKey) => {
      const { key } = await keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' });
      await key.release();
    },
  ),
  ofKeys(
    'decapsulating with ML-KEM-768',
    { bit: p.agree, fits: ['mlKemPrivate'], field: 'privateKey', needs: ['ML-KEM-768', 'decapsulate'] },
    async ({ keys }, privateKey) => {
      await (await keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm: 'AES-256' })).release();
    },
  ),
];
const ciphertext = ml_kem768.encapsulate(mlKemPair.publicKey).cipherText;

/** The key of the checks, wrapped by node:crypto. */
function keyWrapped(): Uint8Array {
  const made = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  return new Uint8Array(Buffer.concat([made.update(aesKey), made.final()]));
}
function rsaWrapped(): Uint8Array {
  const options = { key: rsaPair.publicKey, padding: cryptoConstants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  return new Uint8Array(publicEncrypt(options, aesKey));
}

function wrapping(wrappingAlgorithm: string, ...fits: readonly HalfName[]): KeyUse {
  const facts: UseFacts = { bit: p.wrap, fits, field: 'wrappingKey', byPublicHalf: true, needs: [wrappingAlgorithm, 'wrap'] };
  return ofKeys(`wrapping with ${wrappingAlgorithm}`, facts, async (bench, wrappingKey) => {
    await using keyToWrap = await bench.key('aes', p.export);
    await bench.keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm });
  });
}
function unwrapping(wrappingAlgorithm: string, fits: HalfName, wrappedData: Uint8Array): KeyUse {
  const facts: UseFacts = { bit: p.unwrap, fits: [fits], field: 'wrappingKey', needs: [wrappingAlgorithm, 'unwrap'] };
  return ofKeys(`unwrapping with ${wrappingAlgorithm}`, facts, async ({ keys }, wrappingKey) => {
    const params = { wrappedData, wrappingKey, wrappingAlgorithm, innerKeyAlgorithm: 'AES-256' };
    await (await keys.unwrapKey(params)).release();
  });
}

const withSecrets = halfNames.filter((name) => halves[name].half !== 'public');

export const keyUses: readonly KeyUse[] = [
  cipher('AES-256-CBC', 'encrypt', ['aes']),
  cipher('AES-256-CBC', 'decrypt', ['aes']),
  cipher('AES-256-GCM', 'encrypt', ['aes']),
  cipher('RSA-OAEP-SHA-1', 'encrypt', ['rsaPrivate', 'rsaPublic']),
  cipher('RSA-OAEP-SHA-1', 'decrypt', ['rsaPrivate']),
  aead('AES-256-GCM', 'encrypt', ['aes']),
  aead('AES-256-GCM', 'decrypt', ['aes']),
  aead('ChaCha20-Poly1305', 'encrypt', ['chacha']),
  aead('ChaCha20-Poly1305', 'decrypt', ['chacha']),
  mac('HMAC-SHA-256', 'generate', ['hmac']),
  mac('HMAC-SHA-256', 'verify', ['hmac']),
  mac('AES-CMAC', 'generate', ['aes']),
  mac('AES-CMAC', 'verify', ['aes']),
  signing('ECDSA-P256-SHA-256', 'ecPrivate'),
  signing('RSA-PSS-SHA-256', 'rsaPrivate'),
  signing('Ed25519', 'edwardsPrivate'),
  signing('ML-DSA-65', 'mlDsaPrivate'),
  verifying('ECDSA-P256-SHA-256', 'ecPrivate', 'ecPublic'),
  verifying('RSA-PSS-SHA-256', 'rsaPrivate', 'rsaPublic'),
  verifying('Ed25519', 'edwardsPrivate', 'edwardsPublic'),
  verifying('ML-DSA-65', 'mlDsaPrivate', 'mlDsaPublic'),
  agreement('ECDH-P256', 'ecPrivate', 'ecPublic'),
  agreement('X25519', 'montgomeryPrivate', 'montgomeryPublic'),
  ofKeys(
    'deriving with HKDF-SHA-256',
    { bit: p.derive, fits: ['secret', 'hmac', 'aes'], field: 'sourceKey', needs: ['HKDF-SHA-256', 'derive'] },
    async ({ keys }, sourceKey) => {
      await (await keys.deriveKey({ sourceKey, derivedKeyAlgorithm: 'AES-256', kdf: { ...hkdf, label: pattern(5) } })).release();
    },
  ),
  ...kem,
  wrapping('AES-KWP', 'aes'),
  wrapping('RSA-OAEP-SHA-1', 'rsaPrivate', 'rsaPublic'),
  unwrapping('AES-KWP', 'aes', keyWrapped()),
  unwrapping('RSA-OAEP-SHA-1', 'rsaPrivate', rsaWrapped()),
  ofKeys(
    'leaving wrapped',
    { bit: p.export, fits: withSecrets, field: 'keyToWrap', needs: ['AES-KWP', 'wrap'] },
    async (bench, keyToWrap) => {
      await using wrappingKey = await bench.key('aes', p.wrap);
      await bench.keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm: 'AES-KWP' });
    },
  ),
];
