/** Signatures, key agreement, RSA encryption and post-quantum keys. Fields stay from one test to the next. */
import { bigint } from '../../bytes.js';
import type { CaseBody, KeyMaterial } from '../../case.js';
import {
  coordinateSize,
  ecPrivateKey,
  ecPublicKey,
  okpPrivateKey,
  okpPublicKey,
  rsaPrivateKey,
  rsaPublicKey,
} from '../../key-encodings.js';
import { knownKey } from '../../known.js';
import { curveName, digestSizes, ecdhName, ecdsaName, hashName, maskParameters, pkcs1Name, pssName, pssParameters } from '../../names.js';
import { skip } from '../../skip.js';
import { type BotanFamily, bytes, type Fields, get, number } from './family.js';

/** Bytes of the digests that are signed as they are. */
const digestHashes: Readonly<Record<number, string>> = { 20: 'SHA-1', 28: 'SHA-224', 32: 'SHA-256', 48: 'SHA-384', 64: 'SHA-512' };

/** r and s side by side have the size of two coordinates; a file with `Valid` may hold DER too. Without `Hash` the message is a ready digest. */
function ecdsaCase(fields: Fields): CaseBody {
  const curve = get(fields, 'Group');
  const [message, signature] = [bytes(fields, 'Msg'), bytes(fields, 'Signature')];
  const named = fields.get('Hash');
  const size = coordinateSize(curve);
  const prehashed = named === undefined || named === 'Raw';
  const hash = prehashed ? (digestHashes[message.length] ?? skip('interface', 'signature of bytes that are no digest')) : named;
  const publicKey = fields.has('Px') ? ecPublicKey(curve, number(fields, 'Px'), number(fields, 'Py')) : undefined;
  const privateKey = fields.has('X') ? ecPrivateKey(curve, number(fields, 'X')) : undefined;
  if (publicKey === undefined && privateKey === undefined) skip('notGiven', 'key');
  return {
    family: 'signature',
    algorithm: ecdsaName(curve, hash),
    publicKey,
    privateKey,
    parameters: {
      signatureFormat: fields.has('Valid') && !isPair(signature, size) ? 'der' : 'p1363',
      ...(prehashed && { prehashed: true }),
    },
    message,
    signature,
    exactly: undefined,
  };
}
function isPair(signature: Uint8Array, size: number): boolean {
  return signature.length === 2 * size && (signature[0] !== 0x30 || signature[1] !== signature.length - 2);
}

function eddsaCase(algorithm: string, fields: Fields): CaseBody {
  const secret = bytes(fields, fields.has('Privkey') ? 'Privkey' : 'PrivateKey');
  const publicKey = bytes(fields, fields.has('Pubkey') ? 'Pubkey' : 'PublicKey');
  const refused = fields.get('Valid') === '0';
  // Other schemes give the same fields, and no name.
  if (algorithm === 'Ed448' && publicKey.length !== 57) skip('algorithm', `signature with a public key of ${publicKey.length} bytes`);
  return {
    family: 'signature',
    algorithm,
    publicKey: okpPublicKey(algorithm, publicKey),
    privateKey: secret.length === 0 || refused ? undefined : okpPrivateKey(algorithm, secret),
    parameters: {},
    message: bytes(fields, 'Msg'),
    signature: bytes(fields, 'Signature'),
    exactly: secret.length === 0 || refused ? undefined : {},
  };
}

const rsaPrivateKeys = new Map<string, KeyMaterial>();
/** Computed once for each modulus. */
function rsaKeys(fields: Fields): { publicKey: KeyMaterial; privateKey: KeyMaterial | undefined } {
  const e = number(fields, 'E');
  if (!fields.has('P')) return { publicKey: rsaPublicKey(number(fields, 'N'), e), privateKey: undefined };
  const [p, q] = [number(fields, 'P'), number(fields, 'Q')];
  const n = (bigint(p) * bigint(q)).toString(16);
  const publicKey = rsaPublicKey(n, e);
  knownKey(publicKey.algorithm);
  const known = rsaPrivateKeys.get(n) ?? rsaPrivateKey(n, e, p, q);
  rsaPrivateKeys.set(n, known);
  return { publicKey, privateKey: known };
}

function rsaSignature(algorithm: string, fields: Fields, parameters: Record<string, string | number | boolean>, exact: boolean): CaseBody {
  const keys = rsaKeys(fields);
  return {
    family: 'signature',
    algorithm,
    ...keys,
    parameters,
    message: bytes(fields, 'Msg'),
    signature: bytes(fields, fields.has('Signature') ? 'Signature' : 'InvalidSignature'),
    exactly: exact && keys.privateKey !== undefined ? {} : undefined,
  };
}

/** `PKCS1v15(SHA-256)`, `PSS(SHA-256,MGF1,32)`. The salt is as long as the digest, or given as the nonce. */
function rsaScheme(name: string, fields: Fields): CaseBody {
  const pkcs1 = /^(?:EMSA_)?PKCS1v15\((.*)\)$/.exec(name)?.[1] ?? /^EMSA3\((.*)\)$/.exec(name)?.[1];
  if (pkcs1 !== undefined) {
    if (/^Raw/.test(pkcs1)) skip('interface', 'signature of bytes that are no digest');
    return rsaSignature(pkcs1Name(pkcs1), fields, {}, true);
  }
  const [, hash = '', size] = /^(?:EMSA4|PSS)\(([^,]*)(?:,MGF1)?(?:,(\d+))?\)$/.exec(name) ?? skip('algorithm', `RSA ${name}`);
  const salt = size ?? (fields.has('Nonce') ? String(bytes(fields, 'Nonce').length) : undefined);
  if (salt === undefined) skip('notGiven', 'length of the salt');
  const prehashed = bytes(fields, 'Msg').length === digestSizes[hashName(hash)] && fields.has('Nonce');
  return rsaSignature(pssName(hash), fields, { ...pssParameters(hash, hash, Number(salt)), ...(prehashed && { prehashed }) }, false);
}

/** `OAEP(SHA-256,MGF1(SHA-1))`, `EME1(SHA-1)`, `PKCS1v15`. */
function rsaCipher(name: string, fields: Fields): CaseBody {
  const { privateKey } = rsaKeys(fields);
  if (privateKey === undefined) skip('notGiven', 'private key');
  const common = { family: 'rsaCipher' as const, privateKey, plaintext: bytes(fields, 'Msg'), ciphertext: bytes(fields, 'Ciphertext') };
  if (/^(?:PKCS1v15|EME-PKCS1-v1_5)$/.test(name)) return { ...common, algorithm: 'RSA-PKCS1', parameters: {}, implicitRejection: true };
  const [, hash = 'SHA-1', mask, label] =
    /^(?:OAEP|EME1)\(([^,]*)(?:,MGF1(?:\(([^)]*)\))?)?(?:,(.*))?\)$/.exec(name) ?? skip('algorithm', `RSA ${name}`);
  const parameters = { ...maskParameters(hash, mask ?? hash), ...(label !== undefined && { label: new Uint8Array(Buffer.from(label)) }) };
  return { ...common, algorithm: `RSA-OAEP-${hashName(hash)}`, parameters, implicitRejection: false };
}

function exchange(algorithm: string, privateKey: KeyMaterial, fields: Fields): CaseBody {
  if (bytes(fields, 'K').every((byte) => byte === 0) && /^X/.test(algorithm)) skip('weak', `${algorithm} with a shared secret of zeros`);
  const agreement = { privateKey, peer: bytes(fields, 'CounterKey'), peerFormat: 'raw' as const, shared: bytes(fields, 'K') };
  return { family: 'agreement', algorithm, agreements: [agreement] };
}

const raw = (algorithm: string, data: Uint8Array): KeyMaterial => ({ algorithm, format: 'raw', data });

/** The names of CRYSTALS: by the dimensions of the matrix. */
const mlDsaSets: Readonly<Record<string, string>> = { '4x4': 'ML-DSA-44', '6x5': 'ML-DSA-65', '8x7': 'ML-DSA-87' };
function mlDsaName(name: string): string {
  return mlDsaSets[/^ML-DSA-(\dx\d)/.exec(name)?.[1] ?? ''] ?? skip('algorithm', name);
}

function verified(algorithm: string, publicKey: Uint8Array, fields: Fields): CaseBody {
  const context = bytes(fields, 'Context');
  return {
    family: 'signature',
    algorithm,
    publicKey: raw(algorithm, publicKey),
    privateKey: undefined,
    parameters: context.length === 0 ? {} : { context },
    message: bytes(fields, 'Msg'),
    signature: bytes(fields, 'Signature'),
    exactly: undefined,
  };
}

/** Long signatures are given by their digest: by the hash that the set itself is made of. */
function slhDsaDigest(fields: Fields): CaseBody {
  const algorithm = get(fields, 'SphincsParameterSet');
  if (!/^SLH-DSA/.test(algorithm)) skip('algorithm', algorithm);
  const hash = algorithm.includes('SHAKE') ? 'sha3-256' : 'sha256';
  return {
    family: 'signature',
    algorithm,
    publicKey: raw(algorithm, bytes(fields, 'pk')),
    privateKey: raw(algorithm, bytes(fields, 'sk')),
    parameters: {},
    message: bytes(fields, 'msg'),
    signature: undefined,
    exactly: { deterministic: true },
    signatureDigest: { hash, digest: bytes(fields, 'HashSigDet') },
  };
}

function slhDsaSignature(fields: Fields): CaseBody {
  const algorithm = get(fields, 'Instance');
  if (!/^SLH-DSA/.test(algorithm)) skip('algorithm', algorithm);
  const random = fields.has('Nonce');
  return {
    family: 'signature',
    algorithm,
    publicKey: raw(algorithm, bytes(fields, 'PublicKey')),
    privateKey: random ? undefined : raw(algorithm, bytes(fields, 'PrivateKey')),
    parameters: {},
    message: bytes(fields, 'Msg'),
    signature: bytes(fields, 'Signature'),
    exactly: random ? undefined : { deterministic: true },
  };
}

const any = /^.*$/;

export const publicKeys: readonly BotanFamily[] = [
  { section: /^ML-(?:KEM|DSA)-/, last: 'DK', has: ['Z', 'D'], read: () => skip('notGiven', 'keys, of which only digests are') },
  { section: any, last: 'HashSigRand', has: ['SphincsParameterSet'], keeps: true, read: (_, f) => slhDsaDigest(f) },
  { section: any, last: 'Signature', has: ['Instance', 'PublicKey'], read: (_, f) => slhDsaSignature(f) },
  {
    section: any,
    last: 'Valid',
    has: ['Mode', 'Key', 'Signature'],
    keeps: true,
    read: (_, f) => verified(mlDsaName(get(f, 'Mode')), bytes(f, 'Key'), f),
  },
  {
    section: any,
    last: 'Signature',
    has: ['Mode', 'Key'],
    keeps: true,
    read: (_, f) => verified(mlDsaName(get(f, 'Mode')), bytes(f, 'Key'), f),
  },
  { section: /^(?:Pure)?$/, last: 'Signature', has: ['Pubkey'], keeps: true, read: (_, f) => eddsaCase('Ed25519', f) },
  { section: /^(?:Pure)?$/, last: 'Signature', has: ['PublicKey', 'Msg'], keeps: true, read: (_, f) => eddsaCase('Ed448', f) },
  { section: /^Valid$/, last: 'Pubkey', read: (_, f) => ({ family: 'key', half: 'public', key: raw('Ed25519', bytes(f, 'Pubkey')) }) },
  { section: any, last: 'Signature', has: ['Group'], keeps: true, read: (_, f) => ecdsaCase(f) },
  { section: any, last: 'Valid', has: ['Group', 'Signature'], keeps: true, read: (_, f) => ecdsaCase(f) },
  {
    section: any,
    last: 'InvalidKeyY',
    has: ['Group', 'InvalidKeyX'],
    keeps: true,
    refused: true,
    read: (_, f) => ({
      family: 'key',
      half: 'public',
      key: ecPublicKey(get(f, 'Group'), number(f, 'InvalidKeyX'), number(f, 'InvalidKeyY')),
    }),
  },
  {
    section: /^((?:sec|brain|x9|gost|frp|nums|sm2).*)$/,
    last: 'K',
    has: ['Secret', 'CounterKey'],
    keeps: true,
    read: ([, curve = ''], f) => exchange(ecdhName(curveName(curve)), ecPrivateKey(curve, number(f, 'Secret'), 'ECDH'), f),
  },
  {
    section: any,
    last: 'K',
    has: ['Secret', 'CounterKey'],
    read: (_, f) => {
      const secret = bytes(f, 'Secret');
      const algorithm = { 32: 'X25519', 56: 'X448' }[secret.length] ?? skip('key', `scalar of ${secret.length} bytes`);
      return exchange(algorithm, okpPrivateKey(algorithm, secret), f);
    },
  },
  {
    section: /^(.+)$/,
    last: 'Signature',
    has: ['E', 'Msg'],
    keeps: true,
    read: ([, name = ''], f) => (name === 'Raw' ? skip('interface', 'RSA without padding') : rsaScheme(name, f)),
  },
  {
    section: /^(.+)$/,
    last: 'InvalidSignature',
    has: ['E', 'Msg'],
    keeps: true,
    refused: true,
    read: ([, name = ''], f) => rsaScheme(name, f),
  },
  { section: /^$/, last: 'Signature', has: ['E', 'Hash', 'Nonce'], keeps: true, read: (_, f) => rsaScheme(`PSS(${get(f, 'Hash')})`, f) },
  {
    section: /^(.+)$/,
    last: 'Ciphertext',
    has: ['E', 'Msg'],
    keeps: true,
    read: ([, name = ''], f) => (name === 'Raw' ? skip('interface', 'RSA without padding') : rsaCipher(name, f)),
  },
  {
    section: /^(.+)$/,
    last: 'Msg',
    has: ['E', 'Ciphertext'],
    keeps: true,
    read: ([, name = ''], f) => (name === 'Raw' ? skip('interface', 'RSA without padding') : rsaCipher(name, f)),
  },
];
