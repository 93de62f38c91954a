/** Libraries in this process, each where Keyslot itself has something else. */
import { generateKeyPairSync } from 'node:crypto';
import type { AlgorithmRow } from '../../../src/core/algorithms.js';
import type { Party } from '../party.js';
import { libraryCiphers } from './library-ciphers.js';
import { libraryCurves, nobleCurves } from './library-curves.js';
import { libraryHashes } from './library-hashes.js';
import { libraryKdf } from './library-kdf.js';
import { libraryPostQuantum } from './library-post-quantum.js';

/** Whether the running Node has post-quantum algorithms of its own. */
export function nodeIsPostQuantum(): boolean {
  try {
    generateKeyPairSync('ml-dsa-44' as 'ed25519');
    return true;
  } catch {
    return false;
  }
}

const isPostQuantum = ({ family }: AlgorithmRow): boolean => ['ml-dsa', 'slh-dsa', 'ml-kem'].includes(family);
const libraryCurveNames: ReadonlySet<string> = new Set(nobleCurves);

function has(row: AlgorithmRow): boolean {
  if (row.family === 'cipher') return row.mode !== 'cfb8' && row.mode !== 'ofb';
  if ('curve' in row && row.curve !== undefined) return libraryCurveNames.has(row.curve);
  if (row.family === 'wrap') return row.keyType === 'aes';
  return row.family !== 'rsa-pss' && row.family !== 'rsa-pkcs1' && !isPostQuantum(row);
}

export function libraryParty(): Party {
  return { name: 'library', has, ...libraryHashes, ...libraryCiphers, ...libraryKdf, ...libraryCurves };
}

/** Only where Keyslot does not have the same library. */
export function postQuantumLibraryParty(): Party {
  return { name: '@noble/post-quantum', has: isPostQuantum, ...libraryPostQuantum };
}
