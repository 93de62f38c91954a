/** Key derivation that a token's host does by itself, because the token has none. */
import { KeyslotError } from '../../core/errors.js';
import type { KdfSpec } from '../contract.js';
import { bytesOfWork } from '../key-derivation/bytes-of-work.js';

/** Bytes to hash. */
const mostWork = 4 << 20;
/** Of a shared secret; as many as the largest curve gives. */
const longestSecret = 66;

/**
 * The host derives by itself what the token does not, and nothing stops it but the end of its process, with the keys of everybody: so it does no
 * work that takes long. @throws UNSUPPORTED_ALGORITHM, INVALID_ARGUMENT
 */
export function assertQuick(kdf: KdfSpec, size: number): void {
  const { name, slow } = kdf.algorithm;
  if (slow) {
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `${name} stretches passwords; it does not follow a key agreement on a token`, {
      field: 'kdf.kdfAlgorithm',
    });
  }
  if (bytesOfWork(kdf, longestSecret, size) <= mostWork) return;
  throw new KeyslotError(
    'INVALID_ARGUMENT',
    `${name} would hash more than ${mostWork >> 20} MiB in the token's host: ask for less output or give less input`,
    {
      field: 'kdf',
    },
  );
}
