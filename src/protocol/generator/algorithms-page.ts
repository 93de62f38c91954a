/** Emits the tables of docs/algorithms.md from the table of algorithms. */
import { type AlgorithmRow, algorithmTable, type KdfRow, type KeyRow, type ParameterRow } from '../../core/algorithms.js';
import { defaultPermissions, defaultPublicPermissions, describePermissions } from '../../core/permissions.js';
import { fillSections, rowsOf } from './document.js';

type Family = AlgorithmRow['family'];

/** Sections of the page and the families in them. */
const sections: Readonly<Record<string, readonly Family[]>> = {
  hashes: ['hash', 'xof'],
  macs: ['hmac', 'cmac', 'gmac', 'kmac'],
  ciphers: ['cipher', 'rsa-oaep', 'rsa-pkcs1-encryption', 'aead'],
  signatures: ['ecdsa', 'rsa-pss', 'rsa-pkcs1', 'eddsa', 'ml-dsa', 'slh-dsa'],
  agreements: ['ecdh', 'xdh', 'ml-kem'],
  derivations: ['kdf'],
  wrapping: ['wrap'],
};

/** Rows that differ in a part of their name only share a line: the part is written in braces. */
const variableParts: readonly RegExp[] = [
  /SHA3?-[\d/]+$/,
  /(P\d+|secp\w+|brainpool\w+)/,
  /(128|192|256|384|512|768|1024)(?=-|$)/,
  /^(SLH-DSA-).*$/,
];

function range({ min, max }: ParameterRow, unit: string): string {
  return min === undefined && max === undefined ? '' : ` ${min ?? 0} to ${max ?? '…'}${unit}`;
}
function parameterText(row: ParameterRow): string {
  const { name, type, values, required } = row;
  const usual = row.default === undefined ? '' : `, ${row.default} when not given`;
  const what =
    values !== undefined
      ? ` ${values.length > 6 ? 'name of a hash' : values.join(' or ')}`
      : type === 'bytes'
        ? range(row, ' bytes')
        : type === 'number'
          ? range(row, '')
          : '';
  return `\`${name}\`${required === true ? ' (needed)' : ''}${what}${usual}`;
}
function parametersOf(row: AlgorithmRow): string {
  return row.parameters.map(parameterText).join('; ');
}

function detailOf(row: AlgorithmRow): string {
  switch (row.family) {
    case 'cipher':
      return row.ivSize === 0 ? 'no IV' : `IV ${row.ivSize} bytes`;
    case 'aead':
      return `nonce ${row.nonce.min === row.nonce.max ? row.nonce.min : `${row.nonce.min} to ${row.nonce.max}`} bytes, tag ${row.tagSizes.join(', ')} bytes`;
    case 'gmac':
      return `IV ${row.nonce.min} to ${row.nonce.max} bytes`;
    default:
      return '';
  }
}

/** Of rows whose sizes differ only: what differs is the size of the hash. */
function sharedParameters(rows: readonly AlgorithmRow[]): string {
  const [first = '', ...others] = new Set(rows.map(parametersOf));
  if (others.length === 0) return first;
  return first
    .replace(/(`outputLength` \d+ to) \d+/, '$1 the whole')
    .replace(/, \d+ when not given/, ', the size of the hash when not given');
}

/** The name without what other rows of its kind have instead. */
function group(row: AlgorithmRow): string {
  const [name, ...others] = variableParts.reduce((text, part) => text.replace(part, '*'), row.name).split('\0');
  return [name, ...others, row.family, row.status, parametersOf(row).replaceAll(/\d+/g, '#'), detailOf(row), row.kinds.join()].join('\0');
}

function lines(families: readonly Family[]): string {
  const groups = new Map<string, AlgorithmRow[]>();
  for (const row of algorithmTable) {
    if (!families.includes(row.family)) continue;
    const rows = groups.get(group(row)) ?? [];
    rows.push(row);
    groups.set(group(row), rows);
  }
  const rows = [...groups.values()].map((of) => {
    const first = of[0] as AlgorithmRow;
    const notes = [
      first.status === 'legacy' ? 'legacy' : '',
      detailOf(first),
      first.kinds.length > 0 ? `${first.kinds.join(', ')} context` : '',
    ];
    return [of.map(({ name }) => `\`${name}\``).join(' '), notes.filter((note) => note !== '').join('; '), sharedParameters(of)];
  });
  return rowsOf(['algorithms', '', 'parameters'], rows);
}

function derivations(): string {
  const byFunction = new Map<string, KdfRow[]>();
  for (const row of algorithmTable) {
    if (row.family !== 'kdf') continue;
    const key = `${row.function} ${row.prf}`;
    byFunction.set(key, [...(byFunction.get(key) ?? []), row]);
  }
  const rows = [...byFunction.values()].map((of) => {
    const first = of[0] as KdfRow;
    return [of.map(({ name }) => `\`${name}\``).join(' '), first.keyTypes.join(', '), parametersOf(first)];
  });
  return rowsOf(['functions', 'types of source keys', 'fields'], rows);
}

function keys(): string {
  const rows = algorithmTable
    .filter((row): row is KeyRow => row.family === 'key')
    .map((row) => {
      const length =
        row.importLength === undefined
          ? String(row.keyLength)
          : `${row.keyLength}; imports ${row.importLength.min} to ${row.importLength.max}`;
      const names = [row.name, ...row.aliases].map((name) => `\`${name}\``).join(' ');
      const both = [defaultPermissions(row), defaultPublicPermissions(row)].map((mask) => describePermissions(mask).join(', '));
      return [names, row.keyType, length, ...both];
    });
  return rowsOf(['kinds of keys', 'type', 'bits', 'a new key may', 'its public half may'], rows);
}

export function emitAlgorithms(text: string): string {
  const tables = Object.fromEntries(Object.entries(sections).map(([name, families]) => [name, lines(families)]));
  return fillSections(text, { ...tables, derivations: derivations(), keys: keys() });
}
