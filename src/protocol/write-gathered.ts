/** From a frame writer to a socket. */
import type { FrameWriter } from './frame-writer.js';
import type { RoomPool } from './message-room.js';

/** What of a `net.Socket` is needed. */
export interface ByteSink {
  cork(): void;
  uncork(): void;
  write(piece: Uint8Array, written?: (error: Error | null | undefined) => void): boolean;
}

/** Writes what was gathered in one go. Rooms of the pool go back to it as soon as the system has their bytes; after an error they are left alone. */
export function writeGathered(out: FrameWriter, sink: ByteSink, pool: RoomPool): void {
  const lent = out.takeLent();
  const pieces = out.take();
  const many = pieces.length > 1;
  if (many) sink.cork();
  const last = lent.length > 0 ? pieces.pop() : undefined;
  for (const piece of pieces) sink.write(piece);
  if (last !== undefined) {
    sink.write(last, (error) => {
      if (error === null || error === undefined) for (const room of lent) pool.give(room);
    });
  }
  if (many) sink.uncork();
}
