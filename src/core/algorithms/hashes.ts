/** Hashes: FIPS 180-4, FIPS 202, RFC 7693. */
import { type HashName, type HashRow, hashNames, type ParameterRow, type XofRow } from './row.js';

/** Bytes. */
export const hashSizes: Readonly<Record<HashName, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  'SHA-512/224': 28,
  'SHA-512/256': 32,
  'SHA3-224': 28,
  'SHA3-256': 32,
  'SHA3-384': 48,
  'SHA3-512': 64,
};

export function hashStatus(hash: HashName): 'approved' | 'legacy' {
  return hash === 'SHA-1' ? 'legacy' : 'approved';
}
/** `SHA-512/256` is also known without the slash. */
export function hashAliases(name: string): string[] {
  return name.includes('/') ? [name.replace('/', '-')] : [];
}

const longestOutput: ParameterRow = { name: 'outputLength', type: 'number', min: 1, max: 65_536 };

function xof(name: XofRow['function'] & `${'SHAKE' | 'cSHAKE'}${string}`, outputSize: number): XofRow {
  const custom: readonly ParameterRow[] = [
    { name: 'functionName', type: 'bytes', max: 65_536 },
    { name: 'customization', type: 'bytes', max: 65_536 },
  ];
  const parameters = name.startsWith('c') ? [longestOutput, ...custom] : [longestOutput];
  return { name, aliases: [], family: 'xof', kinds: ['hash'], parameters, status: 'approved', function: name, outputSize };
}
function blake2(name: string, of: 'BLAKE2b' | 'BLAKE2s', outputSize: number): XofRow {
  const parameters: ParameterRow[] = [{ name: 'outputLength', type: 'number', min: 1, max: outputSize }];
  return { name, aliases: [of], family: 'xof', kinds: ['hash'], parameters, status: 'other', function: of, outputSize };
}

export const hashRows: readonly (HashRow | XofRow)[] = [
  ...hashNames.map(
    (name): HashRow => ({
      name,
      aliases: hashAliases(name),
      family: 'hash',
      kinds: ['hash'],
      parameters: [],
      status: hashStatus(name),
      hash: name,
      outputSize: hashSizes[name],
    }),
  ),
  xof('SHAKE-128', 32),
  xof('SHAKE-256', 64),
  xof('cSHAKE-128', 32),
  xof('cSHAKE-256', 64),
  blake2('BLAKE2b-512', 'BLAKE2b', 64),
  blake2('BLAKE2s-256', 'BLAKE2s', 32),
];
