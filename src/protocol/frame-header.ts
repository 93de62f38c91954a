/**
 * The header in front of every frame: 16 bytes, little-endian.
 *
 * | at | size | field |
 * |---|---|---|
 * | 0 | 4 | length of the body in bytes, a multiple of 8 |
 * | 4 | 2 | operation |
 * | 6 | 2 | flags |
 * | 8 | 4 | request id |
 * | 12 | 4 | word: milliseconds left in a request's first frame, status in an answer's, else 0 |
 */

export const headerBytes = 16;

/** More frames of this message follow. */
export const flagMore = 1;
/** From the daemon to the client. */
export const flagAnswer = 2;
export const knownFlags = flagMore | flagAnswer;

/** As the word of a request: the daemon's default deadline. */
export const deadlineDefault = 0;
/** As the word of a request: no deadline, where the daemon allows that. */
export const deadlineNone = 0xffffffff;

/** Request id of an answer that belongs to no request: the daemon refuses the connection and closes it. Requests count from 1. */
export const connectionRequest = 0;

/** Messages of several frames that may be under way at once on a connection, in each direction. */
export const maxIncompleteMessages = 16;

/** Limits of a side that has not seen the hello yet; bytes. */
export const limitsBeforeHello = { frame: 4096, message: 4096 } as const;

/** Bodies are padded with zeros to a multiple of this, so that the next one starts aligned. */
export function paddedLength(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** Longest body of a frame whose length with the header is at most `frame` bytes. */
export function longestBody(frame: number): number {
  return Math.floor((frame - headerBytes) / 8) * 8;
}

export function writeHeader(
  d: DataView,
  at: number,
  length: number,
  operation: number,
  flags: number,
  request: number,
  word: number,
): void {
  d.setUint32(at, length, true);
  d.setUint16(at + 4, operation, true);
  d.setUint16(at + 6, flags, true);
  d.setUint32(at + 8, request, true);
  d.setUint32(at + 12, word, true);
}
