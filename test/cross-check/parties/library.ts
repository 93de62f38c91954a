/** Libraries in this process, each where Keyslot itself has something else. */
import { generateKeyPairSync } from 'node:crypto';
import type { Party } from '../party.js';
import { libraryCiphers } from './library-ciphers.js';
import { libraryCurves } from './library-curves.js';
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

export function libraryParty(): Party {
  return { name: 'library', ...libraryHashes, ...libraryCiphers, ...libraryKdf, ...libraryCurves };
}

/** Only where Keyslot does not have the same library. */
export function postQuantumLibraryParty(): Party {
  return { name: '@noble/post-quantum', ...libraryPostQuantum };
}
