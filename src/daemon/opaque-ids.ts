/**
 * Ids of resources: below 2⁵³, a table index in the low 20 bits and a part above it that no client can predict and that never
 * repeats: a keyed permutation of a counter (four Feistel rounds whose round functions are random tables, drawn at start).
 */
import { randomFillSync } from 'node:crypto';

const indexBits = 20;
const indexSpan = 1 << indexBits;
export const maxIndex = indexSpan - 1;

export class OpaqueIds {
  readonly #rounds = Array.from({ length: 4 }, () => randomFillSync(new Uint16Array(0x10000)));
  #counter = 0;

  /** The unpredictable part of the next id: 32 bits, never 0. */
  nextSecretPart(): number {
    for (;;) {
      const part = this.#permute(this.#counter);
      this.#counter = (this.#counter + 1) >>> 0;
      if (part !== 0) return part;
    }
  }

  #permute(value: number): number {
    let left = value >>> 16;
    let right = value & 0xffff;
    for (const round of this.#rounds) {
      const next = left ^ (round[right] as number);
      left = right;
      right = next;
    }
    return ((left << 16) | right) >>> 0;
  }
}

export function joinId(secretPart: number, index: number): number {
  return secretPart * indexSpan + index;
}
export function indexOfId(id: number): number {
  return id % indexSpan;
}
export function secretPartOfId(id: number): number {
  return Math.floor(id / indexSpan);
}
