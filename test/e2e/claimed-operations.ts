/** Ways to try what a provider claims: one row per operation of a family, through the client. */
import { generateKeyPairSync, randomFillSync } from 'node:crypto';
import type { CallOptions, CryptoContext, CryptoResourceId, KdfParameters, KeyManagementContext } from '../../src/client/index.js';
import {
  type AgreementRow,
  type AlgorithmRow,
  algorithmTable,
  isSecretKey,
  type KdfRow,
  type KeyOperationRow,
  type KeyRow,
  type OperationRow,
} from '../../src/core/algorithms.js';
import { keyRowFits } from '../../src/daemon/key-fit.js';

export interface Trial {
  readonly algorithm: string;
  readonly operation: string;
  /** Rejects with the refusal. */
  readonly run: (place: Place) => Promise<void>;
}
/** Where trials run. */
export interface Place {
  readonly context: CryptoContext;
  readonly keys: KeyManagementContext;
  readonly provider: string;
  /** A key of a kind, made once. */
  readonly key: (row: KeyRow) => Promise<CryptoResourceId>;
}

const usage = 0x3ff;
const message = randomFillSync(new Uint8Array(64));
const hkdf: KdfParameters = { kdfAlgorithm: 'HKDF-SHA-256' };

function keyFor(row: OperationRow | KeyOperationRow): KeyRow {
  const fitting = algorithmTable.filter((key): key is KeyRow => key.family === 'key' && keyRowFits(row, key, key.keyLength));
  // Some derivations want a secret that is as long as their hash.
  const found = row.family === 'kdf' ? (fitting.find(({ name }) => name === 'HMAC-SHA-512') ?? fitting[0]) : fitting[0];
  if (found === undefined) throw new Error(`no kind of key fits ${row.name}`);
  return found;
}

function ivOf(row: OperationRow): Uint8Array | undefined {
  const size =
    row.family === 'cipher'
      ? row.ivSize
      : row.family === 'aead' || row.family === 'gmac'
        ? Math.max(row.nonce.min, Math.min(12, row.nonce.max))
        : 0;
  return size === 0 ? undefined : randomFillSync(new Uint8Array(size));
}

/** ECB with padding, for one, is not what tokens do: what a capability claims is the algorithm with the parameters that its note says. */
function usualParameters(row: OperationRow): Record<string, string> {
  return row.family === 'cipher' && row.mode === 'ecb' ? { padding: 'none' } : {};
}

async function cipher(row: OperationRow, direction: 'encrypt' | 'decrypt', { context, key }: Place): Promise<void> {
  const id = await key(keyFor(row));
  const config = { algorithm: row.name, key: id, parameters: usualParameters(row) };
  const iv = ivOf(row);
  const data = row.family === 'rsa-oaep' || row.family === 'rsa-pkcs1-encryption' ? message.subarray(0, 16) : message;
  if (row.family === 'aead') {
    await using encrypt = await context.createAeadContext({ ...config, direction: 'encrypt' });
    const sealed = await encrypt.encrypt({ nonce: iv ?? new Uint8Array(0), data });
    if (direction === 'encrypt') return;
    await using decrypt = await context.createAeadContext({ ...config, direction: 'decrypt' });
    assertEqual(await decrypt.decrypt({ nonce: iv ?? new Uint8Array(0), ...sealed }), data);
    return;
  }
  await using context1 = await context.createCipherContext({ ...config, direction });
  const input = direction === 'encrypt' ? data : await encrypted(context, config, iv, data);
  const output = await context1.singleShot(iv, input);
  if (direction === 'decrypt') assertEqual(output, data);
}
async function encrypted(
  context: CryptoContext,
  config: { algorithm: string; key: CryptoResourceId },
  iv: Uint8Array | undefined,
  data: Uint8Array,
) {
  await using encrypt = await context.createCipherContext({ ...config, direction: 'encrypt' });
  return encrypt.singleShot(iv, data);
}

function assertEqual(found: Uint8Array, wanted: Uint8Array): void {
  if (Buffer.compare(found, wanted) !== 0) throw new Error('the result is wrong');
}

async function sign(row: OperationRow, { context, key }: Place): Promise<void> {
  await using made = await context.createSignContext({ algorithm: row.name, key: await key(keyFor(row)) });
  // The small signatures of SLH-DSA take up to 20 seconds where a library makes them: the work is begun, and given up.
  await given((options) => made.singleShot(message, undefined, options), row.family === 'slh-dsa' && row.name.endsWith('s'));
}
/** A signature that does not match is an answer too. */
async function verify(row: OperationRow, { context, key }: Place): Promise<void> {
  await using made = await context.createVerifySignatureContext({ algorithm: row.name, key: await key(keyFor(row)) });
  if (await made.singleShot(message, new Uint8Array(64))) throw new Error('anything is a signature');
}

const nodeCurves: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
function peerOf(row: AgreementRow): Uint8Array {
  const pair =
    row.curve === undefined
      ? generateKeyPairSync(row.name.toLowerCase() as 'x25519')
      : generateKeyPairSync('ec', { namedCurve: nodeCurves[row.curve] ?? row.curve });
  return pair.publicKey.export({ format: 'der', type: 'spki' });
}

const kdfFields: Readonly<Record<string, Uint8Array | number>> = {
  salt: message.subarray(0, 16),
  label: message.subarray(0, 8),
  seed: message,
};
function kdfOf(row: KdfRow): KdfParameters {
  const needed = row.parameters.filter(({ required }) => required === true);
  const numbers = { iterationCount: row.function === 'argon2id' ? 1 : 2, memory: row.function === 'argon2id' ? 8 : 1, parallelism: 1 };
  const values = Object.fromEntries(needed.map(({ name }) => [name, kdfFields[name] ?? numbers[name as 'memory']]));
  // What HKDF-Extract gives has one length.
  return { kdfAlgorithm: row.name, ...values };
}

async function derive(row: KdfRow, { keys, key }: Place): Promise<void> {
  const extract = row.function === 'hkdf-extract' && row.hash !== undefined ? `HMAC-${row.hash}` : 'AES-128';
  await using _ = await keys.deriveKey({ sourceKey: await key(keyFor(row)), derivedKeyAlgorithm: extract, kdf: kdfOf(row) });
}

async function wrapping(row: KeyOperationRow, operation: 'wrap' | 'unwrap', { keys, key, provider, context }: Place): Promise<void> {
  const wrappingKey = await key(keyFor(row));
  await using management = await context.createKeyManagementContext({ provider });
  await using keyToWrap = await management.generateKey({ algorithm: 'AES-128', permissions: usage });
  const iv = row.name === 'AES-GCM' ? { iv: message.subarray(0, 12) } : {};
  const wrappedData = await keys.wrapKey({ keyToWrap, wrappingKey, wrappingAlgorithm: row.name, ...iv });
  if (operation === 'unwrap') {
    await using _ = await keys.unwrapKey({ wrappedData, wrappingKey, wrappingAlgorithm: row.name, innerKeyAlgorithm: 'AES-128', ...iv });
  }
}

/** Does work, or begins it and gives it up when it takes too long to wait for. */
async function given(work: (options: CallOptions | undefined) => Promise<unknown>, takesLong: boolean): Promise<void> {
  try {
    await work(takesLong ? { timeout: 500 } : undefined);
  } catch (error) {
    if (!takesLong || (error as { code?: string }).code !== 'OPERATION_TIMED_OUT') throw error;
  }
}

function takesLong(row: KeyRow): boolean {
  return row.keyType === 'rsa' && row.keyLength > 3072;
}
async function generate(row: KeyRow, { keys }: Place): Promise<void> {
  await given(async (options) => (await keys.generateKey(row.name, options)).release(), takesLong(row));
}
async function exported(row: KeyRow, { keys, key }: Place): Promise<Uint8Array> {
  return keys.exportKey(await key(row), isSecretKey(row) ? 'raw' : 'der');
}

/** What could be claimed of a family. */
const operationsOf: Readonly<Record<AlgorithmRow['family'], readonly string[]>> = {
  hash: ['hash'],
  xof: ['hash'],
  hmac: ['mac'],
  cmac: ['mac'],
  gmac: ['mac'],
  kmac: ['mac'],
  cipher: ['encrypt', 'decrypt'],
  'rsa-oaep': ['encrypt', 'decrypt'],
  'rsa-pkcs1-encryption': ['encrypt', 'decrypt'],
  aead: ['encrypt', 'decrypt'],
  ecdsa: ['sign', 'verify'],
  'rsa-pss': ['sign', 'verify'],
  'rsa-pkcs1': ['sign', 'verify'],
  eddsa: ['sign', 'verify'],
  'ml-dsa': ['sign', 'verify'],
  'slh-dsa': ['sign', 'verify'],
  random: ['random'],
  ecdh: ['agree'],
  xdh: ['agree'],
  'ml-kem': ['encapsulate', 'decapsulate'],
  kdf: ['derive'],
  wrap: ['wrap', 'unwrap'],
  key: ['generate', 'import', 'export'],
};

function trial(row: AlgorithmRow, operation: string): Trial['run'] {
  switch (operation) {
    case 'hash':
      return async ({ context, provider }) => {
        await using made = await context.createHashContext({ algorithm: row.name, provider });
        await made.singleShot(message);
      };
    case 'mac':
      return async ({ context, key }) => {
        await using made = await context.createMacContext({ algorithm: row.name, key: await key(keyFor(row as OperationRow)) });
        await made.init(ivOf(row as OperationRow));
        await made.update(message);
        await made.finalize();
      };
    case 'encrypt':
    case 'decrypt':
      return (place) => cipher(row as OperationRow, operation, place);
    case 'sign':
      return (place) => sign(row as OperationRow, place);
    case 'verify':
      return (place) => verify(row as OperationRow, place);
    case 'random':
      return async ({ context, provider }) => {
        await using made = await context.createRandomContext({ provider });
        await made.generate(16);
      };
    case 'agree':
      return async ({ keys, key }) => {
        const agreement = row as AgreementRow;
        const params = { privateKey: await key(keyFor(agreement)), peerPublicKey: peerOf(agreement), agreementAlgorithm: row.name };
        await using _ = await keys.agreeKey({ ...params, derivedKeyAlgorithm: 'AES-128', kdf: hkdf });
      };
    case 'encapsulate':
    case 'decapsulate':
      return async ({ keys, key }) => {
        const pair = await key(keyFor(row as KeyOperationRow));
        const { key: made, ciphertext } = await keys.encapsulateKey({ publicKey: pair, derivedKeyAlgorithm: 'AES-256' });
        await made.release();
        if (operation === 'encapsulate') return;
        await using _ = await keys.decapsulateKey({ privateKey: pair, ciphertext, derivedKeyAlgorithm: 'AES-256' });
      };
    case 'derive':
      return (place) => derive(row as KdfRow, place);
    case 'wrap':
    case 'unwrap':
      return (place) => wrapping(row as KeyOperationRow, operation, place);
    case 'generate':
      return (place) => generate(row as KeyRow, place);
    case 'export':
      return async (place) => void (await exported(row as KeyRow, place));
    case 'import':
      return async (place) => {
        const keyData = await exported(row as KeyRow, place);
        await using _ = await place.keys.importKey({ algorithm: row.name, keyData, format: isSecretKey(row as KeyRow) ? 'raw' : 'der' });
      };
    default:
      throw new Error(operation);
  }
}

/** Everything that could be claimed, claimed or not. */
export const trials: readonly Trial[] = algorithmTable.flatMap((row) =>
  operationsOf[row.family].map((operation) => ({ algorithm: row.name, operation, run: trial(row, operation) })),
);
