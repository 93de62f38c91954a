/**
 * The one table of algorithms. A row says what an algorithm is; how a provider does it is the provider's.
 * Lookup ignores case and the hyphen in the names of hashes (`SHA256`); what is shown is canonical.
 */
import { aeadRows } from './algorithms/aeads.js';
import { cipherRows } from './algorithms/ciphers.js';
import { hashRows } from './algorithms/hashes.js';
import { agreementRows, kdfRows, kemRows, wrapRows } from './algorithms/key-operations.js';
import { keyRows } from './algorithms/keys.js';
import { macRows } from './algorithms/macs.js';
import type {
  AgreementRow,
  AlgorithmRow,
  KdfRow,
  KemRow,
  KeyRow,
  KeyType,
  OperationRow,
  SecretKeyType,
  WrapRow,
} from './algorithms/row.js';
import { signatureRows } from './algorithms/signatures.js';

export { hashSizes } from './algorithms/hashes.js';
export * from './algorithms/row.js';

const operationRows: readonly OperationRow[] = [
  ...hashRows,
  ...macRows,
  ...cipherRows,
  ...aeadRows,
  ...signatureRows,
  { name: 'CTR-DRBG', aliases: [], family: 'random', kinds: ['random'], parameters: [], status: 'approved' },
];

export const algorithmTable: readonly AlgorithmRow[] = [
  ...operationRows,
  ...agreementRows,
  ...kemRows,
  ...kdfRows,
  ...wrapRows,
  ...keyRows,
];

const secretTypes: ReadonlySet<KeyType> = new Set<SecretKeyType>(['aes', 'chacha20', 'hmac', 'kmac', 'secret']);
/** Keys of one half, whose raw bytes are the key. */
export function isSecretKey(row: KeyRow): boolean {
  return secretTypes.has(row.keyType);
}

/** `sha_256` is not accepted; `sha256`, `SHA-256`, `hmac-sha256` and `SHAKE128` are. */
function foldName(name: string): string {
  return name.toUpperCase().replace(/(SHA|SHAKE)-(\d)/g, '$1$2');
}

function index<R extends AlgorithmRow>(rows: readonly R[]): (name: string) => R | undefined {
  const map = new Map<string, R>();
  for (const row of rows) for (const name of [row.name, ...row.aliases]) map.set(foldName(name), row);
  return (name) => map.get(foldName(name));
}

/** The algorithm that a context of some kind runs; a name may be of an operation and of a key at once (`HMAC-SHA-256`). */
export const operationAlgorithm: (name: string) => OperationRow | undefined = index(operationRows);
/** The kind of key of a name. */
export const keyAlgorithm: (name: string) => KeyRow | undefined = index(keyRows);
export const agreementAlgorithm: (name: string) => AgreementRow | undefined = index(agreementRows);
export const kemAlgorithm: (name: string) => KemRow | undefined = index(kemRows);
export const kdfAlgorithm: (name: string) => KdfRow | undefined = index(kdfRows);
export const wrapAlgorithm: (name: string) => WrapRow | undefined = index(wrapRows);
