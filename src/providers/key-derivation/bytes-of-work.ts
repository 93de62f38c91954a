import { hashSizes, type KdfRow } from '../../core/algorithms.js';
import type { KdfSpec } from '../contract.js';

function blockSize(row: KdfRow, size: number): number {
  if (row.prf === 'cmac') return 16;
  return row.hash === undefined ? size : hashSizes[row.hash];
}

/**
 * At most so many bytes are hashed, but for counters and padding, to derive `size` bytes from a secret of `secretSize`; tells what may
 * run in line. Parameters go into every block, so 64 KiB of each with an output of 64 KiB make half a second of work. Not for slow rows, whose
 * cost is in their parameters.
 */
export function bytesOfWork({ algorithm, parameters }: KdfSpec, secretSize: number, size: number): number {
  const given = Object.values(parameters).reduce<number>((sum, value) => sum + (value instanceof Uint8Array ? value.length : 0), 0);
  const twice = algorithm.function === 'tls12-prf' || algorithm.function.endsWith('-dp') || parameters.mode === 'double-pipeline';
  const blocks = Math.ceil(size / blockSize(algorithm, size)) * (twice ? 2 : 1);
  return blocks * (secretSize + given) + size;
}
