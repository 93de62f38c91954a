/**
 * Response files of NIST's CAVP and the texts of pyca/cryptography in their manner. What a test is about is told by its fields,
 * by sections, by the comments at the top, and where these say nothing, by the path.
 */
import { notInThisVersion, type VectorCase } from '../case.js';
import { readCavpCipher, readCavpGcm } from './cavp-ciphers.js';
import { readCavpEc } from './cavp-ec.js';
import { readCavpHash, readCavpHmac, readCavpMonteCarlo } from './cavp-hashes.js';
import { type CavpFile, hint } from './cavp-hints.js';
import { readCavpRsa } from './cavp-rsa.js';
import type { PairsDocument, Stanza } from './pairs.js';

interface Family {
  /** Whether the stanza is a test of this family. */
  readonly is: (stanza: Stanza, file: CavpFile) => boolean;
  readonly read: (stanza: Stanza, file: CavpFile) => VectorCase[];
}

const families: readonly Family[] = [
  { is: (s) => s.has('Msg', 'MD') && !s.has('Key'), read: readCavpHash },
  { is: (s) => s.has('Key', 'Msg') && (s.has('MD') || s.has('Mac')), read: readCavpHmac },
  { is: (s, file) => s.has('Key', 'IV', 'CT', 'AAD', 'Tag') && hint(file, /GCM/i) !== undefined, read: readCavpGcm },
  { is: (s) => s.has('Key', 'Plaintext', 'Ciphertext'), read: readCavpCipher },
  { is: (s) => s.has('Qx', 'Qy'), read: readCavpEc },
];

/** Of a path, from its end: those above say where somebody keeps it. */
const segments = 4;

/** Undefined for a text of no known family. */
export function readCavp(document: PairsDocument, path: string): VectorCase[] | undefined {
  const file: CavpFile = { document, hints: [document.header, path.split('/').slice(-segments).join('/')] };
  if (document.items.some((item) => item.kind === 'field' && item.name === 'SHAAlg')) return readCavpRsa(file);
  if (document.stanzas.some((stanza) => stanza.has('Seed') && !stanza.has('Key'))) {
    const chain = readCavpMonteCarlo(file);
    if (chain !== undefined) return chain;
  }
  const other = otherFamilies.find(([pattern]) => hint(file, pattern) !== undefined)?.[1];
  const known = document.stanzas.some((stanza) => families.some(({ is }) => is(stanza, file)));
  if (!known && other === undefined) return undefined;
  return document.stanzas.flatMap((stanza) => {
    const family = families.find(({ is }) => is(stanza, file));
    if (family !== undefined) return family.read(stanza, file);
    return isSetting(stanza) ? [] : [notInThisVersion(stanza.name, other ?? 'unnamed')];
  });
}

/** Stanzas like `N = 10` announce tests and are none. */
function isSetting(stanza: Stanza): boolean {
  return stanza.fields.every(({ name }) => /^(?:N|mod|COUNT)$/.test(name));
}

const otherFamilies: readonly (readonly [RegExp, string])[] = [
  [/KBKDF|800-108/i, 'SP 800-108 KDF'],
  [/CMAC|800-38b/i, 'CMAC'],
  [/TDES|3DES/, '3DES'],
  [/HKDF/i, 'HKDF'],
  [/PBKDF2/i, 'PBKDF2'],
  [/scrypt/i, 'scrypt'],
  [/X9\.?63/i, 'ANSI X9.63 KDF'],
  [/keywrap|KWP?_|kwp/i, 'AES key wrap'],
  [/CCM|VADT|VNT|VPT|VTT|DVPT/, 'AES-CCM'],
  [/SIV/i, 'AES-SIV'],
  [/OCB/i, 'AES-OCB'],
  [/XTS/i, 'AES-XTS'],
  [/ChaCha20/i, 'ChaCha20-Poly1305'],
  [/Ed(?:25519|448)/i, 'EdDSA'],
  [/X(?:25519|448)/i, 'X25519 and X448'],
  [/Poly1305/i, 'Poly1305'],
  [/ECDH|KASValidity/i, 'ECDH'],
  [/OAEP/i, 'RSA-OAEP'],
  [/SHAKE/i, 'SHAKE'],
  [/DSA/, 'DSA'],
];
