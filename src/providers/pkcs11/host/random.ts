/** Random bytes of the token. The calls run in line, so long ones go in steps. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer } from '../../contract.js';
import type { HostContext } from './host-context.js';
import { asBuffer } from './module.js';

const pieceSize = 64 * 1024;

export function generateRandom({ token: { module }, pool }: HostContext, size: number): Answer<Uint8Array> {
  const output = Buffer.alloc(size);
  if (size === 0) return output;
  return pool.use((session) => {
    if (size > pieceSize) return inTurns(output, (piece) => module.C_GenerateRandom(session, piece));
    module.C_GenerateRandom(session, output);
    return output;
  });
}

async function inTurns(output: Buffer, fill: (piece: Buffer) => void): Promise<Uint8Array> {
  for (let at = 0; at < output.length; at += pieceSize) {
    if (at > 0) await nextTurn();
    fill(output.subarray(at, at + pieceSize));
  }
  return output;
}

export function seedRandom({ token: { module }, pool }: HostContext, seed: Uint8Array): Answer<void> {
  if (seed.length === 0) return undefined;
  return pool.use((session) => module.C_SeedRandom(session, asBuffer(seed)));
}
