/**
 * The one table of algorithms. A row says what an algorithm is; how a provider does it is the provider's.
 * Lookup ignores case and the hyphen in the names of hashes (`SHA256`); what is shown is canonical.
 */
import type { ContextKind } from './vocabulary.js';

export type KeyType = 'aes' | 'hmac' | 'ec' | 'rsa';
export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';
export type CurveName = 'P-256';

export interface ParameterRow {
  readonly name: string;
  readonly type: 'number' | 'string' | 'boolean' | 'bytes';
  /** Values a string may have. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly default?: number | string | boolean;
}

interface Base {
  readonly name: string;
  readonly aliases: readonly string[];
  /** Kinds of context that take it. */
  readonly kinds: readonly ContextKind[];
  readonly parameters: readonly ParameterRow[];
  readonly status: 'approved' | 'legacy' | 'other';
}

export interface HashRow extends Base {
  readonly family: 'hash';
  readonly hash: HashName;
  readonly outputSize: number;
}
export interface MacRow extends Base {
  readonly family: 'hmac';
  readonly keyType: 'hmac';
  readonly hash: HashName;
  readonly outputSize: number;
}
export interface CipherRow extends Base {
  readonly family: 'cipher';
  readonly keyType: 'aes';
  readonly mode: 'cbc';
  /** Bits. */
  readonly keyLength: number;
  readonly ivSize: number;
  readonly blockSize: number;
}
export interface AeadRow extends Base {
  readonly family: 'aead';
  readonly keyType: 'aes';
  readonly mode: 'gcm';
  readonly keyLength: number;
  /** Bytes. */
  readonly nonce: { readonly min: number; readonly max: number };
  readonly tagSizes: readonly number[];
  readonly outputSize: number;
}
export interface SignatureRow extends Base {
  readonly family: 'ecdsa' | 'rsa-pss';
  readonly keyType: 'ec' | 'rsa';
  readonly hash: HashName;
  readonly curve?: CurveName;
}
export interface RandomRow extends Base {
  readonly family: 'random';
}
/** A kind of key that can be generated or imported. */
export interface KeyRow {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly family: 'key';
  readonly kinds: readonly [];
  readonly parameters: readonly [];
  readonly status: 'approved' | 'legacy' | 'other';
  readonly keyType: KeyType;
  /** Bits; of HMAC keys the length that is generated, imports may differ. */
  readonly keyLength: number;
  readonly curve?: CurveName;
  /** Bounds of an imported HMAC key in bits. */
  readonly importLength?: { readonly min: number; readonly max: number };
}

export type AlgorithmRow = HashRow | MacRow | CipherRow | AeadRow | SignatureRow | RandomRow | KeyRow;
/** Rows that run in a context. */
export type OperationRow = Exclude<AlgorithmRow, KeyRow>;

const hashSizes = { 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 } as const;

function hash(name: HashName): HashRow {
  return {
    name,
    aliases: [],
    family: 'hash',
    kinds: ['hash'],
    parameters: [],
    status: 'approved',
    hash: name,
    outputSize: hashSizes[name],
  };
}
function hmac(of: HashName): MacRow {
  const outputSize = hashSizes[of];
  return {
    name: `HMAC-${of}`,
    aliases: [],
    family: 'hmac',
    kinds: ['mac'],
    parameters: [{ name: 'outputLength', type: 'number', min: 4, max: outputSize }],
    status: 'approved',
    keyType: 'hmac',
    hash: of,
    outputSize,
  };
}
function cbc(keyLength: number): CipherRow {
  return {
    name: `AES-${keyLength}-CBC`,
    aliases: [],
    family: 'cipher',
    kinds: ['cipher'],
    parameters: [],
    status: 'approved',
    keyType: 'aes',
    mode: 'cbc',
    keyLength,
    ivSize: 16,
    blockSize: 16,
  };
}
function gcm(keyLength: number): AeadRow {
  return {
    name: `AES-${keyLength}-GCM`,
    aliases: [],
    family: 'aead',
    kinds: ['aead', 'cipher'],
    parameters: [],
    status: 'approved',
    keyType: 'aes',
    mode: 'gcm',
    keyLength,
    nonce: { min: 1, max: 128 },
    tagSizes: [16, 15, 14, 13, 12],
    outputSize: 16,
  };
}
function ecdsa(curve: CurveName, short: string, of: HashName): SignatureRow {
  return {
    name: `${short}-${of}`,
    aliases: [short],
    family: 'ecdsa',
    kinds: ['sign', 'verify'],
    parameters: [{ name: 'signatureFormat', type: 'string', values: ['p1363', 'der'], default: 'p1363' }],
    status: 'approved',
    keyType: 'ec',
    hash: of,
    curve,
  };
}
function pss(of: HashName): SignatureRow {
  return {
    name: `RSA-PSS-${of}`,
    aliases: [],
    family: 'rsa-pss',
    kinds: ['sign', 'verify'],
    parameters: [{ name: 'saltLength', type: 'number', min: 0, max: 512, default: hashSizes[of] }],
    status: 'approved',
    keyType: 'rsa',
    hash: of,
  };
}
function key(name: string, keyType: KeyType, keyLength: number, more: Partial<KeyRow> = {}): KeyRow {
  return { name, aliases: [], family: 'key', kinds: [], parameters: [], status: 'approved', keyType, keyLength, ...more };
}

export const algorithmTable: readonly AlgorithmRow[] = [
  hash('SHA-256'),
  hash('SHA-384'),
  hash('SHA-512'),
  hmac('SHA-256'),
  cbc(256),
  gcm(256),
  ecdsa('P-256', 'ECDSA-P256', 'SHA-256'),
  pss('SHA-256'),
  { name: 'CTR-DRBG', aliases: [], family: 'random', kinds: ['random'], parameters: [], status: 'approved' },
  key('AES-256', 'aes', 256),
  key('HMAC-SHA-256', 'hmac', 256, { importLength: { min: 8, max: 8192 } }),
  key('ECDSA-P256', 'ec', 256, { curve: 'P-256' }),
  key('RSA-2048', 'rsa', 2048),
  key('RSA-3072', 'rsa', 3072),
  key('RSA-4096', 'rsa', 4096),
];

/** `sha_256` is not accepted; `sha256`, `SHA-256` and `hmac-sha256` are. */
function foldName(name: string): string {
  return name.toUpperCase().replace(/SHA-(\d)/g, 'SHA$1');
}

function index<R extends AlgorithmRow>(rows: readonly R[]): Map<string, R> {
  const map = new Map<string, R>();
  for (const row of rows) for (const name of [row.name, ...row.aliases]) map.set(foldName(name), row);
  return map;
}

const operations = index(algorithmTable.filter((row): row is OperationRow => row.family !== 'key'));
const keys = index(algorithmTable.filter((row): row is KeyRow => row.family === 'key'));

/** The algorithm that a context of some kind runs; a name may be of an operation and of a key at once (`HMAC-SHA-256`). */
export function operationAlgorithm(name: string): OperationRow | undefined {
  return operations.get(foldName(name));
}
/** The kind of key of a name. */
export function keyAlgorithm(name: string): KeyRow | undefined {
  return keys.get(foldName(name));
}
