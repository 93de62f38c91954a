import type { PairsDocument, Stanza } from '../pairs.js';

export interface CavpFile {
  readonly document: PairsDocument;
  /** Comments at the top, then the path: what patterns are looked for in. */
  readonly hints: readonly string[];
}

/** The first text that a pattern finds: in the comments of a test, at the top, in the path. */
export function hint(file: CavpFile, pattern: RegExp, test?: Stanza): RegExpExecArray | undefined {
  for (const text of [...(test?.comments ?? []), ...file.hints]) {
    const found = pattern.exec(text);
    if (found !== null) return found;
  }
  return undefined;
}
