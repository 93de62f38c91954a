/** Long parts in small steps: multi-part calls of the binding run in line, and others must get their turn in between. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from '../../contract.js';
import { asBuffer } from './module.js';
import { nothing } from './operation.js';

/** About a millisecond of work in software. */
const pieceSize = 256 * 1024;

/** Works through data in order and joins what comes out. Nothing is done for empty data. */
export function inPieces(data: Uint8Array, work: (piece: Buffer) => Uint8Array): Answer<Uint8Array> {
  if (data.length === 0) return nothing;
  if (data.length <= pieceSize) return work(asBuffer(data));
  return inTurns(data, work);
}

async function inTurns(data: Uint8Array, work: (piece: Buffer) => Uint8Array): Promise<Uint8Array> {
  const outputs: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += pieceSize) {
    if (at > 0) await nextTurn();
    outputs.push(work(asBuffer(data.subarray(at, at + pieceSize))));
  }
  return outputs.some((output) => output.length > 0) ? Buffer.concat(outputs) : nothing;
}
