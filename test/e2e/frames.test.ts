/** Bad bytes on the application socket: a typed refusal, that connection closed, the daemon serving on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CryptoStack, createCryptoStack, type HashContext } from '../../src/client/index.js';
import { errorFrom } from '../../src/protocol/error-body.js';
import { connectionRequest, writeHeader } from '../../src/protocol/frame-header.js';
import { operations } from '../../src/protocol/generated/messages.js';
import { helloRequest } from '../../src/protocol/hello.js';
import type { Message } from '../../src/protocol/message.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { framed, RawConnection } from '../protocol/raw-connection.js';

let daemon: DisposableDaemon;
let stack: CryptoStack;
let hash: HashContext;

beforeAll(async () => {
  daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()] } });
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  hash = await (await stack.createCryptoContext()).createHashContext({ algorithm: 'SHA-256' });
});
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});

class Raw extends RawConnection {
  hello(): void {
    this.send((out) => out.request(operations.hello, 1, 0, helloRequest('raw')));
  }
  /** The refusal that ended the connection. */
  get refusal(): string {
    return this.messages.at(-1)?.request === connectionRequest ? this.lastError : 'none';
  }
}

function header(length: number, operation: number, flags: number, request: number): Uint8Array {
  const bytes = new Uint8Array(16);
  writeHeader(new DataView(bytes.buffer), 0, length, operation, flags, request, 0);
  return bytes;
}

async function refused(write: (raw: Raw) => void, code: string): Promise<void> {
  const raw = new Raw(daemon.socketPath);
  write(raw);
  await raw.closed;
  expect(raw.refusal).toBe(code);
  expect((await hash.singleShot(new Uint8Array(3))).length).toBe(32);
}

test('garbage instead of a hello', () =>
  refused((raw) => void raw.socket.write(Buffer.from('GET / HTTP/1.1\r\nHost: keyslot\r\n\r\n')), 'FRAME_INVALID'));
test('zeros', () => refused((raw) => void raw.socket.write(Buffer.alloc(64)), 'FRAME_INVALID'));
test('a request before the hello', () => refused((raw) => raw.send((out) => out.request(operations.health, 1, 0, {})), 'FRAME_INVALID'));
test('a hello of another protocol', () =>
  refused((raw) => raw.send((out) => out.request(operations.hello, 1, 0, { magic: 1, versionMin: 1, versionMax: 1 })), 'FRAME_INVALID'));
test('a hello of versions from the future', () =>
  refused(
    (raw) => raw.send((out) => out.request(operations.hello, 1, 0, { ...helloRequest('raw'), versionMin: 2, versionMax: 9 })),
    'PROTOCOL_VERSION',
  ));
test('a second hello', () =>
  refused((raw) => {
    raw.hello();
    raw.hello();
  }, 'FRAME_INVALID'));
test('a frame over the limit', () =>
  refused((raw) => {
    raw.hello();
    raw.socket.write(header(0x7ffffff8, 40, 0, 2));
  }, 'FRAME_TOO_LARGE'));
test('unknown flags', () =>
  refused((raw) => {
    raw.hello();
    raw.socket.write(header(8, 3, 0x8000, 2));
    raw.socket.write(new Uint8Array(8));
  }, 'FRAME_INVALID'));
test('a body that is no message', () =>
  refused((raw) => {
    raw.hello();
    raw.socket.write(header(16, 40, 0, 2));
    raw.socket.write(new Uint8Array(16).fill(0xff));
  }, 'FRAME_INVALID'));
test('a frame that is cut off by the end of the connection has no effect', async () => {
  const raw = new Raw(daemon.socketPath);
  raw.hello();
  await raw.answered(1);
  raw.socket.write(header(64, 40, 0, 2));
  raw.socket.end(new Uint8Array(10));
  await raw.closed;
  expect((await hash.singleShot(new Uint8Array(3))).length).toBe(32);
});

test('an operation that does not exist is refused, the connection goes on', async () => {
  const raw = new Raw(daemon.socketPath);
  raw.hello();
  raw.socket.write(header(8, 999, 0, 2));
  raw.socket.write(new Uint8Array(8));
  raw.send((out) => out.request(operations.health, 3, 0, {}));
  await raw.answered(3);
  const [, unknown, health] = raw.messages as [Message, Message, Message];
  expect(errorFrom(unknown).code).toBe('UNSUPPORTED_OPERATION');
  expect(health.word).toBe(0);
  raw.socket.destroy();
});

test('one byte at a time is fine', async () => {
  const raw = new Raw(daemon.socketPath);
  const bytes = framed((out) => {
    out.request(operations.hello, 1, 0, helloRequest('slow'));
    out.request(operations.health, 2, 0, {});
  });
  for (const byte of bytes) {
    raw.socket.write(Uint8Array.of(byte));
    await sleep(0);
  }
  await raw.answered(2);
  expect(raw.messages[1]?.word).toBe(0);
  raw.socket.destroy();
});

test('a silent connection and half a frame are closed after their time', async () => {
  const silent = new Raw(daemon.socketPath);
  const half = new Raw(daemon.socketPath);
  half.hello();
  half.socket.write(header(64, 40, 0, 2));
  await Promise.all([silent.closed, half.closed]);
  expect(silent.refusal).toBe('FRAME_INVALID');
  expect(half.refusal).toBe('FRAME_INVALID');
}, 30_000);

test('a client that does not read its answers is closed; others are served', async () => {
  const raw = new Raw(daemon.socketPath);
  raw.hello();
  await raw.answered(1);
  raw.socket.pause();
  for (let i = 0; i < 4000; i++) raw.send((out) => out.request(operations.queryCapabilities, i + 2, 0, {}));
  const started = performance.now();
  expect((await hash.singleShot(new Uint8Array(3))).length).toBe(32);
  expect(performance.now() - started).toBeLessThan(5000);
  raw.socket.destroy();
});
