/** All derivations of the algorithm table, whatever asks for them. */
import type { KdfFunction } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { orElse } from '../answer.js';
import type { Answer, KdfSpec } from '../contract.js';
import { argon2id } from './argon2id.js';
import { hkdf, hkdfExpand, hkdfExtract } from './hkdf.js';
import { pbkdf2 } from './pbkdf2.js';
import { refuse } from './refuse.js';
import { scrypt } from './scrypt.js';
import { oneStep, twoStep } from './sp800-56c.js';
import { sp800108Counter, sp800108DoublePipeline, sp800108Feedback } from './sp800-108.js';
import { sp800108Kmac } from './sp800-108-kmac.js';
import { tls12Prf } from './tls12-prf.js';
import { tls13Hkdf } from './tls13-hkdf.js';
import { x963 } from './x963.js';

type Derivation = (spec: KdfSpec, secret: Uint8Array, size: number) => Answer<Uint8Array>;

const derivations: Readonly<Record<KdfFunction, Derivation>> = {
  hkdf,
  'hkdf-extract': hkdfExtract,
  'hkdf-expand': hkdfExpand,
  pbkdf2,
  'tls12-prf': tls12Prf,
  'tls13-hkdf': tls13Hkdf,
  'sp800-108-ctr': sp800108Counter,
  'sp800-108-fb': sp800108Feedback,
  'sp800-108-dp': sp800108DoublePipeline,
  'sp800-108-kmac': sp800108Kmac,
  x963,
  'sp800-56c-1step': oneStep,
  'sp800-56c-2step': twoStep,
  scrypt,
  argon2id,
};

/** Bits of the result are told to some functions in 32 bits. */
const longest = 2 ** 29 - 1;

function failed(error: unknown): never {
  if (error instanceof KeyslotError) throw error;
  throw new KeyslotError('KEY_DERIVATION_FAILED', 'the key could not be derived', { cause: error });
}

/**
 * `size` bytes derived from `secret`; the caller wipes them. `secret` stays the caller's and unchanged until the answer. The slow rows
 * (PBKDF2, scrypt, Argon2id) answer with a promise, the others in line.
 * @throws INVALID_ARGUMENT with field `keyLength` for a size the function can't give, `kdf.…` for parameters that contradict each
 * other, `key` for a secret of the wrong size; KEY_DERIVATION_FAILED when there is no memory
 */
export function deriveBytes(spec: KdfSpec, secret: Uint8Array, size: number): Answer<Uint8Array> {
  if (!Number.isInteger(size) || size < 1 || size > longest) refuse('kdf.outputKeyLength', `between 1 and ${longest} bytes can be derived`);
  return orElse(() => derivations[spec.algorithm.function](spec, secret, size), failed);
}
