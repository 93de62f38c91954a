/** Key derivation. `Salt` is the context where a standard has no salt. */
import { concat } from '../../bytes.js';
import type { CaseBody, Derivation, KeyMaterial } from '../../case.js';
import { aesKey, genericSecret } from '../../key-encodings.js';
import { digestSizes, hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { type BotanFamily, bytes, type Fields, get, text } from './family.js';

function kdfCase(secret: KeyMaterial, kdf: Derivation['kdf'], output: Uint8Array): CaseBody {
  return { family: 'kdf', derivations: [{ secret, kdf, output, bits: output.length * 8 }] };
}
const of = (fields: Fields, kdf: Derivation['kdf']): CaseBody =>
  kdfCase(genericSecret(bytes(fields, 'Secret')), kdf, bytes(fields, 'Output'));

/** `HMAC(SHA-256)`, `CMAC(AES-128)`, `SHA-256`, `KMAC-128`. */
function prfOf(name: string): string {
  const hmac = /^HMAC\((.*)\)$/.exec(name)?.[1];
  if (hmac !== undefined) return `HMAC-${hashName(hmac)}`;
  if (/^CMAC\(AES/.test(name)) return 'CMAC';
  if (/^KMAC/.test(name)) return name;
  return /^CMAC/.test(name) ? skip('algorithm', name) : hashName(name);
}

/** In so many bits, big-endian. */
function lengthField(value: number, bits: number): Uint8Array {
  const whole = new Uint8Array(4);
  new DataView(whole.buffer).setUint32(0, value);
  return whole.subarray(4 - bits / 8);
}

const modes: Readonly<Record<string, string>> = { Counter: 'CTR', Feedback: 'FB', Pipeline: 'DP' };

function sp800108(mode: string, prfText: string, counterBits: number, lengthBits: number, fields: Fields): CaseBody {
  const prf = prfOf(prfText);
  const secret = bytes(fields, 'Secret');
  const output = bytes(fields, 'Output');
  const salt = bytes(fields, 'Salt');
  const size = prf === 'CMAC' ? 16 : (digestSizes[prf.replace(/^HMAC-/, '')] ?? 0);
  // Botan's feedback mode takes the IV from the start of what it calls the salt.
  const cut = mode === 'Feedback' && salt.length >= size ? size : 0;
  const fixedInput = concat(bytes(fields, 'Label'), Uint8Array.of(0), salt.subarray(cut), lengthField(output.length * 8, lengthBits));
  const kdf = {
    kdfAlgorithm: `SP800-108-${modes[mode]}-${prf}`,
    fixedInput,
    counterLength: counterBits,
    counterLocation: 'before-fixed',
    ...(cut > 0 && { iv: salt.subarray(0, cut) }),
  };
  return kdfCase(prf === 'CMAC' ? aesKey(secret) : genericSecret(secret), kdf, output);
}

function twoStep(prfText: string, fields: Fields): CaseBody {
  const output = bytes(fields, 'Output');
  const seed = concat(bytes(fields, 'Label'), Uint8Array.of(0), lengthField(output.length * 8, 32));
  return of(fields, {
    kdfAlgorithm: `SP800-56C-2STEP-${prfOf(prfText)}`,
    salt: bytes(fields, 'Salt'),
    seed,
    mode: 'feedback',
    counterLength: 32,
    counterLocation: 'before-fixed',
  });
}

function oneStep(name: string, fields: Fields): CaseBody {
  const prf = prfOf(name);
  const salted = /^[HK]MAC/.test(prf) && { salt: bytes(fields, 'Salt') };
  return of(fields, { kdfAlgorithm: `SP800-56C-1STEP-${prf}`, seed: bytes(fields, 'Label'), ...salted });
}

const otherVariants: ReadonlySet<string> = new Set(['Argon2d', 'Argon2i']);

export const kdfs: readonly BotanFamily[] = [
  {
    section: /^HKDF\(HMAC\((.*)\)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) => of(f, { kdfAlgorithm: `HKDF-${hashName(hash)}`, salt: bytes(f, 'Salt'), label: bytes(f, 'Label') }),
  },
  {
    section: /^HKDF-Extract\(HMAC\((.*)\)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) => {
      if (bytes(f, 'Output').length !== digestSizes[hashName(hash)]) skip('bounds', 'extraction cut short');
      return of(f, { kdfAlgorithm: `HKDF-Extract-${hashName(hash)}`, salt: bytes(f, 'Salt') });
    },
  },
  {
    section: /^HKDF-Expand\(HMAC\((.*)\)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) =>
      of(f, { kdfAlgorithm: `HKDF-Expand-${hashName(hash)}`, label: concat(bytes(f, 'Label'), bytes(f, 'Salt')) }),
  },
  {
    section: /^KDF2\((.*)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) => of(f, { kdfAlgorithm: `X963-KDF-${hashName(hash)}`, seed: concat(bytes(f, 'Label'), bytes(f, 'Salt')) }),
  },
  {
    section: /^SP800-108-(Counter|Feedback|Pipeline)\(((?:HMAC|CMAC)\(.*?\)\)?)(?:,(\d+),(\d+))?\)$/,
    last: 'Output',
    read: ([, mode = '', prf = '', counter = '32', length = '32'], f) => sp800108(mode, prf, Number(counter), Number(length), f),
  },
  { section: /^SP800-56A\((.*)\)$/, last: 'Output', read: ([, name = ''], f) => oneStep(name, f) },
  { section: /^SP800-56C\((.*)\)$/, last: 'Output', read: ([, prf = ''], f) => twoStep(prf, f) },
  {
    section: /^TLS-12-PRF\(HMAC\((.*)\)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) => of(f, { kdfAlgorithm: `TLS12-PRF-${hashName(hash)}`, label: bytes(f, 'Label'), seed: bytes(f, 'Salt') }),
  },
  {
    section: /^PBKDF2\(HMAC\((.*)\)\)$/,
    last: 'Output',
    read: ([, hash = ''], f) => {
      const kdf = { kdfAlgorithm: `PBKDF2-${hashName(hash)}`, salt: bytes(f, 'Salt'), iterationCount: Number(get(f, 'Iterations')) };
      return kdfCase(genericSecret(text(f, 'Passphrase')), kdf, bytes(f, 'Output'));
    },
  },
  {
    section: /^$/,
    last: 'Output',
    has: ['Passphrase', 'N', 'R', 'P'],
    read: (_, f) => {
      const numbers = { iterationCount: Number(get(f, 'N')), memory: Number(get(f, 'R')), parallelism: Number(get(f, 'P')) };
      return kdfCase(
        genericSecret(text(f, 'Passphrase')),
        { kdfAlgorithm: 'scrypt', salt: bytes(f, 'Salt'), ...numbers },
        bytes(f, 'Output'),
      );
    },
  },
  {
    section: /^(Argon2(?:d|i|id))$/,
    last: 'Output',
    has: ['M', 'T', 'P'],
    read: ([, variant = ''], f) => {
      if (otherVariants.has(variant)) skip('algorithm', variant);
      const numbers = { iterationCount: Number(get(f, 'T')), memory: Number(get(f, 'M')), parallelism: Number(get(f, 'P')) };
      const more = { ...(f.has('AD') && { label: bytes(f, 'AD') }), ...(f.has('Secret') && { seed: bytes(f, 'Secret') }) };
      return kdfCase(
        genericSecret(bytes(f, 'Passphrase')),
        { kdfAlgorithm: 'Argon2id', salt: bytes(f, 'Salt'), ...numbers, ...more },
        bytes(f, 'Output'),
      );
    },
  },
];
