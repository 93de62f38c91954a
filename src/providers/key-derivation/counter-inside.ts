import { refuse } from './refuse.js';

/**
 * How a counter stands in the middle of fixed input, `offset` bits after its start: what comes before, the counter, what comes after.
 * Lengths in bits, as SP 800-108 has them: the counter may begin inside a byte.
 * @throws INVALID_ARGUMENT with field `kdf.counterOffset` unless there is something on both sides
 */
export function counterInside(fixed: Uint8Array, offset: number): (counter: Uint8Array) => readonly Uint8Array[] {
  if (offset < 1 || offset >= 8 * fixed.length) {
    refuse('kdf.counterOffset', `kdf.counterOffset must be between 1 and ${8 * fixed.length - 1}, inside the fixed input`);
  }
  const whole = Math.floor(offset / 8);
  const shift = offset % 8;
  const before = fixed.subarray(0, whole);
  if (shift === 0) return (counter) => [before, counter, fixed.subarray(whole)];

  const split = fixed[whole] ?? 0;
  const after = fixed.subarray(whole + 1);
  const low = 0xff >> shift;
  return (counter) => {
    // The first bits of the split byte, the counter, and the byte's other bits.
    const joint = new Uint8Array(counter.length + 1);
    let carried = split & ~low;
    counter.forEach((byte, index) => {
      joint[index] = carried | (byte >> shift);
      carried = byte << (8 - shift);
    });
    joint[counter.length] = carried | (split & low);
    return [before, joint, after];
  };
}
