/**
 * Functions with output of any length: SHAKE (FIPS 202 6.2) by node:crypto, cSHAKE (SP 800-185 section 3) by @noble/hashes, BLAKE2
 * (RFC 7693) by node:crypto at full length and by @noble/hashes at others, which are functions of their own and no cut.
 */
import { createHash } from 'node:crypto';
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { cshake128, cshake256 } from '@noble/hashes/sha3-addons.js';
import type { XofRow } from '../../core/algorithms.js';
import type { ParameterValues } from '../contract.js';
import type { HashMaking } from './hash.js';
import { hasOpenSslHash } from './openssl.js';
import { javaScriptPace, nativePace } from './paced.js';

type Xof = (outputLength: number, parameters: ParameterValues) => HashMaking;
type Create = (options: { dkLen: number; personalization: Uint8Array; NISTfn: Uint8Array }) => ReturnType<HashMaking['start']>;

const nothing = new Uint8Array(0);

function bytes(value: ParameterValues[string]): Uint8Array {
  return value instanceof Uint8Array ? value : nothing;
}

function shake(name: string): Xof {
  return (outputLength) => ({ start: () => createHash(name, { outputLength }), pace: nativePace });
}

/** Without a function name and a customization it is SHAKE. */
function cshake(create: Create, plain: Xof): Xof {
  return (dkLen, parameters) => {
    const [NISTfn, personalization] = [bytes(parameters.functionName), bytes(parameters.customization)];
    if (NISTfn.length === 0 && personalization.length === 0) return plain(dkLen, parameters);
    return { start: () => create({ dkLen, personalization, NISTfn }), pace: javaScriptPace };
  };
}

function blake2(create: (options: { dkLen: number }) => ReturnType<HashMaking['start']>, name: string, fullLength: number): Xof {
  const native = hasOpenSslHash(name);
  return (dkLen) =>
    native && dkLen === fullLength
      ? { start: () => createHash(name), pace: nativePace }
      : { start: () => create({ dkLen }), pace: javaScriptPace };
}

interface Implementation {
  readonly make: Xof;
  /** OpenSSL's name, without which the function does not run here. */
  readonly needs?: string;
  readonly note?: string;
}

const implementations: Readonly<Record<XofRow['function'], Implementation>> = {
  'SHAKE-128': { make: shake('shake128'), needs: 'shake128' },
  'SHAKE-256': { make: shake('shake256'), needs: 'shake256' },
  'cSHAKE-128': { make: cshake(cshake128.create, shake('shake128')), note: 'with a name or customization by @noble/hashes' },
  'cSHAKE-256': { make: cshake(cshake256.create, shake('shake256')), note: 'with a name or customization by @noble/hashes' },
  BLAKE2b: { make: blake2(blake2b.create, 'blake2b512', 64), note: 'lengths below 64 bytes by @noble/hashes' },
  BLAKE2s: { make: blake2(blake2s.create, 'blake2s256', 32), note: 'lengths below 32 bytes by @noble/hashes' },
};

/** @param parameters `outputLength` in bytes; of cSHAKE also `functionName` and `customization` */
export function xofOf(algorithm: XofRow, parameters: ParameterValues): HashMaking {
  const outputLength = typeof parameters.outputLength === 'number' ? parameters.outputLength : algorithm.outputSize;
  return implementations[algorithm.function].make(outputLength, parameters);
}

export function hasXof({ function: name }: XofRow): boolean {
  if (!Object.hasOwn(implementations, name)) return false;
  const { needs } = implementations[name];
  return needs === undefined || hasOpenSslHash(needs);
}

/** Who does it, where that is not node:crypto. */
export function xofNote({ function: name }: XofRow): string | undefined {
  return implementations[name].note;
}
