/** Finds patterns, and long enough pieces of them, in a buffer: every window of eight bytes of every pattern is known beforehand. */
import type { Pattern } from './patterns.js';

interface Window {
  readonly pattern: Pattern;
  readonly offset: number;
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
  readonly #windows = new Map<number, Window[]>();

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) {
      for (let offset = 0; offset + 8 <= pattern.bytes.length; offset++) this.#add(pattern, offset);
    }
  }

  #add(pattern: Pattern, offset: number): void {
    // Runs of one byte are everywhere.
    if (new Set(pattern.bytes.subarray(offset, offset + 8)).size < 2) return;
    const first = pattern.bytes.readUInt32LE(offset);
    const hash = hashOf(first);
    this.#filter[hash >>> 3] = (this.#filter[hash >>> 3] ?? 0) | (1 << (hash & 7));
    const window = { pattern, offset, second: pattern.bytes.readUInt32LE(offset + 4) };
    const known = this.#windows.get(first);
    if (known === undefined) this.#windows.set(first, [window]);
    else known.push(window);
  }

  /** Every longest run of a pattern in the buffer. */
  search(buffer: Buffer): Found[] {
    const found: Found[] = [];
    const reported = new Map<Pattern, number>();
    for (let at = 0; at + 8 <= buffer.length; at++) {
      const first = buffer.readUInt32LE(at);
      if (first === 0) continue;
      const hash = hashOf(first);
      if (((this.#filter[hash >>> 3] ?? 0) & (1 << (hash & 7))) === 0) continue;
      for (const window of this.#windows.get(first) ?? []) {
        if (buffer.readUInt32LE(at + 4) !== window.second || at < (reported.get(window.pattern) ?? 0)) continue;
        const run = extend(buffer, at, window);
        if (run.length < window.pattern.least) continue;
        reported.set(window.pattern, run.at + run.length);
        found.push(run);
      }
    }
    return found;
  }
}

function hashOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - filterBits);
}

function extend(buffer: Buffer, at: number, { pattern, offset }: Window): Found {
  const { bytes } = pattern;
  let before = 0;
  while (before < Math.min(at, offset) && buffer[at - before - 1] === bytes[offset - before - 1]) before += 1;
  let after = 8;
  while (at + after < buffer.length && offset + after < bytes.length && buffer[at + after] === bytes[offset + after]) after += 1;
  return { pattern, at: at - before, length: before + after };
}
