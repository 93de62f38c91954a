/** What the software provider can do, read off the algorithm table and this provider's own tables. */
import {
  type AlgorithmRow,
  algorithmTable,
  type CurveName,
  type KeyOperationRow,
  type KeyRow,
  type OperationRow,
} from '../../core/algorithms.js';
import { MiB } from '../../core/limits.js';
import type { ContextKind } from '../../core/permissions.js';
import type { Capability, ParameterValues } from '../contract.js';
import { curves } from '../key-encoding/curves.js';
import { implementationOf } from '../post-quantum/implementation.js';
import { hasAead } from './aead.js';
import { nodeTakesContext } from './edwards.js';
import { hasHash } from './hash.js';
import { hasKeyKind } from './key-kinds.js';
import { hasOpenSslCurve } from './openssl.js';
import { decryptsRsa } from './rsa-cipher.js';
import { hasOpenSslMode } from './symmetric.js';
import { longestOfLibrary } from './whole-aead.js';
import { hasXof, xofNote } from './xof.js';

type Family = AlgorithmRow['family'];
/** Several families share a form of rows. */
type RowOf<F extends Family> = AlgorithmRow extends infer R ? (R extends { family: infer G } ? (F extends G ? R : never) : never) : never;

interface Ability<R> {
  readonly operations: (row: R) => readonly string[];
  /** Whether this Node can; without it every row runs. */
  readonly runs?: (row: R) => boolean;
  /** Who does it, where that is not node:crypto, and what it leaves out. */
  readonly note?: (row: R) => string | undefined;
}

const addon = 'by OpenSSL through the addon';
/** What libraries in JavaScript have in common. */
const javaScript = (name: string) => `by ${name} in JavaScript, which can not promise constant time`;

const encrypts = () => ['encrypt', 'decrypt'];
const signsAndVerifies = ({ kinds }: OperationRow) => kinds.filter((kind) => kind === 'sign' || kind === 'verify');
const ofHash = ({ hash }: { readonly hash: Parameters<typeof hasHash>[0] }) => hasHash(hash);
const ofCurve = ({ curve }: { readonly curve?: CurveName }) => curve === undefined || hasCurve(curve);

function postQuantumNote({ keyName }: { readonly keyName: string }): string {
  const library = javaScript('@noble/post-quantum');
  return implementationOf(keyName) === 'noble' ? library : `deterministic signatures ${library}`;
}

const abilities: { readonly [F in Family]: Ability<RowOf<F>> } = {
  hash: { operations: () => ['hash'], runs: ofHash },
  xof: { operations: () => ['hash'], runs: hasXof, note: xofNote },
  hmac: { operations: () => ['mac'], runs: ofHash },
  cmac: { operations: () => ['mac'], note: () => addon },
  gmac: { operations: () => ['mac'], note: ({ nonce }) => nonceNote(nonce) },
  kmac: { operations: () => ['mac'], note: () => addon },
  cipher: { operations: encrypts, runs: hasOpenSslMode },
  'rsa-oaep': { operations: encrypts, runs: ({ hash }) => hash === undefined || hasHash(hash), note: () => addon },
  'rsa-pkcs1-encryption': {
    operations: (row) => (decryptsRsa(row) ? encrypts() : ['encrypt']),
    note: (row) => (decryptsRsa(row) ? addon : `${addon}; decryption needs OpenSSL 3.2 or later`),
  },
  aead: {
    operations: encrypts,
    runs: hasAead,
    note: (row) => {
      const longest = longestOfLibrary(row);
      const library = longest === undefined ? undefined : `${javaScript('@noble/ciphers')}; messages up to ${longest / MiB} MiB`;
      return joined(nonceNote(row.nonce), library);
    },
  },
  ecdsa: { operations: signsAndVerifies, runs: (row) => ofHash(row) && ofCurve(row), note: () => addon },
  'rsa-pss': { operations: signsAndVerifies, runs: ofHash, note: () => addon },
  'rsa-pkcs1': { operations: signsAndVerifies, runs: ofHash, note: () => addon },
  eddsa: {
    operations: signsAndVerifies,
    note: ({ parameters }) => (parameters.length === 0 || nodeTakesContext() ? undefined : `with a context ${javaScript('@noble/curves')}`),
  },
  'ml-dsa': { operations: signsAndVerifies, note: postQuantumNote },
  'slh-dsa': { operations: signsAndVerifies, note: postQuantumNote },
  random: { operations: () => ['random'], note: () => 'a seed is accepted and ignored: the generator is seeded by the kernel' },
  ecdh: { operations: () => ['agree'], runs: ofCurve },
  xdh: { operations: () => ['agree'] },
  'ml-kem': {
    operations: () => ['encapsulate', 'decapsulate'],
    note: ({ keyName }) => (implementationOf(keyName) === 'noble' ? javaScript('@noble/post-quantum') : undefined),
  },
  kdf: { operations: () => ['derive'], runs: ({ hash }) => hash === undefined || hasHash(hash) },
  wrap: { operations: () => ['wrap', 'unwrap'], runs: ({ hash }) => hash === undefined || hasHash(hash) },
  key: { operations: () => ['generate', 'import', 'export'], runs: (row) => hasKeyKind(row.keyType) && ofCurve(row) },
};

function nonceNote({ min, max }: { readonly min: number; readonly max: number }): string | undefined {
  return min === max ? undefined : `nonces of ${min} to ${max} bytes`;
}

function hasCurve(name: CurveName): boolean {
  return Object.hasOwn(curves, name) && hasOpenSslCurve(curves[name].openSsl);
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const told = notes.filter((note) => note !== undefined);
  return told.length === 0 ? undefined : told.join('; ');
}

function abilityOf(row: AlgorithmRow): Ability<AlgorithmRow> | undefined {
  return (abilities as Readonly<Partial<Record<string, Ability<AlgorithmRow>>>>)[row.family];
}

function runs(row: AlgorithmRow): boolean {
  const ability = abilityOf(row);
  return ability !== undefined && (ability.runs === undefined || ability.runs(row));
}

/** True, or why not, for people. */
export function supports(algorithm: OperationRow, kind: ContextKind, _parameters: ParameterValues, tagLength: number): true | string {
  if (!runs(algorithm)) return `the software provider does not have ${algorithm.name}`;
  if (!algorithm.kinds.includes(kind)) return `${algorithm.name} does not run in a ${kind} context`;
  if (algorithm.family === 'aead' && !algorithm.tagSizes.includes(tagLength)) {
    return `${algorithm.name} has tags of ${algorithm.tagSizes.join(', ')} bytes, not ${tagLength}`;
  }
  return true;
}

/** True, or why not, for people. */
export function supportsKey(algorithm: KeyRow): true | string {
  return runs(algorithm) || `the software provider does not have keys of ${algorithm.name}`;
}

/** True, or why not, for people. */
export function supportsKeyOperation(algorithm: KeyOperationRow, _parameters: ParameterValues): true | string {
  return runs(algorithm) || `the software provider does not have ${algorithm.name}`;
}

/** Modes in which a type of key is used. */
function modesOf(key: KeyRow): string[] {
  const modes = algorithmTable.flatMap((row) =>
    (row.family === 'cipher' || row.family === 'aead') && row.keyType === key.keyType && row.keyLength === key.keyLength && runs(row)
      ? [row.mode.toUpperCase()]
      : [],
  );
  return [...new Set(modes)];
}

function capabilityOf(row: AlgorithmRow): Capability | undefined {
  const ability = abilityOf(row);
  if (ability === undefined || !runs(row)) return undefined;
  const note = joined(row.status === 'legacy' ? 'legacy' : undefined, ability.note?.(row));
  const capability = { algorithm: row.name, operations: ability.operations(row), ...(note !== undefined && { note }) };
  if (row.family !== 'key') return capability;
  const modes = modesOf(row);
  return { ...capability, keyLengths: [row.keyLength], ...(modes.length > 0 && { modes }) };
}

/** An operation and a kind of key that share a name. */
function merged(before: Capability, more: Capability): Capability {
  const note = before.note === more.note ? more.note : joined(before.note, more.note);
  return { ...before, ...more, operations: [...before.operations, ...more.operations], ...(note !== undefined && { note }) };
}

let told: readonly Capability[] | undefined;

/** One entry for each name. */
export function capabilities(): readonly Capability[] {
  told ??= makeCapabilities();
  return told;
}

function makeCapabilities(): Capability[] {
  const byName = new Map<string, Capability>();
  for (const row of algorithmTable) {
    const capability = capabilityOf(row);
    if (capability === undefined) continue;
    const before = byName.get(row.name);
    byName.set(row.name, before === undefined ? capability : merged(before, capability));
  }
  return [...byName.values()];
}
