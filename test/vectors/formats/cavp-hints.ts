import type { PairsDocument } from './pairs.js';

export interface CavpFile {
  readonly document: PairsDocument;
  /** Comments at the top, then the path: what patterns are looked for in. */
  readonly hints: readonly string[];
}

/** The first text that a pattern finds, in the comments first. */
export function hint(file: CavpFile, pattern: RegExp): RegExpExecArray | undefined {
  for (const text of file.hints) {
    const found = pattern.exec(text);
    if (found !== null) return found;
  }
  return undefined;
}
