/** What an algorithm needs of a token: mechanisms and what they must do, or the reason why no token of this kind does it. One row per family. */
import type { AgreementRow, AlgorithmRow, HashName, KdfRow, KemRow, WrapRow } from '../../core/algorithms.js';
import type { ParameterValues } from '../contract.js';
import { CKM, mechanismFlags as does } from './cryptoki.js';
import { cipherNumber, hashNumbers } from './mechanism-numbers.js';
import type { OkpName, Quirks } from './quirks/quirks.js';

/** A mechanism, what it must do (bits of `mechanismFlags`), and a key size in bits that it must take. */
export interface Need {
  readonly mechanism: number;
  readonly does: number;
  readonly bits?: number;
}
export interface Demand {
  readonly parameters: ParameterValues;
  readonly quirks: Quirks;
  /** Whether the token has the mechanism. */
  readonly has: (mechanism: number) => boolean;
}
type RowOf<F extends AlgorithmRow['family']> = Extract<AlgorithmRow, { family: F }>;
type Answer = readonly Need[] | string;
type Families = Exclude<AlgorithmRow['family'], 'key'>;

const signs = does.sign | does.verify;
const crypts = does.encrypt | does.decrypt;
const wraps = does.wrap | does.unwrap;

function need(mechanism: number, flags: number, bits?: number): Need {
  return { mechanism, does: flags, ...(bits !== undefined && { bits }) };
}
function absent(what: string): string {
  return `tokens do not have ${what}`;
}

function mgfOf(hash: HashName, { mgfHash }: ParameterValues): HashName {
  return typeof mgfHash === 'string' ? (mgfHash as HashName) : hash;
}

function oaepHash({ hash = 'SHA-256' }: { readonly hash?: HashName }): HashName {
  return hash;
}
function oaep(hash: HashName, flags: number, { parameters, quirks, has }: Demand): Answer {
  const mgfHash = mgfOf(hash, parameters);
  const { hashes, otherMgf, labels } = quirks.oaep;
  const knows = hashes === 'listed' ? has(hashNumbers[hash].digest) : hashes.includes(hash);
  if (!knows || hashNumbers[hash].mgf === undefined) return `this token has no OAEP with ${hash}`;
  if (mgfHash !== hash && !otherMgf) return `the OAEP of this token has one hash for label and MGF1, not ${hash} and ${mgfHash}`;
  if (parameters.label instanceof Uint8Array && parameters.label.length > 0 && !labels) return 'the OAEP of this token takes no label';
  return [need(CKM.RSA_PKCS_OAEP, flags)];
}

function pss({ hash }: { hash: HashName }, { parameters, quirks, has }: Demand): Answer {
  const { pss: hashed, mgf } = hashNumbers[hash];
  if (hashed === undefined || mgf === undefined || !has(hashed)) return `this token has no RSA-PSS with ${hash}`;
  const mgfHash = mgfOf(hash, parameters);
  if (mgfHash !== hash && !quirks.pssOtherMgf)
    return `the RSA-PSS of this token has one hash for message and MGF1, not ${hash} and ${mgfHash}`;
  return [need(CKM.RSA_PKCS_PSS, signs)];
}

function ecdh({ curve, name }: AgreementRow, { quirks }: Demand): Answer {
  if (curve === undefined || !quirks.curves.includes(curve)) return `this token does not have ${name}`;
  return [need(CKM.ECDH1_DERIVE, does.derive)];
}
function xdh({ keyName }: AgreementRow, { quirks }: Demand): Answer {
  return [need(CKM.ECDH1_DERIVE, does.derive), need(quirks.okp[keyName as OkpName].generation, does.generatePair)];
}

const wrapMethods: Readonly<Record<WrapRow['method'], (row: WrapRow, demand: Demand) => Answer>> = {
  'aes-kw': () => [need(CKM.AES_KEY_WRAP, wraps)],
  'aes-kwp': (_row, { quirks }) => [need(quirks.keyWrapWithPadding, wraps)],
  'aes-gcm': () => [need(CKM.AES_GCM, wraps)],
  'rsa-oaep': ({ hash = 'SHA-256' }, demand) => oaep(hash, wraps, demand),
  'rsa-aes-kwp': ({ hash = 'SHA-256' }, demand) => {
    const outer = oaep(hash, wraps, demand);
    if (typeof outer === 'string') return outer;
    return [...outer, need(demand.quirks.keyWrapWithPadding, wraps), need(CKM.AES_KEY_GEN, does.generate)];
  },
};

const families: { readonly [F in Families]: (row: RowOf<F>, demand: Demand) => Answer } = {
  hash: ({ hash }) => [need(hashNumbers[hash].digest, does.digest)],
  xof: ({ name }) => absent(name),
  hmac: ({ hash }) => [need(hashNumbers[hash].hmac, signs)],
  cmac: () => [need(CKM.AES_CMAC, signs)],
  gmac: () => [need(CKM.AES_GMAC, signs)],
  kmac: ({ name }) => absent(name),
  cipher: ({ name, mode, blockSize }, { parameters }) => {
    const padded = blockSize > 1 && parameters.padding !== 'none';
    const mechanism = cipherNumber(mode, padded);
    if (mechanism !== undefined) return [need(mechanism, crypts)];
    return absent(padded ? `${name} with padding; use padding "none"` : name);
  },
  'rsa-oaep': (row, demand) => oaep(oaepHash(row), crypts, demand),
  'rsa-pkcs1-encryption': () => [need(CKM.RSA_PKCS, crypts)],
  aead: ({ name, mode }) => (mode === 'gcm' ? [need(CKM.AES_GCM, crypts)] : absent(`${name} in a form that Keyslot can ask for`)),
  ecdsa: ({ curve, name }, { quirks }) =>
    curve !== undefined && quirks.curves.includes(curve) ? [need(CKM.ECDSA, signs)] : `this token does not have ${name}`,
  'rsa-pss': pss,
  'rsa-pkcs1': () => [need(CKM.RSA_PKCS, signs)],
  eddsa: ({ keyName }, { parameters, quirks }) => {
    if (parameters.context instanceof Uint8Array && parameters.context.length > 0) return absent(`${keyName} with a context`);
    return [need(CKM.EDDSA, signs), need(quirks.okp[keyName as OkpName].generation, does.generatePair)];
  },
  'ml-dsa': ({ name }) => absent(name),
  'slh-dsa': ({ name }) => absent(name),
  random: () => [],
  ecdh,
  xdh,
  'ml-kem': ({ name }: KemRow) => absent(`${name} through the functions of PKCS#11 v2.40`),
  kdf: ({ name }: KdfRow) => `keys are not derived on tokens: import the secret into a software provider for ${name}`,
  wrap: (row, demand) => wrapMethods[row.method](row, demand),
};

/** The needs, or why no token of this kind does it. */
export function needsOf(row: Exclude<AlgorithmRow, { family: 'key' }>, demand: Demand): readonly Need[] | string {
  return (families[row.family] as (row: never, demand: Demand) => Answer)(row as never, demand);
}
