/** Finds patterns, and long enough pieces of them, in a buffer: every window of eight bytes of every pattern is known beforehand. */
import type { Pattern } from './patterns.js';

interface Window {
  readonly pattern: Pattern;
  readonly offset: number;
  readonly first: number;
  readonly second: number;
}

export interface Found {
  readonly pattern: Pattern;
  readonly at: number;
  readonly length: number;
}

const filterBits = 24;

export class PatternIndex {
  readonly #filter = new Uint8Array(1 << (filterBits - 3));
  /** By the hash of all eight bytes. */
  readonly #windows = new Map<number, Window[]>();

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) {
      for (let offset = 0; offset + 8 <= pattern.bytes.length; offset++) this.#add(pattern, offset);
    }
  }

  #add(pattern: Pattern, offset: number): void {
    const first = pattern.bytes.readInt32LE(offset);
    const second = pattern.bytes.readInt32LE(offset + 4);
    // Runs of one byte are everywhere.
    if (first === second && first === ((first << 8) | (first & 0xff))) return;
    const hash = hashOf(first, second);
    const bit = hash >>> (32 - filterBits);
    this.#filter[bit >>> 3] = (this.#filter[bit >>> 3] ?? 0) | (1 << (bit & 7));
    const window = { pattern, offset, first, second };
    const known = this.#windows.get(hash);
    if (known === undefined) this.#windows.set(hash, [window]);
    else known.push(window);
  }

  /** Every longest run of a pattern in the buffer. */
  search(buffer: Buffer): Found[] {
    const found: Found[] = [];
    const reported = new Map<Pattern, number>();
    const filter = this.#filter;
    let first = 0;
    let second = 0;
    // The two words roll through the buffer; the window that ends at `end` begins seven bytes before.
    for (let end = 0; end < buffer.length; end++) {
      first = (first >>> 8) | (second << 24);
      second = (second >>> 8) | ((buffer[end] as number) << 24);
      if (first === 0 || end < 7) continue;
      const hash = hashOf(first, second);
      const bit = hash >>> (32 - filterBits);
      if (((filter[bit >>> 3] as number) & (1 << (bit & 7))) === 0) continue;
      const at = end - 7;
      for (const window of this.#windows.get(hash) ?? []) {
        if (window.first !== first || window.second !== second || at < (reported.get(window.pattern) ?? 0)) continue;
        const run = extend(buffer, at, window);
        if (run.length < window.pattern.least) continue;
        reported.set(window.pattern, run.at + run.length);
        found.push(run);
      }
    }
    return found;
  }
}

function hashOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second ^ (first >>> 15), 0x85ebca6b)) >>> 0;
}

function extend(buffer: Buffer, at: number, { pattern, offset }: Window): Found {
  const { bytes } = pattern;
  let before = 0;
  while (before < Math.min(at, offset) && buffer[at - before - 1] === bytes[offset - before - 1]) before += 1;
  let after = 8;
  while (at + after < buffer.length && offset + after < bytes.length && buffer[at + after] === bytes[offset + after]) after += 1;
  return { pattern, at: at - before, length: before + after };
}
