/** What a token can do: the algorithm table against its mechanisms. Before a token was seen, everything is thought possible. */
import { type AlgorithmRow, algorithmTable, type HashName, type KeyRow, type KeyType, type OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { ContextKind } from '../../core/permissions.js';
import type { Capability } from '../contract.js';
import { CKM } from './cryptoki.js';
import type { TokenFacts } from './token-link.js';

/**
 * Longest nonce of AES-GCM in bytes. SoftHSM2 takes longer ones and silently uses their first 12 bytes, so that different nonces
 * become one.
 */
export const longestNonce = 128;
/** Additional data is held back in the host, since mechanisms take it before the message. */
export const longestAad = 1 << 20;

type Family = OperationRow['family'];
interface Ability {
  readonly operations: readonly string[];
  readonly mechanisms: (row: never) => readonly number[];
  readonly note?: string;
}

const hashes: Readonly<Record<HashName, number>> = { 'SHA-256': CKM.SHA256, 'SHA-384': CKM.SHA384, 'SHA-512': CKM.SHA512 };

const abilities: Readonly<Record<Family, Ability>> = {
  hash: { operations: ['hash'], mechanisms: (row: { hash: HashName }) => [hashes[row.hash]] },
  hmac: { operations: ['mac'], mechanisms: () => [CKM.SHA256_HMAC], note: 'short MACs are cut by Keyslot' },
  cipher: { operations: ['encrypt', 'decrypt'], mechanisms: () => [CKM.AES_CBC_PAD] },
  aead: {
    operations: ['encrypt', 'decrypt'],
    mechanisms: () => [CKM.AES_GCM],
    note: `nonces of 1 to ${longestNonce} bytes, additional data up to ${longestAad} bytes`,
  },
  ecdsa: { operations: ['sign', 'verify'], mechanisms: () => [CKM.ECDSA], note: 'messages are hashed by Keyslot' },
  'rsa-pss': { operations: ['sign', 'verify'], mechanisms: () => [CKM.RSA_PKCS_PSS], note: 'messages are hashed by Keyslot' },
  random: { operations: ['random'], mechanisms: () => [] },
};

const generationMechanisms: Readonly<Record<KeyType, number>> = {
  aes: CKM.AES_KEY_GEN,
  hmac: CKM.GENERIC_SECRET_KEY_GEN,
  ec: CKM.EC_KEY_PAIR_GEN,
  rsa: CKM.RSA_PKCS_KEY_PAIR_GEN,
};

/** True, or why not. */
export function supports(row: OperationRow, kind: ContextKind, tagLength: number, facts: TokenFacts | undefined): true | string {
  const ability = abilities[row.family];
  if (!row.kinds.includes(kind)) return `${row.name} does not run in a ${kind} context`;
  if (row.family === 'aead' && !row.tagSizes.includes(tagLength)) {
    return `${row.name} has tags of ${row.tagSizes.join(', ')} bytes, not ${tagLength}`;
  }
  return hasMechanisms(row, ability, facts) || `the token does not have ${row.name}`;
}

function hasMechanisms(row: OperationRow, ability: Ability, facts: TokenFacts | undefined): boolean {
  return facts === undefined || ability.mechanisms(row as never).every((mechanism) => facts.mechanisms.has(mechanism));
}

/** True, or why not. `maxKeyLength`: bits that the operator allows on this token. */
export function supportsKey(row: KeyRow, facts: TokenFacts | undefined, maxKeyLength: number): true | string {
  if (row.keyType === 'rsa' && row.keyLength > maxKeyLength) return `keys on this token have at most ${maxKeyLength} bits`;
  const mechanism = facts?.mechanisms.get(generationMechanisms[row.keyType]);
  if (facts !== undefined && mechanism === undefined) return `the token does not make keys of ${row.name}`;
  const tooLong = row.keyType === 'rsa' && mechanism !== undefined && mechanism.maxKeySize > 0 && row.keyLength > mechanism.maxKeySize;
  return tooLong ? `RSA keys on this token have at most ${mechanism.maxKeySize} bits` : true;
}

/** @throws UNSUPPORTED_ALGORITHM */
export function assertKeySupported(row: KeyRow, facts: TokenFacts | undefined, maxKeyLength: number): void {
  const answer = supportsKey(row, facts, maxKeyLength);
  if (answer !== true) throw new KeyslotError('UNSUPPORTED_ALGORITHM', answer, { field: 'algorithm' });
}

function modesOf(key: KeyRow, facts: TokenFacts): string[] {
  return algorithmTable.flatMap((row) =>
    (row.family === 'cipher' || row.family === 'aead') &&
    row.keyType === key.keyType &&
    row.keyLength === key.keyLength &&
    hasMechanisms(row, abilities[row.family], facts)
      ? [row.mode.toUpperCase()]
      : [],
  );
}

function capabilityOf(row: AlgorithmRow, facts: TokenFacts, maxKeyLength: number): Capability | undefined {
  if (row.family !== 'key') {
    const { operations, note } = abilities[row.family];
    if (!hasMechanisms(row, abilities[row.family], facts)) return undefined;
    return { algorithm: row.name, operations, ...(note === undefined ? {} : { note }) };
  }
  if (supportsKey(row, facts, maxKeyLength) !== true) return undefined;
  const modes = modesOf(row, facts);
  const operations = ['generate', 'import', 'export'];
  return { algorithm: row.name, operations, keyLengths: [row.keyLength], ...(modes.length > 0 && { modes }) };
}

/** One entry for each name: an operation and a kind of key may share it. Empty before the token was seen. */
export function capabilities(facts: TokenFacts | undefined, maxKeyLength: number): Capability[] {
  const byName = new Map<string, Capability>();
  if (facts === undefined) return [];
  for (const row of algorithmTable) {
    const capability = capabilityOf(row, facts, maxKeyLength);
    if (capability === undefined) continue;
    const before = byName.get(row.name);
    byName.set(row.name, { ...before, ...capability, operations: [...(before?.operations ?? []), ...capability.operations] });
  }
  return [...byName.values()];
}
