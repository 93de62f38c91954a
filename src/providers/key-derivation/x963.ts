/** The derivation of ANS X9.63, also SEC 1 section 3.6.1. */
import { hashSizes } from '../../core/algorithms.js';
import type { KdfSpec } from '../contract.js';
import { counterBytes, fillBlocks, mostBlocksOf32Bits } from './blocks.js';
import { bytesOf, hashOf } from './parameters.js';
import { digest } from './prf.js';

/** H(Z ‖ counter ‖ `seed`, the shared info). */
export function x963(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const hash = hashOf(spec);
  const info = bytesOf(spec.parameters, 'seed');
  return fillBlocks(size, hashSizes[hash], mostBlocksOf32Bits, (number) => digest(hash, secret, counterBytes(number, 4), info));
}
