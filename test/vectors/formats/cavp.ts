/**
 * Response files of NIST's CAVP and the texts of pyca/cryptography in their manner. What a test is about is told by its fields,
 * by sections, by the comments at the top, and where these say nothing, by the path.
 */
import { skipped, type VectorCase } from '../case.js';
import { readAead, readCcm, readCipher, readGcm, readKeyWrap, readXts } from './cavp/ciphers.js';
import { readEc, readEccCdh, readEcdhPairs, readEddsa, readKasEc, readXdh } from './cavp/ec.js';
import { readCmac, readHash, readHmac, readMonteCarlo } from './cavp/hashes.js';
import { type CavpFile, hint } from './cavp/hints.js';
import { readArgon2, readHkdf, readKbkdf, readPbkdf2, readScrypt, readX963 } from './cavp/kdfs.js';
import { readMlDsa, readMlKem } from './cavp/post-quantum.js';
import type { CavpFamily } from './cavp/reader.js';
import { isCavpRsa, readCavpRsa } from './cavp/rsa.js';
import { type PairsDocument, recordsOf, type Stanza } from './pairs.js';

const families: readonly CavpFamily[] = [
  { is: (test) => test.has('xi', 'pk', 'sk', 'sm'), read: readMlDsa },
  { is: (test) => test.has('z', 'd', 'pk', 'sk', 'ct'), read: readMlKem },
  { is: (test) => test.has('dsIUT', 'QsCAVSx', 'Z'), read: readKasEc },
  { is: (test) => test.has('QCAVSx', 'dIUT', 'ZIUT'), read: readEccCdh },
  { is: (test) => test.has('dA', 'x_qA', 'x_qB', 'x_Z'), read: readEcdhPairs },
  { is: (test) => test.has('INPUT_SCALAR', 'INPUT_U'), read: readXdh },
  { is: (test) => test.has('SECRET', 'PUBLIC', 'SIGNATURE'), read: readEddsa },
  { is: (test) => test.has('IKM', 'OKM'), read: readHkdf },
  { is: (test) => test.has('Z', 'key_data'), read: readX963 },
  { is: (test) => test.has('KI', 'KO'), read: readKbkdf },
  { is: (test) => test.has('PASSWORD', 'ITERATIONS', 'DERIVED_KEY'), read: readPbkdf2 },
  { is: (test) => test.has('PASSWORD', 'N', 'r', 'p', 'DERIVED_KEY'), read: readScrypt },
  { is: (test) => test.has('lanes', 'memcost', 'salt'), read: readArgon2 },
  { is: (test) => !test.has('Key') && (test.has('Msg', 'MD') || test.has('Msg', 'Output')), read: readHash },
  { is: (test) => test.has('Message', 'Output') && (test.has('Key') || test.has('Key1')), read: readCmac },
  { is: (test, file) => test.has('Key', 'Msg', 'Mac') && hint(file, /CMAC/) !== undefined, read: readCmac },
  { is: (test) => test.has('Key', 'Msg') && (test.has('MD') || test.has('Mac')), read: readHmac },
  { is: (test, file) => test.has('Key', 'IV', 'CT', 'AAD', 'Tag') && hint(file, /GCM/i) !== undefined, read: readGcm },
  { is: (test) => test.has('Key', 'Nonce', 'Adata', 'CT'), read: readCcm },
  { is: (test) => test.has('Key', 'Nonce', 'In', 'CT', 'Tag'), read: readAead },
  { is: (test) => test.has('Key', 'Plaintext', 'Ciphertext', 'Tag'), read: readAead },
  { is: (test) => test.has('Key', 'PT', 'CT') && (test.has('i') || test.has('DataUnitSeqNumber')), read: readXts },
  {
    is: (test) => test.has('K', 'C') || (test.has('Key', 'Input', 'Output') && test.labels.some((label) => /^KWP?$/.test(label))),
    read: readKeyWrap,
  },
  { is: (test) => test.has('Plaintext', 'Ciphertext'), read: readCipher },
  { is: (test) => test.has('Qx', 'Qy'), read: readEc },
];

/** Of a path, from its end: those above say where somebody keeps it. */
const segments = 4;

/** Undefined for a text of no known family. */
export function readCavp(document: PairsDocument, path: string): VectorCase[] | undefined {
  const file: CavpFile = { document, hints: [document.header, path.split('/').slice(-segments).join('/')] };
  if (isCavpRsa(file)) return readCavpRsa(file);
  const records = recordsOf(document);
  if (isMonteCarlo(document)) {
    const chain = readMonteCarlo(file, records);
    if (chain !== undefined) return chain;
  }
  const other = otherFamilies.find(([pattern]) => hint(file, pattern) !== undefined)?.[1];
  const known = records.some((test) => families.some(({ is }) => is(test, file)));
  if (!known && other === undefined) return undefined;
  return records.flatMap((test) => {
    const family = families.find(({ is }) => is(test, file));
    if (family !== undefined) return family.read(test, file);
    return isSetting(test) ? [] : [skipped(test.name, 'algorithm', other ?? 'unnamed')];
  });
}

function isMonteCarlo({ stanzas, items }: PairsDocument): boolean {
  const xof = items.some((item) => item.kind === 'section' && /^Maximum Output Length/i.test(item.name));
  const variable = items.some((item) => item.kind === 'section' && /^Input Length/i.test(item.name));
  return stanzas.some((stanza) => stanza.has('Seed') && !stanza.has('Key')) || (xof && !variable);
}

/** Stanzas like `N = 10` announce tests and are none. */
function isSetting(test: Stanza): boolean {
  return test.fields.every(({ name }) => /^(?:N|mod|COUNT|Plen|Alen|Nlen|Tlen|Key|Nonce)$/i.test(name));
}

/** What files without a known test are about. */
const otherFamilies: readonly (readonly [RegExp, string])[] = [
  [/TDES|3DES/, '3DES'],
  [/OCB/i, 'AES-OCB'],
  [/Poly1305/i, 'Poly1305'],
  [/HOTP|TOTP/i, 'one-time passwords'],
  [/fernet/i, 'Fernet'],
  [/FFC|Diffie|\bDH\b/, 'finite-field Diffie-Hellman'],
  [/DSA/, 'DSA'],
  [/KeyGen|KeyGenRSA/, 'RSA X9.31'],
  [/ChaCha20|ARC4|RC4|IDEA|SEED|CAST5|Blowfish|Camellia|SM4/i, 'other cipher'],
];
