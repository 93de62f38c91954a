/** Which line of the short table of capabilities an algorithm is on. */

import { curveShortNames } from '../core/algorithms/key-names.js';
import { type AlgorithmRow, algorithmTable, type CurveName, hashNames, type KdfRow, type KeyRow } from '../core/algorithms.js';

/** Headings, in the order in which they are shown. */
export const sections = [
  'Hashes',
  'MACs',
  'Ciphers',
  'Authenticated encryption',
  'Signatures',
  'Key agreement and encapsulation',
  'Key derivation',
  'Key wrapping',
  'Random',
  'Keys',
] as const;
type Section = (typeof sections)[number];

/** Name of the line, and what of its family an algorithm is: its curve, its hash … */
type Split = readonly [family: string, ...facets: readonly string[]];

/** `AES-256-GCM` is of AES-GCM, 256. */
function byKeyLength(name: string): Split {
  const [, bits, mode] = /^AES-(\d+)-(.+)$/.exec(name) ?? [];
  return bits === undefined ? [name] : [`AES-${mode}`, bits];
}
/** `SLH-DSA-SHA2-128s` is of SLH-DSA, SHA2, 128s; the family is one of those given. */
function byStart(name: string, ...families: readonly string[]): Split {
  const family = families.find((candidate) => name.startsWith(`${candidate}-`));
  return family === undefined ? [name] : [family, ...name.slice(family.length + 1).split('-')];
}
function byHash({ name, hash }: { readonly name: string; readonly hash?: string }): Split {
  return hash === undefined ? [name] : [name.slice(0, -hash.length - 1), hash];
}
/** The curves of brainpool are told together. */
function shortCurve(curve: CurveName | undefined): string {
  if (curve === undefined) return '';
  return curve.startsWith('brainpool') ? 'brainpool' : curveShortNames[curve];
}
function hashSplit(name: string): Split {
  if (name === 'SHA-1') return [name];
  return name.startsWith('SHA3-') ? ['SHA-3', name.slice(5)] : ['SHA-2', name.slice(4)];
}
/** `SP800-108-CTR-HMAC-SHA-256` is of SP800-108, CTR, HMAC; so is every other hash. */
function kdfSplit(row: KdfRow): Split {
  const [start] = byHash(row);
  const split = byStart(start, 'HKDF', 'SP800-108', 'SP800-56C');
  if (split[0] === 'SP800-108' && row.function === 'sp800-108-kmac') return ['SP800-108', '', 'KMAC'];
  if (split[0] === 'SP800-56C') return ['SP800-56C', split[1] ?? '', split[2] ?? 'hash'];
  return split[0] === 'HKDF' || start === 'HKDF' ? ['HKDF', split[1] ?? 'whole', row.hash ?? ''] : [...split, row.hash ?? ''];
}

const keySplits: Readonly<Record<KeyRow['keyType'], (row: KeyRow) => Split>> = {
  aes: ({ name }) => byStart(name, 'AES'),
  chacha20: ({ name }) => [name],
  hmac: ({ name }) => ['HMAC', name.slice('HMAC-'.length)],
  kmac: ({ name }) => byStart(name, 'KMAC'),
  secret: ({ name }) => [name],
  rsa: ({ name }) => byStart(name, 'RSA'),
  ec: ({ curve, purpose }) => [purpose === 'sign' ? 'ECDSA' : 'ECDH', shortCurve(curve)],
  edwards: ({ name }) => ['EdDSA', name],
  montgomery: ({ name }) => ['XDH', name],
  'ml-kem': ({ name }) => byStart(name, 'ML-KEM'),
  'ml-dsa': ({ name }) => byStart(name, 'ML-DSA'),
  'slh-dsa': ({ name }) => byStart(name, 'SLH-DSA'),
};

function splitOf(row: AlgorithmRow): readonly [Section, Split] {
  const { name } = row;
  switch (row.family) {
    case 'hash':
      return ['Hashes', hashSplit(name)];
    case 'xof':
      return ['Hashes', byStart(name, 'SHAKE', 'cSHAKE', 'BLAKE2b', 'BLAKE2s')];
    case 'hmac':
      return ['MACs', ['HMAC', row.hash]];
    case 'cmac':
    case 'gmac':
    case 'kmac':
      return ['MACs', byStart(name, 'KMAC')];
    case 'cipher':
      return ['Ciphers', byKeyLength(name)];
    case 'rsa-oaep':
    case 'rsa-pkcs1-encryption':
      return ['Ciphers', byHash(row)];
    case 'aead':
      return ['Authenticated encryption', byKeyLength(name)];
    case 'ecdsa':
      return ['Signatures', ['ECDSA', shortCurve(row.curve), row.hash]];
    case 'rsa-pss':
    case 'rsa-pkcs1':
      return ['Signatures', byHash(row)];
    case 'eddsa':
      return ['Signatures', ['EdDSA', name]];
    case 'ml-dsa':
    case 'slh-dsa':
      return ['Signatures', byStart(name, 'ML-DSA', 'SLH-DSA')];
    case 'ecdh':
      return ['Key agreement and encapsulation', ['ECDH', shortCurve(row.curve)]];
    case 'xdh':
      return ['Key agreement and encapsulation', ['XDH', name]];
    case 'ml-kem':
      return ['Key agreement and encapsulation', byStart(name, 'ML-KEM')];
    case 'kdf':
      return ['Key derivation', kdfSplit(row)];
    case 'wrap':
      return ['Key wrapping', byHash(row)];
    case 'random':
      return ['Random', [name]];
    case 'key':
      return ['Keys', keySplits[row.keyType](row)];
  }
}

export interface Family {
  readonly section: Section;
  readonly name: string;
  readonly rows: readonly AlgorithmRow[];
  /** What there is of it, for people: `P256, P384; every hash`. */
  readonly variants: string;
  /** All of it is for old data only. */
  readonly legacy: boolean;
}

const everyHash = 'every hash';

/** The different values of each facet, in the order of the table. */
function variantsOf(splits: readonly Split[]): string {
  const depth = Math.max(...splits.map(({ length }) => length - 1));
  const facets = Array.from({ length: depth }, (_, i) => [
    ...new Set(splits.map((split) => split[i + 1] ?? '').filter((value) => value !== '')),
  ]);
  return facets.flatMap((values) => (values.length === 0 ? [] : [wordsOf(values)])).join('; ');
}
function wordsOf(values: readonly string[]): string {
  const isHash = (value: string) => hashNames.some((hash) => hash === value);
  return values.filter(isHash).length === hashNames.length
    ? [...values.filter((value) => !isHash(value)), everyHash].join(', ')
    : values.join(', ');
}

/** The lines of the table, in order. */
export function families(): Family[] {
  const placed = algorithmTable.map((row) => ({ row, place: splitOf(row) }));
  return sections.flatMap((section) => {
    const here = placed.filter(({ place }) => place[0] === section);
    const names = [...new Set(here.map(({ place }) => place[1][0]))];
    return names.map((name) => {
      const members = here.filter(({ place }) => place[1][0] === name);
      const rows = members.map(({ row }) => row);
      const variants = variantsOf(members.map(({ place }) => place[1]));
      return { section, name, rows, variants, legacy: rows.every(({ status }) => status === 'legacy') };
    });
  });
}
