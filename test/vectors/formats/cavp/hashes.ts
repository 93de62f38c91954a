/** CAVP's SHA and SHAKE: ShortMsg, LongMsg, VariableOut and Monte; HMAC and CMAC. */
import { firstBits, hex } from '../../bytes.js';
import { type CaseBody, readCase, type VectorCase } from '../../case.js';
import { aesKey, secretKey } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import { type CavpFile, hint } from './hints.js';

const bySize: Readonly<Record<string, string>> = { '20': 'SHA-1', '28': 'SHA-224', '32': 'SHA-256', '48': 'SHA-384', '64': 'SHA-512' };
const hashWord =
  /(?<![A-Za-z0-9])(SHA-?3[-_]\d{3}|SHAKE-?\d{3}|SHA-?512[/_-](?:224|256)|SHA-?(?:1|224|256|384|512)|MD5|SM3|RIPEMD-?160|BLAKE2\w+)(?!\d)/i;

/** By the comments or the path, else by the digest's size in the section `[L = 32]`. */
export function hashOf(file: CavpFile, test: Stanza | undefined): string {
  const named = hint(file, hashWord)?.[1];
  if (named !== undefined) {
    const plain = named
      .replace('_', '/')
      .replace(/^(SHA-?3)\//i, '$1-')
      .replace(/^(SHA-?512)-/i, '$1/');
    return hashName(plain);
  }
  return bySize[test?.settings.get('l') ?? ''] ?? skip('algorithm', 'unnamed hash');
}

export function readHash(test: Stanza, file: CavpFile): VectorCase[] {
  return [readCase(test.name, 'valid', () => hashCase(test, file))];
}

function hashCase(test: Stanza, file: CavpFile): CaseBody {
  const text = test.find('Msg') ?? '';
  const bits = test.find('Len') ?? test.settings.get('input length');
  const message = bits === undefined ? hex(text) : (firstBits(text, Number(bits)) ?? skip('bits', 'message'));
  const output = test.find('Output');
  const digest = hex(output ?? test.get('MD'));
  const digestBits = output === undefined ? digest.length * 8 : Number(test.find('Outputlen') ?? test.settings.get('outputlen'));
  return {
    family: 'hash',
    algorithm: hashOf(file, test),
    parameters: output === undefined ? {} : { outputLength: digest.length },
    message: { bytes: message, times: 1 },
    digest,
    digestBits: Number.isNaN(digestBits) ? digest.length * 8 : digestBits,
  };
}

/** Each COUNT is a test of its own that begins with the digest before it; those of functions with any output are one. */
export function readMonteCarlo(file: CavpFile, records: readonly Stanza[]): VectorCase[] | undefined {
  const maximum = records.map(({ settings }) => settings.get('maximum output length (bits)')).find((value) => value !== undefined);
  if (maximum !== undefined) return readXofMonteCarlo(file, records, Number(maximum));
  const cases: VectorCase[] = [];
  let seed = file.document.stanzas.map((stanza) => stanza.find('Seed')).find((value) => value !== undefined);
  for (const test of records) {
    if (!test.has('MD')) continue;
    const [from, to] = [seed, test.get('MD')];
    if (from === undefined) return undefined;
    cases.push(readCase(test.name, 'valid', () => chainCase(file, test, from, to)));
    seed = to;
  }
  return cases.length === 0 ? undefined : cases;
}

function chainCase(file: CavpFile, test: Stanza, from: string, to: string): CaseBody {
  if (from === '?' || to === '?') skip('notGiven', 'answer');
  const algorithm = hashOf(file, test);
  return {
    family: 'hashChain',
    algorithm,
    chain: algorithm.startsWith('SHA3') ? 'sha3' : 'sha',
    seed: hex(from),
    results: [hex(to)],
    seedLength: undefined,
    outputBounds: undefined,
  };
}

function readXofMonteCarlo(file: CavpFile, records: readonly Stanza[], max: number): VectorCase[] {
  const first = records[0];
  if (first === undefined) return [];
  return [
    readCase(first.name, 'valid', () => ({
      family: 'hashChain',
      algorithm: hashOf(file, first),
      chain: 'shake',
      seed: hex(first.get('Msg')),
      results: records.map((test) => hex(test.get('Output'))),
      seedLength: undefined,
      outputBounds: { min: Number(first.settings.get('minimum output length (bits)')), max, step: 8 },
    })),
  ];
}

export function readHmac(test: Stanza, file: CavpFile): VectorCase[] {
  return [
    readCase(test.name, 'valid', () => {
      const name = `HMAC-${hashOf(file, test)}`;
      return macCase(name, secretKey(name, hex(test.get('Key'))), hex(test.get('Msg')), hex(test.find('Mac') ?? test.get('MD')));
    }),
  ];
}

/** CAVP's own CMAC files say whether a MAC is right. */
export function readCmac(test: Stanza, _file: CavpFile): VectorCase[] {
  const verdict = /^F/.test(test.find('Result') ?? 'P') ? 'invalid' : 'valid';
  return [
    readCase(test.name, verdict, () => {
      if (test.has('Key1')) skip('algorithm', 'CMAC of Triple-DES');
      const message = test.find('Message') ?? test.find('Msg') ?? '';
      const length = test.find('Mlen');
      const bytes = length === '0' ? new Uint8Array(0) : hex(message);
      return macCase('AES-CMAC', aesKey(hex(test.get('Key'))), bytes, hex(test.find('Output') ?? test.get('Mac')));
    }),
  ];
}

function macCase(algorithm: string, key: ReturnType<typeof secretKey>, message: Uint8Array, mac: Uint8Array): CaseBody {
  return {
    family: 'mac',
    algorithm,
    key,
    iv: undefined,
    parameters: {},
    message: { bytes: message, times: 1 },
    mac,
    macLength: mac.length,
  };
}
