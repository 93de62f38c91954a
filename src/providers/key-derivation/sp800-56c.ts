/** SP 800-56Cr2: derivation in one step (section 4) and in two (section 5), from a shared secret Z and `seed`, the fixed info. */
import { hashSizes } from '../../core/algorithms.js';
import type { KdfSpec, ParameterValues } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { counterBytes, fillBlocks, mostBlocksOf32Bits } from './blocks.js';
import { kmac, kmacStrength } from './macs.js';
import { bytesOf, hashOf } from './parameters.js';
import { cmacPrf, digest, hmac, type Prf, withHmac } from './prf.js';
import { refuse } from './refuse.js';
import { counterMode, counterOf, doublePipeline, feedbackMode } from './sp800-108.js';

/** Section 4.2: H(counter ‖ Z ‖ FixedInfo); with HMAC and KMAC under `salt`, by default zeros. */
export function oneStep(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const { algorithm, parameters } = spec;
  const info = bytesOf(parameters, 'seed');
  if (algorithm.prf !== 'hash' && algorithm.prf !== 'hmac') return oneStepKmac(spec, secret, size);
  const hash = hashOf(spec);
  const blocks = (h: (...parts: readonly Uint8Array[]) => Uint8Array): Uint8Array =>
    fillBlocks(size, hashSizes[hash], mostBlocksOf32Bits, (number) => h(counterBytes(number, 4), secret, info));
  if (algorithm.prf === 'hash') return blocks((...parts) => digest(hash, ...parts));
  // HMAC pads its key with zeros, so an empty salt is the default of zeros of the block's length.
  return withHmac(hash, bytesOf(parameters, 'salt'), (prf) => blocks(prf.apply));
}

const kdfCustomization = Buffer.from('KDF', 'latin1');
/** Section 4.1, table 3: bytes of the default salt. */
const kmacSaltSizes = { 128: 164, 256: 132 } as const;

/** One run that gives all of it. */
function oneStepKmac({ algorithm, parameters }: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const strength = kmacStrength(algorithm);
  const given = bytesOf(parameters, 'salt');
  const salt = given.length > 0 ? given : new Uint8Array(kmacSaltSizes[strength]);
  return kmac(strength, salt, [counterBytes(1, 4), secret, bytesOf(parameters, 'seed')], kdfCustomization, size);
}

function expand(parameters: ParameterValues, prf: Prf, size: number): Uint8Array {
  const info = bytesOf(parameters, 'seed');
  const counter = counterOf(parameters);
  const { mode = 'counter', iv } = parameters;
  if (mode === 'feedback') return feedbackMode(prf, counter, info, bytesOf(parameters, 'iv'), size);
  if (iv !== undefined) refuse('kdf.iv', 'kdf.iv is of feedback mode only');
  return mode === 'counter' ? counterMode(prf, counter, info, size) : doublePipeline(prf, counter, info, size);
}

/** Default of AES-128-CMAC; section 5.1, step 1. */
const zeroBlock = new Uint8Array(16);

/** Section 5.1: extraction under `salt`, then SP 800-108 in `mode`; after AES-CMAC of any key length with AES-128-CMAC. */
export function twoStep(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const { algorithm, parameters } = spec;
  const salt = bytesOf(parameters, 'salt');
  if (algorithm.prf === 'cmac') {
    const key = cmacPrf(salt.length > 0 ? salt : zeroBlock, 'kdf.salt').apply(secret);
    try {
      return expand(parameters, cmacPrf(key, 'key'), size);
    } finally {
      wipe(key);
    }
  }
  const hash = hashOf(spec);
  const key = hmac(hash, salt, secret);
  try {
    return withHmac(hash, key, (prf) => expand(parameters, prf, size));
  } finally {
    wipe(key);
  }
}
