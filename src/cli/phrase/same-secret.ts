import { timingSafeEqual } from 'node:crypto';
import { secretMemory, wipe } from '../secret-memory.js';

/** Whether two secrets are equal, in a time that tells nothing of either, not even its length. Both have at most `longest` bytes. */
export function sameSecret(a: Uint8Array, b: Uint8Array, longest: number): boolean {
  const [first, second] = [padded(a, longest), padded(b, longest)];
  try {
    return timingSafeEqual(first, second);
  } finally {
    wipe(first, second);
  }
}

/** The end is marked: zeros behind a secret are not zeros at its end. */
function padded(bytes: Uint8Array, longest: number): Uint8Array {
  const room = secretMemory(longest + 1);
  room.set(bytes);
  room[bytes.length] = 1;
  return room;
}
