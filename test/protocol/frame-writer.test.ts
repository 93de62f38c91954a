import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyslotError } from '../../src/core/errors.js';
import { errorFrom } from '../../src/protocol/error-body.js';
import { flagMore, headerBytes } from '../../src/protocol/frame-header.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { operations } from '../../src/protocol/generated/messages.js';
import type { Message } from '../../src/protocol/message.js';
import { RoomPool } from '../../src/protocol/message-room.js';
import { roomy } from './frames.js';

const { singleShot, update, listResources } = operations;

function read(pieces: readonly Uint8Array[], receives: 'requests' | 'answers', frame = roomy.frame): Message[] {
  const messages: Message[] = [];
  const limits = { frame, message: roomy.message };
  const reader = new FrameReader({ receives, limits, onMessage: (message) => messages.push(message) });
  for (const piece of pieces) reader.push(piece);
  expect(reader.frameIncomplete).toBe(false);
  expect(reader.incompleteMessages).toBe(0);
  return messages;
}

function total(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

describe('the frame writer', () => {
  it('puts many short messages into one piece, in order', () => {
    const writer = new FrameWriter(roomy.frame);
    for (let i = 1; i <= 50; i++) writer.request(singleShot, i, 1000 + i, { context: i, data: Uint8Array.of(i) });
    expect(writer.frames).toBe(50);
    const bytes = writer.bytes;
    const pieces = writer.take();
    expect(pieces.length).toBe(1);
    expect(total(pieces)).toBe(bytes);
    expect(writer.bytes).toBe(0);
    expect(writer.frames).toBe(0);
    expect(writer.take()).toEqual([]);
    const messages = read(pieces, 'requests');
    expect(messages.map(({ request, word }) => [request, word])).toEqual(Array.from({ length: 50 }, (_, i) => [i + 1, i + 1001]));
    messages.forEach((m, i) => {
      expect(singleShot.decodeRequest(m.bytes, m.view, m.start, m.end)).toMatchObject({ context: i + 1, data: Uint8Array.of(i + 1) });
    });
  });

  it('does not touch what was taken', () => {
    const writer = new FrameWriter(roomy.frame);
    const taken: { piece: Uint8Array; copy: Uint8Array }[] = [];
    for (let i = 1; i < 500; i++) {
      writer.answer(update, i, { data: new Uint8Array(i).fill(i) });
      for (const piece of writer.take()) taken.push({ piece, copy: piece.slice() });
    }
    for (const { piece, copy } of taken) expect(piece).toEqual(copy);
    expect(
      read(
        taken.map(({ piece }) => piece),
        'answers',
      ).length,
    ).toBe(499);
  });

  it('splits a long message into frames over the bytes it was encoded into', () => {
    const writer = new FrameWriter(4096);
    const data = Uint8Array.from({ length: 100_000 }, (_, i) => i & 0xff);
    writer.request(update, 7, 250, { context: 1, data });
    writer.request(update, 8, 0, { context: 2, data: Uint8Array.of(1) });
    const pieces = writer.take();
    const bodies = pieces.filter((piece) => piece.length > headerBytes).slice(0, -1);
    expect(new Set(bodies.map((piece) => piece.buffer)).size).toBe(1);
    const [first, second] = read(pieces, 'requests', 4096);
    if (first === undefined || second === undefined) throw new Error('two messages were sent');
    expect(first).toMatchObject({ request: 7, word: 250 });
    expect(update.decodeRequest(first.bytes, first.view, first.start, first.end)).toEqual({ context: 1, data });
    expect(second.request).toBe(8);
  });

  it('keeps frames within any limit, with words and flags where they belong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 300 }), fc.array(fc.nat({ max: 900 }), { minLength: 1, maxLength: 6 }), (frame, sizes) => {
        const writer = new FrameWriter(frame);
        sizes.forEach((size, i) => {
          writer.request(update, i + 1, 9, { context: i, data: new Uint8Array(size).fill(size) });
        });
        const frames = writer.frames;
        const stream = Buffer.concat(writer.take());
        let count = 0;
        for (let at = 0, more = 0; at < stream.length; count++) {
          const length = stream.readUInt32LE(at);
          expect(headerBytes + length).toBeLessThanOrEqual(frame);
          expect(stream.readUInt32LE(at + 12)).toBe(more === 0 ? 9 : 0);
          more = stream.readUInt16LE(at + 6) & flagMore;
          at += headerBytes + length;
        }
        expect(count).toBe(frames);
        const messages = read([stream], 'requests', frame);
        expect(messages.map((m) => update.decodeRequest(m.bytes, m.view, m.start, m.end).data.length)).toEqual(sizes);
      }),
    );
  });

  it('adds nothing of a message that can not be encoded', () => {
    const writer = new FrameWriter(roomy.frame);
    writer.answer(update, 1, { data: Uint8Array.of(1) });
    const before = writer.bytes;
    expect(() => writer.request(singleShot, 2, 0, { context: -1 })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    expect(() => writer.answer(singleShot, 2, { tag: new Uint8Array(70_000) })).toThrow(
      expect.objectContaining({ code: 'INTERNAL_ERROR', field: 'tag' }),
    );
    expect(writer.bytes).toBe(before);
    writer.answer(update, 3, {});
    expect(read(writer.take(), 'answers').map((message) => message.request)).toEqual([1, 3]);
  });

  it('pads bodies with zeros, also where other bytes were before', () => {
    const writer = new FrameWriter(roomy.frame);
    writer.answer(listResources, 1, { resources: [{ name: 'secret name' }] });
    expect(() => writer.answer(listResources, 2, { resources: [{ name: 'another name', type: 300 }] })).toThrow('can not be sent');
    writer.answer(update, 3, { data: Uint8Array.of(1, 2, 3) });
    const fresh = new FrameWriter(roomy.frame);
    fresh.answer(update, 3, { data: Uint8Array.of(1, 2, 3) });
    const [wanted] = fresh.take();
    expect(Buffer.concat(writer.take()).subarray(-(wanted?.length ?? 0))).toEqual(Buffer.from(wanted ?? []));
  });

  it('sends errors', () => {
    const writer = new FrameWriter(roomy.frame);
    writer.error(40, 5, new KeyslotError('QUOTA_EXCEEDED', 'too much', { field: 'limits.bytes' }));
    const [message] = read(writer.take(), 'answers');
    if (message === undefined) throw new Error('an answer was sent');
    expect(message).toMatchObject({ operation: 40, request: 5 });
    expect(errorFrom(message).toJSON()).toEqual(new KeyslotError('QUOTA_EXCEEDED', 'too much', { field: 'limits.bytes' }).toJSON());
  });
});

describe('a frame writer with a pool', () => {
  it('uses a room again once it is given back, not before, and sends no byte of what was in it', () => {
    const pool = new RoomPool(1 << 20);
    const writer = new FrameWriter(roomy.frame, pool);
    const send = (fill: number, size: number) => {
      writer.request(singleShot, 1, 0, { context: 1, data: new Uint8Array(size).fill(fill) });
      const lent = writer.takeLent();
      return { lent, pieces: writer.take() };
    };
    const first = send(0xaa, 100_000);
    const second = send(0xbb, 100_000);
    expect(second.lent[0]).not.toBe(first.lent[0]);
    for (const room of first.lent) pool.give(room);
    const third = send(0xcc, 99_999);
    expect(third.lent[0]).toBe(first.lent[0]);
    expect(third.pieces.some((piece) => piece.includes(0xaa))).toBe(false);
    const [message] = read(third.pieces, 'requests');
    const { data } = singleShot.decodeRequest((message as Message).bytes, (message as Message).view, 0, (message as Message).end);
    expect(data).toEqual(new Uint8Array(99_999).fill(0xcc));
    expect(writer.takeLent()).toEqual([]);
  });

  it('keeps no more than it is told', () => {
    const pool = new RoomPool(200_000);
    const rooms = [pool.take(100_000), pool.take(100_000), pool.take(300_000)];
    for (const room of rooms) pool.give(room);
    expect([pool.take(100_000), pool.take(100_000), pool.take(300_000)].map((room) => rooms.includes(room))).toEqual([true, false, false]);
  });
});
