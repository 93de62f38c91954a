/** CAVP's SHA ShortMsg, LongMsg and Monte, and HMAC. */
import { firstBits, hex } from '../bytes.js';
import { readCase, SkippedTest, type VectorCase } from '../case.js';
import { hashName } from '../names.js';
import { type CavpFile, hint } from './cavp-hints.js';
import type { Stanza } from './pairs.js';

const bySize: Readonly<Record<string, string>> = { '20': 'SHA-1', '28': 'SHA-224', '32': 'SHA-256', '48': 'SHA-384', '64': 'SHA-512' };

/** By the comments or the path, else by the digest's size in the section `[L = 32]`. */
function hashOf(file: CavpFile, stanza: Stanza | undefined): string {
  const named = hint(
    file,
    /(?<![A-Za-z0-9])(SHA-?3[-_]\d{3}|SHAKE-?\d{3}|SHA-?512[/_-](?:224|256)|SHA-?(?:1|224|256|384|512)|MD5|SM3|RIPEMD-?160|BLAKE2\w+)(?!\d)/i,
  );
  if (named?.[1] !== undefined)
    return hashName(
      named[1]
        .replace('_', '/')
        .replace(/^(SHA-?3)\//i, '$1-')
        .replace(/^(SHA-?512)-/i, '$1/'),
    );
  const size = stanza?.settings.get('l') ?? '';
  const name = bySize[size];
  if (name === undefined) throw new SkippedTest('algorithm not in this version: unnamed hash');
  return name;
}

export function readCavpHash(stanza: Stanza, file: CavpFile): VectorCase[] {
  return [
    readCase(stanza.name, 'valid', () => {
      const bits = stanza.find('Len');
      const message = bits === undefined ? hex(stanza.get('Msg')) : firstBits(stanza.get('Msg'), Number(bits));
      if (message === undefined) throw new SkippedTest('message is not a whole number of bytes');
      return { family: 'hash', algorithm: hashOf(file, stanza), message: { bytes: message, times: 1 }, digest: hex(stanza.get('MD')) };
    }),
  ];
}

/** Each COUNT is a test of its own that begins with the digest before it. */
export function readCavpMonteCarlo(file: CavpFile): VectorCase[] | undefined {
  const cases: VectorCase[] = [];
  let seed: string | undefined;
  for (const stanza of file.document.stanzas) {
    seed = stanza.find('Seed') ?? seed;
    if (!stanza.has('MD')) continue;
    const [from, to] = [seed, stanza.get('MD')];
    if (from === undefined) return undefined;
    cases.push(
      readCase(stanza.name, 'valid', () => {
        if (from === '?' || to === '?') throw new SkippedTest('the answer is not given');
        return { family: 'hashChain', algorithm: hashOf(file, stanza), seed: hex(from), results: [hex(to)], seedLength: undefined };
      }),
    );
    seed = to;
  }
  return cases.length === 0 ? undefined : cases;
}

export function readCavpHmac(stanza: Stanza, file: CavpFile): VectorCase[] {
  return [
    readCase(stanza.name, 'valid', () => {
      const mac = hex(stanza.find('Mac') ?? stanza.get('MD'));
      const message = hex(stanza.get('Msg'));
      const key = hex(stanza.get('Key'));
      return {
        family: 'mac',
        algorithm: `HMAC-${hashOf(file, stanza)}`,
        key,
        message: { bytes: message, times: 1 },
        mac,
        macLength: mac.length,
      };
    }),
  ];
}
