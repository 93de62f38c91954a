/** Ways to sign, each with somebody who is not Keyslot. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  type SigningOptions,
  sign,
  verify,
} from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js';
import { slh_dsa_sha2_128f } from '@noble/post-quantum/slh-dsa.js';
import type { Claim } from './claims.js';
import { der, ed448Pair, edwardsPair, type KnownKey, knownKeys, koblitzPair, mlDsaPair, p521Pair, slhDsaPair } from './keys.js';
import { digest, ecPair, joined, pattern, rsaPair } from './material.js';

export interface SignatureScheme {
  readonly name: string;
  readonly algorithm: string;
  readonly parameters: Readonly<Record<string, string | number | boolean | Uint8Array>>;
  readonly keys: readonly [privateKey: KnownKey, publicKey: KnownKey];
  readonly sign: (message: Uint8Array) => Uint8Array;
  readonly verify: (message: Uint8Array, signature: Uint8Array) => boolean;
  /** The message is a digest of this hash. */
  readonly prehashed?: string;
}

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
type Options = SigningOptions;
type Judged = Pick<SignatureScheme, 'sign' | 'verify'>;

function byNode(hash: string | null, { privateKey, publicKey }: Pair, options: Options): Judged {
  return {
    sign: (message) => new Uint8Array(sign(hash, message, { key: privateKey, ...options })),
    verify: (message, signature) => verify(hash, message, { key: publicKey, ...options }, signature),
  };
}

/** Messages whose digests were given out: node:crypto wants the message. */
const preimages = new Map<string, Uint8Array>();
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export function digestMessage(hash: string, size: number): Uint8Array {
  const message = pattern(size);
  const found = digest(hash, message);
  preimages.set(hexOf(found), message);
  return found;
}
export function isDigest(message: Uint8Array): boolean {
  return preimages.has(hexOf(message));
}
function ofDigests({ sign: signMessage, verify: verifyMessage }: Judged): Judged {
  const messageOf = (digestGiven: Uint8Array): Uint8Array => {
    const found = preimages.get(hexOf(digestGiven));
    if (found === undefined) throw new Error('a digest of no message of the checks');
    return found;
  };
  return {
    sign: (given) => signMessage(messageOf(given)),
    verify: (given, signature) => verifyMessage(messageOf(given), signature),
  };
}

/**
 * node:crypto takes the hash of MGF1 from the key only: the RSA key with the parameters of RFC 4055 3.1, which are read off a key that
 * was made for them.
 */
function pssPair(mgf1HashAlgorithm: string): Pair {
  const made = generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm });
  const template = made.publicKey.export({ type: 'spki', format: 'der' });
  const identifier = template.subarray(4, 6 + (template[5] ?? 0));
  const publicBits = joined([new Uint8Array(1), rsaPair.publicKey.export({ type: 'pkcs1', format: 'der' })]);
  const privateBits = der(0x04, new Uint8Array(rsaPair.privateKey.export({ type: 'pkcs1', format: 'der' })));
  const publicDer = der(0x30, joined([identifier, der(0x03, publicBits)]));
  const privateDer = der(0x30, joined([Uint8Array.from([0x02, 0x01, 0x00]), identifier, privateBits]));
  return {
    publicKey: createPublicKey({ key: Buffer.from(publicDer), type: 'spki', format: 'der' }),
    privateKey: createPrivateKey({ key: Buffer.from(privateDer), type: 'pkcs8', format: 'der' }),
  };
}

const p1363 = { dsaEncoding: 'ieee-p1363' } as const;
const derForm = { dsaEncoding: 'der' } as const;
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
const ec = ['ecPrivate', 'ecPublic'] as const;
const rsa = ['rsaPrivate', 'rsaPublic'] as const;
const context = pattern(20, 3);

const rawKeys = (name: KnownKey): Uint8Array => knownKeys[name].data.slice(-57);

/** Node 20 has no contexts for Ed448. */
const withContext: Judged = {
  sign: (message) => ed448.sign(message, rawKeys('ed448Private'), { context }),
  verify: (message, signature) => answered(() => ed448.verify(signature, message, rawKeys('ed448Public'), { context })),
};
const mlDsa: Judged = {
  sign: (message) => ml_dsa65.sign(message, mlDsaPair.secretKey, { context }),
  verify: (message, signature) => answered(() => ml_dsa65.verify(signature, message, mlDsaPair.publicKey, { context })),
};
const slhDsa: Judged = {
  sign: (message) => slh_dsa_sha2_128f.sign(message, slhDsaPair.secretKey),
  verify: (message, signature) => answered(() => slh_dsa_sha2_128f.verify(signature, message, slhDsaPair.publicKey)),
};
/** The libraries throw at signatures of another size. */
function answered(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}

const none = {};

export const schemes = {
  'ecdsa-p1363': { algorithm: 'ECDSA-P256', parameters: none, keys: ec, ...byNode('sha256', ecPair, p1363) },
  'ecdsa-der': {
    algorithm: 'ECDSA-P256-SHA-256',
    parameters: { signatureFormat: 'der' },
    keys: ec,
    ...byNode('sha256', ecPair, derForm),
  },
  'ecdsa-prehashed': {
    algorithm: 'ECDSA-P256-SHA-256',
    parameters: { prehashed: true },
    keys: ec,
    prehashed: 'sha256',
    ...ofDigests(byNode('sha256', ecPair, p1363)),
  },
  'ecdsa-p521-der': {
    algorithm: 'ECDSA-P521',
    parameters: { signatureFormat: 'der' },
    keys: ['p521Private', 'p521Public'],
    ...byNode('sha512', p521Pair, derForm),
  },
  'ecdsa-secp256k1': {
    algorithm: 'ECDSA-secp256k1',
    parameters: none,
    keys: ['koblitzPrivate', 'koblitzPublic'],
    ...byNode('sha256', koblitzPair, p1363),
  },
  'rsa-pss': { algorithm: 'RSA-PSS-SHA-256', parameters: none, keys: rsa, ...byNode('sha256', rsaPair, pss) },
  'rsa-pss-mgf1-sha1': {
    algorithm: 'RSA-PSS-SHA-256',
    parameters: { mgfHash: 'SHA-1' },
    keys: rsa,
    ...byNode('sha256', pssPair('sha1'), { saltLength: 32 }),
  },
  'rsa-pss-prehashed': {
    algorithm: 'RSA-PSS-SHA-384',
    parameters: { prehashed: true, saltLength: 32 },
    keys: rsa,
    prehashed: 'sha384',
    ...ofDigests(byNode('sha384', rsaPair, pss)),
  },
  'rsa-pkcs1': { algorithm: 'RSA-PKCS1-SHA-256', parameters: none, keys: rsa, ...byNode('sha256', rsaPair, none) },
  'rsa-pkcs1-prehashed': {
    algorithm: 'RSA-PKCS1-SHA-512',
    parameters: { prehashed: true },
    keys: rsa,
    prehashed: 'sha512',
    ...ofDigests(byNode('sha512', rsaPair, none)),
  },
  ed25519: { algorithm: 'Ed25519', parameters: none, keys: ['edwardsPrivate', 'edwardsPublic'], ...byNode(null, edwardsPair, none) },
  ed448: { algorithm: 'Ed448', parameters: none, keys: ['ed448Private', 'ed448Public'], ...byNode(null, ed448Pair, none) },
  'ed448-context': { algorithm: 'Ed448', parameters: { context }, keys: ['ed448Private', 'ed448Public'], ...withContext },
  'ml-dsa-context': { algorithm: 'ML-DSA-65', parameters: { context }, keys: ['mlDsaPrivate', 'mlDsaPublic'], ...mlDsa },
  'slh-dsa': { algorithm: 'SLH-DSA-SHA2-128f', parameters: none, keys: ['slhDsaPrivate', 'slhDsaPublic'], ...slhDsa },
} as const satisfies Readonly<Record<string, Omit<SignatureScheme, 'name'>>>;

export type Scheme = keyof typeof schemes;
export const schemeNames = Object.keys(schemes) as readonly Scheme[];

export function schemeOf(name: Scheme): SignatureScheme {
  return { name, ...schemes[name] };
}

/** The name that capabilities list; the short names of ECDSA stand for the curve's usual hash. */
const listedNames: Readonly<Record<string, string>> = {
  'ECDSA-P256': 'ECDSA-P256-SHA-256',
  'ECDSA-P521': 'ECDSA-P521-SHA-512',
  'ECDSA-secp256k1': 'ECDSA-secp256k1-SHA-256',
};
export function schemeClaims(name: Scheme, operation: 'sign' | 'verify'): readonly Claim[] {
  const { algorithm, keys } = schemes[name];
  return [
    [listedNames[algorithm] ?? algorithm, operation],
    [knownKeys[keys[0]].algorithm, 'import'],
  ];
}

export function signed(scheme: Scheme, message: Uint8Array): Uint8Array {
  return schemes[scheme].sign(message);
}
export function verified(scheme: Scheme, message: Uint8Array, signature: Uint8Array): boolean {
  return schemes[scheme].verify(message, signature);
}
