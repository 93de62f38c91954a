/** The parameter sets of FIPS 203, 204 and 205, by the names of the key rows that have them. */
import { algorithmTable, type EncodedSizes, type KeyType } from '../../core/algorithms.js';

export type PostQuantumFamily = Extract<KeyType, 'ml-kem' | 'ml-dsa' | 'slh-dsa'>;

export interface ParameterSet {
  readonly name: string;
  readonly family: PostQuantumFamily;
  /** Content of the OBJECT IDENTIFIER (RFC 9935, 9881, 9909), which names keys and signatures alike. */
  readonly oid: Uint8Array;
  readonly sizes: EncodedSizes;
  /** Bytes of a ciphertext of ML-KEM, of a signature of the others. */
  readonly outputSize: number;
}

/** 2.16.840.1.101.3.4: what NIST names. Then 4 for KEMs, 3 for signatures, and the number of the set. */
const nistAlgorithms = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04];
const firstIdentifiers: Readonly<Record<PostQuantumFamily, readonly [arc: number, first: number]>> = {
  'ml-kem': [4, 1],
  'ml-dsa': [3, 17],
  'slh-dsa': [3, 20],
};

export function isPostQuantum(type: KeyType): type is PostQuantumFamily {
  return Object.hasOwn(firstIdentifiers, type);
}

function outputSizes(): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const row of algorithmTable) {
    if (row.family === 'ml-kem') sizes.set(row.name, row.ciphertextSize);
    if (row.family === 'ml-dsa' || row.family === 'slh-dsa') sizes.set(row.name, row.signatureSize);
  }
  return sizes;
}

/** The table lists the sets of a family in the order of their identifiers. */
function readSets(): ReadonlyMap<string, ParameterSet> {
  const sizes = outputSizes();
  const counts: Record<PostQuantumFamily, number> = { 'ml-kem': 0, 'ml-dsa': 0, 'slh-dsa': 0 };
  const sets = new Map<string, ParameterSet>();
  for (const row of algorithmTable) {
    if (row.family !== 'key' || !isPostQuantum(row.keyType) || row.encodedSizes === undefined) continue;
    const [arc, first] = firstIdentifiers[row.keyType];
    const oid = Uint8Array.of(...nistAlgorithms, arc, first + counts[row.keyType]++);
    sets.set(row.name, { name: row.name, family: row.keyType, oid, sizes: row.encodedSizes, outputSize: sizes.get(row.name) ?? 0 });
  }
  return sets;
}

export const parameterSets: ReadonlyMap<string, ParameterSet> = readSets();

/** @throws TypeError for a name that is not of a post-quantum key */
export function parameterSet(name: string): ParameterSet {
  const set = parameterSets.get(name);
  if (set === undefined) throw new TypeError(`${name} is not a post-quantum algorithm`);
  return set;
}
