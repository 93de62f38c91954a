/** A file into a stream of the daemon. */
import { type InputFile, pieces, usualPiece } from './input-file.js';
import type { Progress } from './progress.js';
import { Window } from './window.js';

/** Gives a started stream the whole file. Answers the number of bytes. */
export async function feed(update: (piece: Uint8Array) => Promise<void>, input: InputFile, progress: Progress): Promise<number> {
  let bytes = 0;
  const window = new Window<void>(() => undefined);
  try {
    for await (const piece of pieces(input, usualPiece)) {
      bytes += piece.length;
      await window.add(update(piece));
      progress.add(piece.length);
    }
    await window.end();
    return bytes;
  } finally {
    progress.end();
  }
}
