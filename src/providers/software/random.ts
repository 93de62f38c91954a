/**
 * Random bytes from OpenSSL's CTR-DRBG (NIST SP 800-90A), which is seeded and reseeded from the kernel. A caller's seed is taken and
 * ignored: node:crypto offers no way to stir it in, and the generator needs none.
 */
import { randomFill, randomFillSync } from 'node:crypto';
import { promisify } from 'node:util';
import type { Answer } from '../contract.js';

const fillOnPool = promisify<Uint8Array, Uint8Array>(randomFill);

/** Bytes that are made in line; more goes to the thread pool. */
const inLine = 64 * 1024;

export function randomBytes(size: number): Answer<Uint8Array> {
  const bytes = new Uint8Array(new ArrayBuffer(size));
  return size <= inLine ? randomFillSync(bytes) : fillOnPool(bytes);
}
