/** Damage to what goes over a connection: inside messages, and between frames. */
import { headerBytes } from '../../src/protocol/frame-header.js';
import { mutated, randomNumbers } from '../protocol/mutations.js';

/** Numbers for one message of a run, so that it can be made again without those before it. */
export function numbersOf(seed: number, message: number): () => number {
  const next = randomNumbers((Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(message + 1, 0xc2b2ae35)) >>> 0);
  // The first numbers of neighbouring seeds resemble each other.
  for (let i = 0; i < 8; i++) next();
  return next;
}

/** The frames of a well-formed message. */
function framesOf(message: Uint8Array): Uint8Array[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const frames: Uint8Array[] = [];
  for (let at = 0; at < message.length; ) {
    const end = at + headerBytes + view.getUint32(at, true);
    frames.push(message.subarray(at, end));
    at = end;
  }
  return frames;
}

/** One frame is left out, sent twice, or sent out of its order. */
function shuffled(message: Uint8Array, next: () => number): Uint8Array {
  const frames = framesOf(message);
  const [frame] = frames.splice(next() % frames.length, 1);
  const copies = next() % 3;
  for (let i = 0; i < copies && frame !== undefined; i++) frames.splice(next() % (frames.length + 1), 0, frame);
  return new Uint8Array(Buffer.concat(frames));
}

/** A message that is no longer what it was, or once in a while is. Never empty. */
export function damaged(message: Uint8Array, next: () => number): Uint8Array {
  const kind = next() % 20;
  if (kind === 0) return new Uint8Array(message);
  if (kind > 2) return mutated(message, next);
  const frames = shuffled(message, next);
  if (frames.length === 0) return new Uint8Array(message);
  return kind === 1 ? frames : mutated(frames, next);
}

/** Pieces in which bytes are written; most often one. */
export function pieces(bytes: Uint8Array, next: () => number): Uint8Array[] {
  if (next() % 8 !== 0) return [bytes];
  const most = next() % 4 === 0 ? 1 : 64;
  const cut: Uint8Array[] = [];
  for (let at = 0; at < bytes.length && cut.length < 200; ) {
    const end = Math.min(bytes.length, at + 1 + (next() % most));
    cut.push(bytes.subarray(at, end));
    at = end;
  }
  const rest = cut.reduce((sum, piece) => sum + piece.length, 0);
  if (rest < bytes.length) cut.push(bytes.subarray(rest));
  return cut;
}
