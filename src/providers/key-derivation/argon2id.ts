/** Argon2id, version 0x13 (RFC 9106). */
import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { argon2idAsync } from '@noble/hashes/argon2.js';
import type { KdfSpec } from '../contract.js';
import { bytesOf, numberOf } from './parameters.js';
import { plainBytes } from './plain-bytes.js';
import { refuse } from './refuse.js';

interface Argon2Options {
  readonly message: Uint8Array;
  readonly nonce: Uint8Array;
  readonly secret: Uint8Array;
  readonly associatedData: Uint8Array;
  readonly parallelism: number;
  readonly memory: number;
  readonly passes: number;
  readonly tagLength: number;
}
type Argon2 = (type: 'argon2id', options: Argon2Options, callback: (error: Error | null, result: Buffer) => void) => void;

/** Of Node 24.7 and later. */
const { argon2 } = crypto as { argon2?: Argon2 };
const native = argon2 === undefined ? undefined : promisify(argon2);

/**
 * `salt`, `iterationCount` passes over `memory` KiB in `parallelism` lanes, `label` the associated data, `seed` the secret value.
 * On libuv's threads where Node has it, else on the caller's in turns of 10 ms.
 * @throws INVALID_ARGUMENT for less than 4 bytes and for less than 8 KiB a lane (section 3.1)
 */
export async function argon2id({ parameters }: KdfSpec, secret: Uint8Array, size: number): Promise<Uint8Array> {
  const passes = numberOf(parameters, 'iterationCount');
  const memory = numberOf(parameters, 'memory');
  const parallelism = numberOf(parameters, 'parallelism');
  if (size < 4) refuse('kdf.outputKeyLength', 'Argon2id gives 4 bytes at least');
  if (memory < 8 * parallelism) refuse('kdf.memory', 'kdf.memory must be 8 times kdf.parallelism at least');
  const nonce = bytesOf(parameters, 'salt');
  const associatedData = bytesOf(parameters, 'label');
  const secretValue = bytesOf(parameters, 'seed');
  if (native !== undefined) {
    const options = { message: secret, nonce, secret: secretValue, associatedData, parallelism, memory, passes, tagLength: size };
    return plainBytes(await native('argon2id', options));
  }
  const options = { t: passes, m: memory, p: parallelism, dkLen: size, key: secretValue, personalization: associatedData };
  return argon2idAsync(secret, nonce, options);
}
