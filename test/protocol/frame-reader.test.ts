import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagAnswer, flagMore, headerBytes, maxIncompleteMessages } from '../../src/protocol/frame-header.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { Account, type FrameParts, frame, type Got, gathering, got, joined, roomy } from './frames.js';
import { randomNumbers } from './mutations.js';

const body = (lines: number, first = 1): Uint8Array => Uint8Array.from({ length: 8 * lines }, (_, i) => (first + i) & 0xff);

/** Messages as lists of bodies of their frames. */
const messageParts = fc.record({
  operation: fc.integer({ min: 1, max: 0xffff }),
  word: fc.integer({ min: 0, max: 0xffffffff }),
  bodies: fc.array(
    fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 255 })).map(([lines, first]) => body(lines, first)),
    { minLength: 1, maxLength: 5 },
  ),
});

interface Sent {
  readonly stream: Uint8Array;
  /** In order of completion. */
  readonly expected: readonly Got[];
}

/** Frames of all messages, interleaved by `picks`; request ids count up. */
function interleaved(parts: readonly { operation: number; word: number; bodies: Uint8Array[] }[], picks: readonly number[]): Sent {
  const open = parts.map((part, i) => ({ ...part, request: i + 1, next: 0 }));
  const frames: Uint8Array[] = [];
  const expected: Got[] = [];
  for (let turn = 0; open.length > 0; turn++) {
    const i = (picks[turn % picks.length] ?? 0) % open.length;
    const part = open[i];
    if (part === undefined) break;
    const last = part.next === part.bodies.length - 1;
    const word = part.next === 0 ? part.word : 0;
    const bytes = part.bodies[part.next] ?? new Uint8Array(0);
    frames.push(frame({ operation: part.operation, flags: last ? 0 : flagMore, request: part.request, word, body: bytes }));
    part.next += 1;
    if (!last) continue;
    open.splice(i, 1);
    expected.push({ operation: part.operation, request: part.request, word: part.word, body: joined(...part.bodies) });
  }
  return { stream: joined(...frames), expected };
}

describe('any split of a stream', () => {
  it('gives the same messages', () => {
    const messages = fc.array(messageParts, { minLength: 1, maxLength: maxIncompleteMessages });
    const picks = fc.array(fc.nat({ max: 99 }), { minLength: 1, maxLength: 30 });
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(messages, picks, steps, (parts, order, sizes) => {
        const { stream, expected } = interleaved(parts, order);
        const { reader, messages: read } = gathering();
        const chunk = new Uint8Array(700);
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const n = Math.min(sizes[turn % sizes.length] ?? 1, stream.length - at);
          // The same memory each time, as a connection that reads into one buffer does it.
          chunk.set(stream.subarray(at, at + n));
          reader.push(chunk.subarray(0, n));
          chunk.fill(0xee);
          at += n;
        }
        expect(read).toEqual(expected);
        expect(reader.frameIncomplete).toBe(false);
        expect(reader.incompleteMessages).toBe(0);
      }),
    );
  });

  it('byte by byte', () => {
    const parts = [1, 2, 3].map((n) => ({ operation: n, word: n, bodies: [body(n), body(1)] }));
    const { stream, expected } = interleaved(parts, [0, 1, 2, 1]);
    const { reader, messages } = gathering();
    for (const byte of stream) reader.push(Uint8Array.of(byte));
    expect(messages).toEqual(expected);
  });

  it('keeps bodies that were delivered as they were', () => {
    const kept: { message: Got; bytes: Uint8Array }[] = [];
    const reader = new FrameReader({
      receives: 'requests',
      limits: roomy,
      onMessage: (message) => kept.push({ message: got(message), bytes: message.bytes.subarray(message.start, message.end) }),
    });
    for (let i = 1; i < 600; i++) reader.push(frame({ request: i, body: body(1 + (i % 200), i) }));
    for (const { message, bytes } of kept) expect(bytes).toEqual(message.body);
  });
});

describe('a bad frame', () => {
  const refused: readonly (readonly [string, readonly FrameParts[], string])[] = [
    ['with a length that is no multiple of 8', [{ length: 12 }], 'FRAME_INVALID'],
    ['without a body', [{ body: new Uint8Array(0) }], 'FRAME_INVALID'],
    ['with an unknown flag', [{ flags: 4 }], 'FRAME_INVALID'],
    ['in the wrong direction', [{ flags: flagAnswer }], 'FRAME_INVALID'],
    ['with request id 0', [{ request: 0 }], 'FRAME_INVALID'],
    ['longer than a frame may be', [{ length: roomy.frame }], 'FRAME_TOO_LARGE'],
    ['longer than any memory', [{ length: 0xfffffff8 }], 'FRAME_TOO_LARGE'],
    ['of another operation than the one before', [{ flags: flagMore }, { operation: 2 }], 'FRAME_INVALID'],
    ['that carries a word again', [{ flags: flagMore }, { word: 5 }], 'FRAME_INVALID'],
    [
      'of one incomplete message too many',
      Array.from({ length: maxIncompleteMessages + 1 }, (_, i) => ({ flags: flagMore, request: i + 1 })),
      'FRAME_INVALID',
    ],
  ];

  it.each(refused)('%s is refused, and so is everything after it', (_what, frames, code) => {
    const { reader, messages } = gathering();
    const last = frames.length - 1;
    for (const parts of frames.slice(0, last)) reader.push(frame(parts));
    expect(() => reader.push(frame(frames[last] ?? {}))).toThrow(expect.objectContaining({ code }));
    expect(() => reader.push(frame({ request: 99 }))).toThrow(expect.objectContaining({ code }));
    expect(() => reader.push(new Uint8Array(0))).toThrow(expect.objectContaining({ code }));
    expect(messages).toEqual([]);
    expect(reader.incompleteMessages).toBe(0);
  });

  it('is refused at its header, before its body arrives', () => {
    const { reader } = gathering();
    const header = frame({ length: roomy.frame }).subarray(0, headerBytes);
    reader.push(header.subarray(0, headerBytes - 1));
    expect(() => reader.push(header.subarray(headerBytes - 1))).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  });

  it('leaves the messages before it delivered', () => {
    const { reader, messages } = gathering();
    expect(() => reader.push(joined(frame(), frame({ request: 2 }), frame({ flags: 8 })))).toThrow();
    expect(messages.map((message) => message.request)).toEqual([1, 2]);
  });

  it('in an answer may have request id 0', () => {
    const { reader, messages } = gathering({ receives: 'answers' });
    reader.push(frame({ flags: flagAnswer, request: 0, word: 0x010d0002 }));
    expect(messages[0]).toMatchObject({ request: 0, word: 0x010d0002 });
  });

  it('made of noise is refused in time', () => {
    const next = randomNumbers(5);
    for (let round = 0; round < 300; round++) {
      const { reader } = gathering({ account: new Account(roomy.message) });
      const noise = Uint8Array.from({ length: 1 + (next() % 300) }, () => next());
      try {
        reader.push(noise);
        expect(reader.frameIncomplete || noise.length < headerBytes).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^FRAME_(INVALID|TOO_LARGE)$/) });
      }
    }
  });
});

describe('limits', () => {
  it('hold for a message of many frames', () => {
    const { reader, messages } = gathering({ limits: { frame: 1024, message: 24 } });
    reader.push(joined(frame({ flags: flagMore }), frame({ flags: flagMore }), frame()));
    expect(messages[0]?.body.length).toBe(24);
    reader.push(joined(frame({ flags: flagMore }), frame({ flags: flagMore }), frame({ flags: flagMore })));
    expect(() => reader.push(frame())).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  });

  it('hold for a message of one frame', () => {
    const { reader } = gathering({ limits: { frame: 1024, message: 24 } });
    expect(() => reader.push(frame({ body: body(4) }))).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  });

  it('allow exactly what they say', () => {
    const { reader, messages } = gathering({ limits: { frame: headerBytes + 64, message: 64 } });
    reader.push(frame({ body: body(8) }));
    expect(messages.length).toBe(1);
    expect(() => reader.push(frame({ request: 2, body: body(9) }))).toThrow(expect.objectContaining({ code: 'FRAME_TOO_LARGE' }));
  });

  it('can be raised when a hello has told them', () => {
    const { reader, messages } = gathering({ limits: { frame: 64, message: 48 } });
    reader.push(frame());
    reader.limits = roomy;
    reader.push(frame({ request: 2, body: body(100) }));
    expect(messages.length).toBe(2);
  });

  it('allow 16 incomplete messages and single frames between them', () => {
    const { reader, messages } = gathering();
    for (let i = 1; i <= maxIncompleteMessages; i++) reader.push(frame({ flags: flagMore, request: i }));
    expect(reader.incompleteMessages).toBe(maxIncompleteMessages);
    reader.push(frame({ request: 100 }));
    for (let i = 1; i <= maxIncompleteMessages; i++) reader.push(frame({ request: i }));
    expect(messages.length).toBe(maxIncompleteMessages + 1);
  });
});

describe('the account', () => {
  it('is charged before the body arrives and goes over to the receiver', () => {
    const account = new Account(1000);
    const charges: number[] = [];
    const { reader } = gathering({ account, onMessage: (message) => charges.push(message.charge) });
    reader.push(frame({ body: body(5) }).subarray(0, headerBytes));
    expect(account.taken).toBe(40);
    reader.push(body(5));
    expect(charges).toEqual([40]);
    expect(account.taken).toBe(40);
    reader.close();
    expect(account.taken).toBe(40);
  });

  it('refuses one message, and the connection goes on', () => {
    const account = new Account(100);
    const refusals: [number, number][] = [];
    const { reader, messages } = gathering({ account, onRefused: (request, operation) => refusals.push([request, operation]) });
    reader.push(joined(frame({ request: 1, operation: 7, body: body(20) }), frame({ request: 2, body: body(10) })));
    expect(refusals).toEqual([[1, 7]]);
    expect(messages.map((message) => message.request)).toEqual([2]);
    expect(account.taken).toBe(80);
  });

  it('refuses a message of several frames once, gives back what it took, and reads over the rest', () => {
    const account = new Account(100);
    const refusals: number[] = [];
    const { reader, messages } = gathering({ account, onRefused: (request) => refusals.push(request) });
    reader.push(frame({ request: 1, flags: flagMore, body: body(10) }));
    expect(account.taken).toBe(80);
    reader.push(frame({ request: 1, flags: flagMore, body: body(10) }));
    expect(account.taken).toBe(0);
    reader.push(joined(frame({ request: 1, flags: flagMore, body: body(10) }), frame({ request: 1, body: body(1) })));
    reader.push(frame({ request: 1, body: body(2) }));
    expect(refusals).toEqual([1]);
    expect(messages).toEqual([{ operation: 1, request: 1, word: 0, body: body(2) }]);
    expect(account.taken).toBe(16);
    expect(reader.incompleteMessages).toBe(0);
  });

  it('gets back what incomplete messages hold when the reader ends', () => {
    for (const end of [
      (reader: FrameReader) => reader.close(),
      (reader: FrameReader) => expect(() => reader.push(frame({ flags: 64 }))).toThrow(),
    ]) {
      const account = new Account(1000);
      const { reader } = gathering({ account });
      reader.push(joined(frame({ request: 1, flags: flagMore, body: body(3) }), frame({ request: 2, flags: flagMore, body: body(4) })));
      expect(account.taken).toBe(56);
      end(reader);
      expect(account.taken).toBe(0);
    }
    const account = new Account(1000);
    const { reader } = gathering({ account });
    reader.push(frame({ body: body(9) }).subarray(0, 30));
    expect(account.taken).toBe(72);
    reader.close();
    expect(account.taken).toBe(0);
  });

  it('bounds memory and copies: many short frames cost at most twice their bytes, and few moves', () => {
    const account = new Account(1 << 22);
    const { reader, messages } = gathering({ account });
    const frames = 20_000;
    for (let i = 0; i < frames; i++) reader.push(frame({ flags: i === frames - 1 ? 0 : flagMore, body: body(1, i) }));
    expect(messages[0]?.body.length).toBe(8 * frames);
    expect(account.most).toBeLessThanOrEqual(2 * 8 * frames);
    expect(account.calls).toBeLessThan(20);
  });
});

describe('the reader', () => {
  it('tells whether a frame is incomplete, and whether it is still the same', () => {
    const { reader } = gathering();
    expect(reader.frameIncomplete).toBe(false);
    reader.push(frame({ body: body(2) }).subarray(0, 5));
    expect(reader.frameIncomplete).toBe(true);
    const begun = reader.framesBegun;
    reader.push(frame({ body: body(2) }).subarray(5, 20));
    expect(reader.frameIncomplete).toBe(true);
    expect(reader.framesBegun).toBe(begun);
    reader.push(frame({ body: body(2) }).subarray(20));
    expect(reader.frameIncomplete).toBe(false);
    reader.push(frame({ request: 2, flags: flagMore }));
    expect(reader.frameIncomplete).toBe(false);
    expect(reader.incompleteMessages).toBe(1);
    expect(reader.framesBegun).toBe(begun + 1);
  });

  it('can be closed from the listener and is silent from then on', () => {
    const seen: number[] = [];
    const reader: FrameReader = new FrameReader({
      receives: 'requests',
      limits: roomy,
      onMessage: ({ request }) => {
        seen.push(request);
        if (request === 2) reader.close();
      },
    });
    reader.push(joined(frame(), frame({ request: 2 }), frame({ request: 3 })));
    reader.push(frame({ request: 4 }));
    expect(seen).toEqual([1, 2]);
  });

  it('ends with what its listener throws', () => {
    const error = new Error('the listener failed');
    const reader = new FrameReader({
      receives: 'requests',
      limits: roomy,
      onMessage: () => {
        throw error;
      },
    });
    expect(() => reader.push(frame())).toThrow(error);
    expect(() => reader.push(frame())).toThrow(error);
  });
});
