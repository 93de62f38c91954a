import type { AlgorithmRow } from '../../../src/core/algorithms.js';
import type { Party } from '../party.js';
import type { OpenSslCommand } from './openssl-command.js';
import { openSslEncryption } from './openssl-encryption.js';
import { openSslKdf } from './openssl-kdf.js';
import { openSslKeyFiles } from './openssl-key-files.js';
import { openSslSignatures } from './openssl-signatures.js';
import { openSslSymmetric } from './openssl-symmetric.js';

/** The `openssl` command. */
const missingFunctions: ReadonlySet<string> = new Set([
  'cSHAKE-128',
  'cSHAKE-256',
  'sp800-56c-2step',
  'sp800-108-dp',
  'sp800-108-kmac',
  'argon2id',
]);

/** Rows that version 3.0 has; more of their settings are refused one by one. */
function has(row: AlgorithmRow): boolean {
  if ('mode' in row && row.family === 'cipher') return row.mode !== 'xts';
  if ('method' in row) return row.method === 'aes-kw' || row.method === 'aes-kwp' || row.method === 'rsa-oaep';
  if ('function' in row && missingFunctions.has(row.function)) return false;
  return !postQuantum.has(row.family) && !('encodedSizes' in row);
}
const postQuantum: ReadonlySet<string> = new Set(['ml-dsa', 'slh-dsa', 'ml-kem']);

export function openSslParty(command: OpenSslCommand): Party {
  return {
    name: 'openssl',
    has,
    ...openSslSymmetric(command),
    ...openSslEncryption(command),
    ...openSslSignatures(command),
    ...openSslKeyFiles(command),
    derive: openSslKdf(command),
  };
}
