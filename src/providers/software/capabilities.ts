/** What the software provider can do, read off the algorithm table and this provider's own tables. */
import { type AlgorithmRow, algorithmTable, type KeyRow, type OperationRow } from '../../core/algorithms.js';
import type { ContextKind } from '../../core/permissions.js';
import type { Capability } from '../contract.js';
import { hasCurve } from '../key-encoding/ec-encoding.js';
import { longestNonce } from './aead.js';
import { digestNames } from './hash.js';
import { hasKeyKind } from './key-kinds.js';
import { hasSignatureFamily } from './signature-schemes.js';
import { hasMode } from './symmetric.js';

type Family = OperationRow['family'];

interface Ability {
  readonly operations: readonly string[];
  readonly note?: string;
}

const abilities: Readonly<Record<Family, Ability>> = {
  hash: { operations: ['hash'] },
  hmac: { operations: ['mac'] },
  cipher: { operations: ['encrypt', 'decrypt'] },
  aead: { operations: ['encrypt', 'decrypt'], note: `nonces of 1 to ${longestNonce} bytes` },
  ecdsa: { operations: ['sign', 'verify'] },
  'rsa-pss': { operations: ['sign', 'verify'] },
  random: { operations: ['random'], note: 'a seed is accepted and ignored: the generator is seeded by the kernel' },
};

function runs(row: OperationRow): boolean {
  switch (row.family) {
    case 'hash':
    case 'hmac':
      return Object.hasOwn(digestNames, row.hash);
    case 'cipher':
    case 'aead':
      return hasMode(row);
    case 'ecdsa':
    case 'rsa-pss':
      return hasSignatureFamily(row) && Object.hasOwn(digestNames, row.hash);
    case 'random':
      return true;
    default:
      return false;
  }
}

export function supports(algorithm: OperationRow, kind: ContextKind, tagLength: number): true | string {
  if (!runs(algorithm)) return `the software provider does not have ${algorithm.name}`;
  if (!algorithm.kinds.includes(kind)) return `${algorithm.name} does not run in a ${kind} context`;
  if (algorithm.family === 'aead' && !algorithm.tagSizes.includes(tagLength)) {
    return `${algorithm.name} has tags of ${algorithm.tagSizes.join(', ')} bytes, not ${tagLength}`;
  }
  return true;
}

export function supportsKey(algorithm: KeyRow): true | string {
  const can = hasKeyKind(algorithm.keyType) && (algorithm.curve === undefined || hasCurve(algorithm.curve));
  return can || `the software provider does not have keys of ${algorithm.name}`;
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
  if (row.family !== 'key') return runs(row) ? { algorithm: row.name, ...abilities[row.family] } : undefined;
  if (supportsKey(row) !== true) return undefined;
  const modes = modesOf(row);
  const operations = ['generate', 'import', 'export'];
  return { algorithm: row.name, operations, keyLengths: [row.keyLength], ...(modes.length > 0 && { modes }) };
}

/** One entry for each name: an operation and a kind of key may share it. */
export function capabilities(): Capability[] {
  const byName = new Map<string, Capability>();
  for (const row of algorithmTable) {
    const capability = capabilityOf(row);
    if (capability === undefined) continue;
    const before = byName.get(row.name);
    byName.set(row.name, {
      ...before,
      ...capability,
      operations: [...(before?.operations ?? []), ...capability.operations],
    });
  }
  return [...byName.values()];
}
