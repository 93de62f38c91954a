/** Key derivation: CAVP's SP 800-108 and X9.63, and the texts of pyca for HKDF, PBKDF2, scrypt and Argon2. */
import { hex } from '../../bytes.js';
import { type CaseBody, type Derivation, readCase, type VectorCase } from '../../case.js';
import { aesKey, genericSecret } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import { type CavpFile, hint } from './hints.js';

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'latin1'));

function one(test: Stanza, read: () => Derivation): VectorCase[] {
  return [readCase(test.name, 'valid', (): CaseBody => ({ family: 'kdf', derivations: [read()] }))];
}

/** pyca's have the salt's name in small letters, and no salt where the RFC has none. */
export function readHkdf(test: Stanza, file: CavpFile): VectorCase[] {
  return one(test, () => {
    const hash = hashName(test.find('Hash') ?? hint(file, /SHA-?\d+/)?.[0] ?? skip('notGiven', 'hash'));
    const output = hex(test.get('OKM'));
    return {
      secret: genericSecret(hex(test.get('IKM'))),
      kdf: { kdfAlgorithm: `HKDF-${hash}`, salt: hex(test.find('salt') ?? ''), label: hex(test.find('info') ?? '') },
      output,
      bits: output.length * 8,
    };
  });
}

export function readX963(test: Stanza): VectorCase[] {
  return one(test, () => {
    const hash = test.labels.find((label) => /^SHA/.test(label)) ?? skip('notGiven', 'hash');
    const output = hex(test.get('key_data'));
    return {
      secret: genericSecret(hex(test.get('Z'))),
      kdf: { kdfAlgorithm: `X963-KDF-${hashName(hash)}`, seed: hex(test.find('SharedInfo') ?? '') },
      output,
      bits: output.length * 8,
    };
  });
}

const locations: Readonly<Record<string, string>> = {
  BEFORE_FIXED: 'before-fixed',
  AFTER_FIXED: 'after-fixed',
  MIDDLE_FIXED: 'middle-fixed',
  BEFORE_ITER: 'before-iterator',
};

/** The mode is said at the top. Fixed input with the counter inside is given in two parts. */
export function readKbkdf(test: Stanza, file: CavpFile): VectorCase[] {
  return one(test, () => {
    const prf = test.settings.get('prf') ?? '';
    const cmac = /^CMAC_AES\d+$/.test(prf);
    const hash = /^HMAC_(SHA[\d_]+)$/.exec(prf)?.[1];
    if (!cmac && hash === undefined) skip('algorithm', `SP 800-108 with ${prf}`);
    const mode = hint(file, /Feedback/i) !== undefined ? 'FB' : hint(file, /Double[- ]?Pipeline/i) !== undefined ? 'DP' : 'CTR';
    const before = test.find('DataBeforeCtrData');
    const fixedInput = hex(test.find('FixedInputData') ?? `${before ?? ''}${test.find('DataAfterCtrData') ?? ''}`);
    const location = locations[test.settings.get('ctrlocation') ?? ''] ?? 'none';
    const counter =
      location === 'none'
        ? { counterLocation: location }
        : {
            counterLocation: location,
            counterLength: Number.parseInt(test.settings.get('rlen') ?? '', 10),
            ...(location === 'middle-fixed' && { counterOffset: (before ?? '').length * 4 }),
          };
    const iv = test.find('IV') ?? '';
    const key = hex(test.get('KI'));
    return {
      secret: cmac ? aesKey(key) : genericSecret(key),
      kdf: {
        kdfAlgorithm: `SP800-108-${mode}-${cmac ? 'CMAC' : `HMAC-${hashName((hash ?? '').replace('_', '/'))}`}`,
        fixedInput,
        ...counter,
        ...(mode === 'FB' && iv !== '' && { iv: hex(iv) }),
      },
      output: hex(test.get('KO')),
      bits: Number(test.get('L')),
    };
  });
}

const escapes: Readonly<Record<string, string>> = { '0': '\0' };
/** Passwords as they are, with C's escape for a zero byte. */
function plain(value: string): Uint8Array {
  return text(value.replace(/\\(0)/g, (_, code: string) => escapes[code] ?? code));
}

export function readPbkdf2(test: Stanza, file: CavpFile): VectorCase[] {
  return one(test, () => {
    const hash = hint(file, /SHA-?\d+/i)?.[0] ?? skip('notGiven', 'hash');
    const output = hex(test.get('DERIVED_KEY'));
    return {
      secret: genericSecret(plain(test.get('PASSWORD'))),
      kdf: { kdfAlgorithm: `PBKDF2-${hashName(hash)}`, salt: plain(test.get('SALT')), iterationCount: Number(test.get('ITERATIONS')) },
      output,
      bits: output.length * 8,
    };
  });
}

export function readScrypt(test: Stanza): VectorCase[] {
  return one(test, () => {
    const output = hex(test.get('DERIVED_KEY'));
    return {
      secret: genericSecret(plain(test.get('PASSWORD'))),
      kdf: {
        kdfAlgorithm: 'scrypt',
        salt: plain(test.get('SALT')),
        iterationCount: Number(test.get('N')),
        memory: Number(test.get('r')),
        parallelism: Number(test.get('p')),
      },
      output,
      bits: output.length * 8,
    };
  });
}

export function readArgon2(test: Stanza, file: CavpFile): VectorCase[] {
  return one(test, () => {
    const variant = hint(file, /argon2(id|i|d)(?![a-z])/i)?.[1]?.toLowerCase() ?? 'id';
    if (variant !== 'id') skip('algorithm', `Argon2${variant}`);
    const [ad, secret] = [test.find('ad'), test.find('secret')];
    const output = hex(test.get('output'));
    return {
      secret: genericSecret(hex(test.find('pass') ?? '')),
      kdf: {
        kdfAlgorithm: 'Argon2id',
        salt: hex(test.get('salt')),
        iterationCount: Number(test.get('iter')),
        memory: Number(test.get('memcost')),
        parallelism: Number(test.get('lanes')),
        ...(ad !== undefined && { label: hex(ad) }),
        ...(secret !== undefined && { seed: hex(secret) }),
      },
      output,
      bits: output.length * 8,
    };
  });
}
