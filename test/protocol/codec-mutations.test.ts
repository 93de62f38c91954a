import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { type Body, bodies, dirtyBuffer, encoded, inputOf } from './bodies.js';
import { mutated, randomNumbers } from './mutations.js';

const seeds = 20;
const perSeed = 25;
/** Around the message, so that a read outside shows. */
const margin = 64;

/** The decoded message, or undefined when it is refused; anything but FRAME_INVALID is thrown on. */
function read(body: Body, bytes: Uint8Array, dirt: number): object | undefined {
  const room = dirtyBuffer(margin + bytes.length + 256, dirt);
  room.bytes.set(bytes, margin);
  try {
    return body.decode(room.bytes, room.view, margin, margin + bytes.length);
  } catch (error) {
    if (error instanceof KeyslotError && error.code === 'FRAME_INVALID') return undefined;
    throw error;
  }
}

describe('a damaged message', () => {
  it('is read from its own bytes only, or refused with FRAME_INVALID', () => {
    const next = randomNumbers(20_240_601);
    let accepted = 0;
    let refused = 0;
    for (const body of bodies) {
      for (const input of fc.sample(inputOf(body.table), { numRuns: seeds, seed: 7 })) {
        const message = encoded(body, input);
        for (let i = 0; i < perSeed; i++) {
          const damaged = mutated(message, next);
          const one = read(body, damaged, 0x00);
          expect(read(body, damaged, 0xff)).toEqual(one);
          if (one === undefined) refused += 1;
          else accepted += 1;
        }
      }
    }
    expect(accepted).toBeGreaterThan(1000);
    expect(refused).toBeGreaterThan(1000);
  });

  it('is refused at every length that is too short', () => {
    for (const body of bodies) {
      const [input = {}] = fc.sample(inputOf(body.table), { numRuns: 1, seed: 11 });
      const message = encoded(body, input);
      for (let length = 0; length < Math.min(message.length, 12); length++) {
        expect(read(body, message.subarray(0, length), 0)).toBeUndefined();
      }
    }
  });

  it('whose lists refer to one table many times is refused by the item budget', () => {
    const body = bodies.find((candidate) => candidate.table.name === 'QueryCapabilitiesResponse');
    if (body === undefined) throw new Error('no such body');
    const operations = [{ text: 'aaaa' }, { text: 'aaaa' }];
    const providers = [{ operations }, { operations }];
    expect(read(body, sharing(2, 2, 2), 0)).toMatchObject({ algorithms: [{ providers }, { providers }] });
    const start = performance.now();
    expect(read(body, sharing(1024, 64, 64), 0)).toBeUndefined();
    // Four million texts are not read.
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

/** Capabilities in which every item of a list is the same table. Word by word, since no encoder writes such a thing. */
function sharing(algorithms: number, providers: number, operations: number): Uint8Array {
  const words: number[] = [12];
  const vtable = (...entries: number[]) => {
    for (let i = 0; i < entries.length; i += 2) words.push((entries[i] ?? 0) + ((entries[i + 1] ?? 0) << 16));
  };
  /** A table whose one field refers to what follows it; `distance` is that of its vtable. */
  const table = (distance: number) => words.push(distance, 4);
  /** A list of one table, which lies behind it and behind its vtable of `head` bytes. */
  const list = (length: number, head: number) => {
    words.push(length);
    for (let i = 0; i < length; i++) words.push(4 * (length - i) + head);
  };
  vtable(8, 8, 0, 4);
  table(8);
  list(algorithms, 12);
  vtable(10, 8, 0, 0, 4);
  table(12);
  list(providers, 8);
  vtable(8, 8, 0, 4);
  table(8);
  list(operations, 8);
  vtable(6, 8, 4);
  table(8);
  words.push(4, 0x61616161, 0);
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, i) => {
    view.setUint32(4 * i, word, true);
  });
  return bytes;
}
