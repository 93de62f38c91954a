/** scrypt (RFC 7914). */
import { scrypt as nodeScrypt, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { GiB } from '../../core/limits.js';
import type { KdfSpec } from '../contract.js';
import { bytesOf, numberOf } from './parameters.js';
import { plainBytes } from './plain-bytes.js';
import { refuse } from './refuse.js';

const run = promisify<Uint8Array, Uint8Array, number, ScryptOptions, Buffer>(nodeScrypt);

/**
 * `salt`, `iterationCount` (N), `memory` (r), `parallelism` (p); on libuv's threads. It takes 128·N·r bytes.
 * @throws INVALID_ARGUMENT for an N that is no power of two or too large for r (section 6), and above 1 GiB
 */
export async function scrypt({ parameters }: KdfSpec, secret: Uint8Array, size: number): Promise<Uint8Array> {
  const N = numberOf(parameters, 'iterationCount');
  const r = numberOf(parameters, 'memory');
  const p = numberOf(parameters, 'parallelism');
  const exponent = Math.log2(N);
  if (!Number.isInteger(exponent)) refuse('kdf.iterationCount', 'kdf.iterationCount must be a power of two');
  if (exponent >= 16 * r) refuse('kdf.iterationCount', `kdf.iterationCount must be below 2^${16 * r} with kdf.memory ${r}`);
  if (128 * N * r > GiB) refuse('kdf.memory', '128 · kdf.iterationCount · kdf.memory bytes must be 1 GiB at most');
  // Two blocks of scratch beside V, and the blocks of p.
  const maxmem = 128 * r * (N + 2 + p);
  return plainBytes(await run(secret, bytesOf(parameters, 'salt'), size, { N, r, p, maxmem }));
}
