import { allocateSecret, wipe } from '../key-encoding/secret-bytes.js';
import { refuse } from './refuse.js';

/**
 * `size` bytes of the blocks 1, 2, … of `blockSize` bytes each, in fresh memory that the caller wipes. `block` is told its number and
 * the block before it (empty for the first), and gives memory that is wiped here.
 * @throws INVALID_ARGUMENT with field `keyLength` for more than `mostBlocks`
 */
export function fillBlocks(
  size: number,
  blockSize: number,
  mostBlocks: number,
  block: (number: number, previous: Uint8Array) => Uint8Array,
): Uint8Array {
  if (Math.ceil(size / blockSize) > mostBlocks)
    refuse('kdf.outputKeyLength', `at most ${mostBlocks * blockSize} bytes can be derived this way`);
  const output = allocateSecret(size);
  try {
    for (let start = 0, number = 1; start < size; start += blockSize, number++) {
      const next = block(number, output.subarray(Math.max(0, start - blockSize), start));
      output.set(next.subarray(0, size - start), start);
      wipe(next);
    }
    return output;
  } catch (error) {
    wipe(output);
    throw error;
  }
}

/** Big-endian in `size` bytes, 1 to 4. */
export function counterBytes(value: number, size: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes.subarray(4 - size);
}

/** Of a counter of 32 bits that starts at 1. */
export const mostBlocksOf32Bits = 2 ** 32 - 1;
