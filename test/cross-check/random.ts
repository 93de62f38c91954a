/** Random values that are the same for the same seed. Nothing here is for secrets. */
import { type Cipher, createCipheriv, createHash } from 'node:crypto';

/** Around the borders of blocks of hashes and ciphers, and of their padding. */
const borders = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 55, 56, 63, 64, 65, 71, 72, 103, 104, 111, 112, 119, 120, 127, 128, 129];
const moreBorders = [135, 136, 137, 143, 144, 145, 167, 168, 169, 255, 256, 257, 511, 512, 1023, 1024, 1025, 4095, 4096, 4097];
const allBorders: readonly number[] = [...borders, ...moreBorders];

export class Random {
  readonly #stream: Cipher;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    this.#stream = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16));
  }

  bytes(size: number): Uint8Array {
    return Uint8Array.from(this.#stream.update(new Uint8Array(size)));
  }

  /** A whole number from `min` to `max`, both inclusive. */
  between(min: number, max: number): number {
    return min + (Buffer.from(this.bytes(6)).readUIntBE(0, 6) % (max - min + 1));
  }

  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  /** @throws TypeError for an empty list */
  pick<T>(list: readonly T[]): T {
    const found = list[this.between(0, list.length - 1)];
    if (found === undefined) throw new TypeError('there is nothing to pick from');
    return found;
  }

  /** A size for a message: borders of blocks as often as anything else. */
  size(min = 0, max = 8192): number {
    const fitting = allBorders.filter((size) => size >= min && size <= max);
    if (fitting.length > 0 && this.chance(50)) return this.pick(fitting);
    return this.between(min, this.chance(70) ? Math.min(max, min + 300) : max);
  }

  /** Of a random size. */
  message(min = 0, max = 8192): Uint8Array {
    return this.bytes(this.size(min, max));
  }
}
