/** What a token can do: the algorithm table against its mechanisms and the quirks of its kind. Before a token was seen, everything that any token can do is thought possible. */
import {
  type AlgorithmRow,
  algorithmTable,
  type CipherMode,
  curveNames,
  type KeyOperationRow,
  type KeyRow,
  type KeyType,
  type OperationRow,
  operationAlgorithm,
} from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { ContextKind } from '../../core/permissions.js';
import type { Capability, ParameterValues } from '../contract.js';
import { CKM, mechanismFlags as does } from './cryptoki.js';
import { type Demand, type Need, needsOf } from './needs.js';
import { anyToken } from './quirks/any-token.js';
import type { OkpName, Quirks } from './quirks/quirks.js';
import { quirksOf } from './quirks/quirks-of.js';
import type { TokenFacts } from './token-link.js';

/** Additional data is held back in the host, since mechanisms take it before the message. */
export const longestAad = 1 << 20;

/** Of a token that was not seen yet. */
const unseen: Quirks = { ...anyToken, curves: curveNames, pssOtherMgf: true };

export function quirksOfFacts(facts: TokenFacts | undefined): Quirks {
  return facts === undefined ? unseen : quirksOf(facts.identity);
}

function demand(parameters: ParameterValues, facts: TokenFacts | undefined): Demand {
  return { parameters, quirks: quirksOfFacts(facts), has: (mechanism) => facts === undefined || facts.mechanisms.has(mechanism) };
}

/** Some tokens tell sizes of AES keys in bits, most in bytes, as PKCS#11 says. */
function takesSize({ minKeySize, maxKeySize }: { minKeySize: number; maxKeySize: number }, bits: number): boolean {
  return maxKeySize === 0 || (bits <= maxKeySize && bits >= minKeySize);
}

function isMet({ mechanism, does: flags, bits }: Need, facts: TokenFacts | undefined): boolean {
  if (facts === undefined) return true;
  const listed = facts.mechanisms.get(mechanism);
  return listed !== undefined && (listed.flags & flags) === flags && (bits === undefined || takesSize(listed, bits));
}

/** True, or why not. */
function fulfilled(name: string, needs: readonly Need[] | string, facts: TokenFacts | undefined): true | string {
  if (typeof needs === 'string') return needs;
  return needs.every((need) => isMet(need, facts)) || `the token does not have ${name}`;
}

/** True, or why not. */
export function supports(
  row: OperationRow,
  kind: ContextKind,
  parameters: ParameterValues,
  tagLength: number,
  facts: TokenFacts | undefined,
): true | string {
  if (!row.kinds.includes(kind)) return `${row.name} does not run in a ${kind} context`;
  if (row.family === 'aead' && !row.tagSizes.includes(tagLength)) {
    return `${row.name} has tags of ${row.tagSizes.join(', ')} bytes, not ${tagLength}`;
  }
  return fulfilled(row.name, needsOf(row, demand(parameters, facts)), facts);
}

/** True, or why not. */
export function supportsKeyOperation(row: KeyOperationRow, parameters: ParameterValues, facts: TokenFacts | undefined): true | string {
  return fulfilled(row.name, needsOf(row, demand(parameters, facts)), facts);
}

const longestAesKey = 256;

/** How keys of a type are made; a type that is not here is on no token. */
const generation: Partial<Readonly<Record<KeyType, (row: KeyRow, quirks: Quirks) => Need | undefined>>> = {
  aes: ({ keyLength }) => (keyLength > longestAesKey ? undefined : { mechanism: CKM.AES_KEY_GEN, does: does.generate }),
  hmac: () => ({ mechanism: CKM.GENERIC_SECRET_KEY_GEN, does: does.generate }),
  secret: () => ({ mechanism: CKM.GENERIC_SECRET_KEY_GEN, does: does.generate }),
  rsa: ({ keyLength }) => ({ mechanism: CKM.RSA_PKCS_KEY_PAIR_GEN, does: does.generatePair, bits: keyLength }),
  ec: ({ curve, keyLength }, { curves }) =>
    curve !== undefined && curves.includes(curve)
      ? { mechanism: CKM.EC_KEY_PAIR_GEN, does: does.generatePair, bits: keyLength }
      : undefined,
  edwards: okpGeneration,
  montgomery: okpGeneration,
};
function okpGeneration(row: KeyRow, { okp }: Quirks): Need {
  return { mechanism: okp[row.name as OkpName].generation, does: does.generatePair };
}

/** True, or why not. `maxKeyLength`: bits that the operator allows on this token. */
export function supportsKey(row: KeyRow, facts: TokenFacts | undefined, maxKeyLength: number): true | string {
  if (row.keyType === 'rsa' && row.keyLength > maxKeyLength) return `keys on this token have at most ${maxKeyLength} bits`;
  const need = generation[row.keyType]?.(row, quirksOfFacts(facts));
  if (need === undefined || !isMet(need, facts)) return `the token does not make keys of ${row.name}`;
  return isOfUse(row, facts) || `the token has no use for keys of ${row.name}`;
}

/** Any generic secret could be called an HMAC key; it is one where the token has the HMAC. */
function isOfUse({ name, keyType }: KeyRow, facts: TokenFacts | undefined): boolean {
  const hmac = keyType === 'hmac' ? operationAlgorithm(name) : undefined;
  return hmac === undefined || fulfilled(name, needsOf(hmac, demand({}, facts)), facts) === true;
}

/** @throws UNSUPPORTED_ALGORITHM */
export function assertKeySupported(row: KeyRow, facts: TokenFacts | undefined, maxKeyLength: number): void {
  const answer = supportsKey(row, facts, maxKeyLength);
  if (answer !== true) throw new KeyslotError('UNSUPPORTED_ALGORITHM', answer, { field: 'algorithm' });
}

type Family = AlgorithmRow['family'];
interface Told {
  readonly operations: readonly string[];
  readonly note?: (quirks: Quirks) => string;
}
const hashedHere = { note: () => 'messages are hashed by Keyslot' } as const;
const cutHere = { operations: ['mac'], note: () => 'short MACs are cut by Keyslot' } as const;
const signing = ['sign', 'verify'] as const;
const crypting = ['encrypt', 'decrypt'] as const;
const agreement: Told = { operations: ['agree'], note: () => "the shared secret is read by Keyslot's host, where the derivation runs" };

/** What people are told of a family. */
const told: Partial<Readonly<Record<Family, Told>>> = {
  hash: { operations: ['hash'] },
  hmac: { operations: ['mac'], note: () => 'short MACs are cut by Keyslot; keys may have to be as long as the hash' },
  cmac: cutHere,
  gmac: cutHere,
  cipher: { operations: crypting },
  aead: {
    operations: crypting,
    note: ({ longestNonce }) => `nonces of 1 to ${longestNonce} bytes, additional data up to ${longestAad} bytes`,
  },
  'rsa-oaep': { operations: crypting, note: oaepNote },
  'rsa-pkcs1-encryption': { operations: crypting, note: () => 'legacy: whoever sees which messages are refused can decrypt others' },
  ecdsa: { operations: signing, ...hashedHere },
  'rsa-pss': { operations: signing, ...hashedHere },
  'rsa-pkcs1': { operations: signing, ...hashedHere },
  eddsa: { operations: signing, note: () => 'messages are gathered by Keyslot' },
  random: { operations: ['random'] },
  ecdh: agreement,
  xdh: agreement,
  wrap: { operations: ['wrap', 'unwrap'], note: wrapNote },
};
function cipherNote(mode: CipherMode, { counterStops }: Quirks): string | undefined {
  if (mode === 'ecb') return 'padding "none" only';
  return mode === 'ctr' && counterStops ? 'the counter must not run over its last value' : undefined;
}
function oaepNote({ oaep: { labels, otherMgf } }: Quirks): string {
  return `${otherMgf ? 'any hash for MGF1' : 'MGF1 with the same hash'}, ${labels ? 'with or without a label' : 'no label'}`;
}
function wrapNote({ fillsUpWrapped, wrapping }: Quirks): string {
  const notes = [
    ...(fillsUpWrapped ? ['secret keys in steps of 8 bytes'] : []),
    wrapping === 'inside' ? 'unwrapped private keys of elliptic curves have no public half' : 'unwrapped keys are checked in the host',
  ];
  return notes.join('; ');
}

/** Parameters with which an algorithm is shown to be there: no token pads ECB. */
function shown(row: AlgorithmRow): ParameterValues {
  return row.family === 'cipher' && row.mode === 'ecb' ? { padding: 'none' } : {};
}
function runs(row: Exclude<AlgorithmRow, KeyRow>, facts: TokenFacts): boolean {
  return fulfilled(row.name, needsOf(row, demand(shown(row), facts)), facts) === true;
}

function modesOf(key: KeyRow, facts: TokenFacts): string[] {
  return algorithmTable.flatMap((row) =>
    (row.family === 'cipher' || row.family === 'aead') && row.keyType === key.keyType && row.keyLength === key.keyLength && runs(row, facts)
      ? [row.mode.toUpperCase()]
      : [],
  );
}

function capabilityOf(row: AlgorithmRow, facts: TokenFacts, maxKeyLength: number): Capability | undefined {
  if (row.family !== 'key') {
    const known = told[row.family];
    if (known === undefined || !runs(row, facts)) return undefined;
    const note = row.family === 'cipher' ? cipherNote(row.mode, quirksOfFacts(facts)) : known.note?.(quirksOfFacts(facts));
    // Old hashes only verify.
    const operations = known.operations.filter(
      (operation) => (operation !== 'sign' && operation !== 'verify') || row.kinds.some((kind) => kind === operation),
    );
    return { algorithm: row.name, operations, ...(note === undefined ? {} : { note }) };
  }
  if (supportsKey(row, facts, maxKeyLength) !== true) return undefined;
  const modes = modesOf(row, facts);
  const operations = ['generate', 'import', 'export'];
  return { algorithm: row.name, operations, keyLengths: [row.keyLength], ...(modes.length > 0 && { modes }) };
}

function joined(before: Capability, more: Capability): Capability {
  const notes = [before.note, more.note].filter((note) => note !== undefined);
  const note = notes.length === 0 ? {} : { note: notes.join('; ') };
  return { ...before, ...more, operations: [...before.operations, ...more.operations], ...note };
}

/** One entry for each name: an operation and a kind of key may share it. Empty before the token was seen. */
export function capabilities(facts: TokenFacts | undefined, maxKeyLength: number): Capability[] {
  const byName = new Map<string, Capability>();
  if (facts === undefined) return [];
  for (const row of algorithmTable) {
    const capability = capabilityOf(row, facts, maxKeyLength);
    if (capability === undefined) continue;
    const before = byName.get(row.name);
    byName.set(row.name, before === undefined ? capability : joined(before, capability));
  }
  return [...byName.values()];
}
