/** PBKDF2 (RFC 8018 section 5.2). */
import { pbkdf2 as nodePbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { KdfSpec } from '../contract.js';
import { digestNames } from '../digest-names.js';
import { bytesOf, hashOf, numberOf } from './parameters.js';
import { plainBytes } from './plain-bytes.js';

const run = promisify(nodePbkdf2);

/** `salt` and `iterationCount`; on libuv's threads. */
export async function pbkdf2(spec: KdfSpec, secret: Uint8Array, size: number): Promise<Uint8Array> {
  const salt = bytesOf(spec.parameters, 'salt');
  return plainBytes(await run(secret, salt, numberOf(spec.parameters, 'iterationCount'), size, digestNames[hashOf(spec)]));
}
