import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BlockingChannel } from '../../src/native.js';
import { buildShared, type Child, hasCompiler, noCompiler, runChild, startChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
let counter = 0;
const newPath = () => join(folder.path, `s${counter++}`);
afterAll(() => folder.remove());

const timedOut = expect.objectContaining({ code: 'OPERATION_TIMED_OUT', retryable: false });
const failed = expect.objectContaining({ code: 'CONNECTION_FAILED', retryable: true });

/** Milliseconds that `action` takes to fail. */
function timeToFail(action: () => unknown, error: unknown): number {
  const start = performance.now();
  expect(action).toThrow(error as Error);
  return performance.now() - start;
}

function receiveAll(channel: BlockingChannel, size: number): Uint8Array {
  const all = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const count = channel.receive(all.subarray(at), 30_000);
    if (count === 0) throw new Error('closed too early');
    at += count;
  }
  return all;
}

describe('with an answering peer', () => {
  let peer: Child;
  let path = '';
  let channel: BlockingChannel;

  beforeEach(async () => {
    path = newPath();
    peer = startChild('channel-child', ['echo', path]);
    expect(await peer.line()).toBe('listening');
    channel = BlockingChannel.connect(path, 10_000);
  });
  afterEach(async () => {
    channel.close();
    peer.process.kill('SIGKILL');
    await peer.ended;
  });

  test.each([1, 100, 65_536, 4 * 1024 * 1024])('%d bytes go and come back', (size) => {
    const data = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 12)) & 0xff);
    channel.send(data, 30_000);
    expect(Buffer.compare(receiveAll(channel, size), data)).toBe(0);
  });

  test('many short calls, also without a deadline', () => {
    const bytes = new Uint8Array(64);
    for (let i = 0; i < 3000; i++) {
      bytes.fill(i & 0xff);
      channel.send(bytes, Number.POSITIVE_INFINITY);
      expect(receiveAll(channel, 64)[63]).toBe(i & 0xff);
    }
  });

  test('a silent peer: receive ends at its deadline, at once with 0', () => {
    expect(timeToFail(() => channel.receive(new Uint8Array(1), 100), timedOut)).toBeGreaterThanOrEqual(99);
    expect(timeToFail(() => channel.receive(new Uint8Array(1), 0), timedOut)).toBeLessThan(5000);
  });

  test('a stopped peer: connect, send and receive end at their deadlines, and work again when it goes on', () => {
    peer.process.kill('SIGSTOP');
    channel.send(new Uint8Array(10), 5000);
    const receive = timeToFail(() => channel.receive(new Uint8Array(1), 200), timedOut);
    const send = timeToFail(() => channel.send(new Uint8Array(8 * 1024 * 1024), 200), timedOut);
    const waiting: BlockingChannel[] = [];
    const connect = timeToFail(() => {
      for (let i = 0; i < 100; i++) waiting.push(BlockingChannel.connect(path, 200));
    }, timedOut);
    for (const time of [receive, send, connect]) {
      expect(time).toBeGreaterThanOrEqual(195);
      expect(time).toBeLessThan(20_000);
    }
    // The backlog has room for some, or there would be nothing to fill.
    expect(waiting.length).toBeGreaterThan(0);
    expect(timeToFail(() => BlockingChannel.connect(path, 0), timedOut)).toBeLessThan(5000);
    for (const one of waiting) one.close();
    peer.process.kill('SIGCONT');
    const again = BlockingChannel.connect(path, 30_000);
    again.send(new Uint8Array([7]), 30_000);
    expect(receiveAll(again, 1)[0]).toBe(7);
    again.close();
  });

  test('a killed peer: receive gives 0, send fails', async () => {
    channel.send(new Uint8Array(1), 10_000);
    receiveAll(channel, 1);
    peer.process.kill('SIGKILL');
    await peer.ended;
    expect(channel.receive(new Uint8Array(1), 10_000)).toBe(0);
    expect(() => channel.send(new Uint8Array(1), 10_000)).toThrow(failed);
    expect(() => BlockingChannel.connect(path, 10_000)).toThrow(failed);
  });

  test('once closed everything is refused, and closing again is nothing', () => {
    expect(channel.descriptor).toBeGreaterThan(2);
    channel.close();
    channel.close();
    expect(channel.descriptor).toBe(-1);
    const refused = expect.objectContaining({ code: 'INVALID_OPERATION' });
    expect(() => channel.send(new Uint8Array(1), 10)).toThrow(refused);
    expect(() => channel.receive(new Uint8Array(1), 10)).toThrow(refused);
  });

  test('bad arguments are refused by name', () => {
    const bytes = new Uint8Array(1);
    const bad = (field: string) => expect.objectContaining({ code: 'INVALID_ARGUMENT', field });
    for (const timeout of [-1, Number.NaN, '5' as never]) {
      expect(() => channel.send(bytes, timeout)).toThrow(bad('timeout'));
      expect(() => channel.receive(bytes, timeout)).toThrow(bad('timeout'));
      expect(() => BlockingChannel.connect(path, timeout)).toThrow(bad('timeout'));
    }
    expect(() => channel.send('x' as never, 10)).toThrow(bad('data'));
    expect(() => channel.receive(new Uint16Array(4) as never, 10)).toThrow(bad('into'));
    expect(() => channel.receive(new Uint8Array(0), 10)).toThrow(bad('into'));
  });

  test('a forgotten channel is closed', async () => {
    const { stdout } = await runChild('channel-child', ['forgotten', path], { nodeOptions: ['--expose-gc'] });
    expect(stdout).toBe('20 0\n');
  });
});

describe('paths', () => {
  /** A path of exactly `length` bytes; an é has two. */
  function pathOf(length: number, filler: string): string {
    const start = join(folder.path, '_');
    return (
      start +
      filler.repeat((length - start.length) / Buffer.byteLength(filler)) +
      'x'.repeat((length - start.length) % Buffer.byteLength(filler))
    );
  }

  test.each(['x', 'é'])('107 bytes of %s are the most', async (filler) => {
    const longest = pathOf(107, filler);
    expect(Buffer.byteLength(longest)).toBe(107);
    const server = createServer().listen(longest);
    await once(server, 'listening');
    BlockingChannel.connect(longest, 10_000).close();
    expect(() => BlockingChannel.connect(`${longest}x`, 10_000)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'path' }),
    );
    server.close();
  });

  test('empty and with a zero byte are refused, missing ones fail', () => {
    const refused = expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'path' });
    for (const path of ['', '/tmp/a\0b', '\0abstract', 5 as never]) expect(() => BlockingChannel.connect(path, 100)).toThrow(refused);
    expect(() => BlockingChannel.connect(newPath(), 100)).toThrow(failed);
  });
});

describe('signals', () => {
  let probePath = '';
  beforeAll(() => {
    if (hasCompiler) probePath = buildShared('probe', folder.path);
  });

  test('do not end a wait', async () => {
    const path = newPath();
    const server = createServer().listen(path);
    await once(server, 'listening');
    const child = startChild('channel-child', ['interrupted', path]);
    const [socket] = (await once(server, 'connection')) as [Socket];
    expect(await child.line()).toBe('waiting');
    for (let i = 0; i < 20; i++) {
      child.process.kill('SIGUSR2');
      await sleep(5);
    }
    socket.end(new Uint8Array([42]));
    expect(await child.line()).toBe('1 42');
    await child.ended;
    server.close();
  });

  test('sending to a closed peer raises none', async (ctx) => {
    if (!hasCompiler) return ctx.skip(noCompiler);
    const path = newPath();
    const server = createServer((socket) => socket.destroy()).listen(path);
    await once(server, 'listening');
    const { stdout, signal } = await runChild('channel-child', ['sigpipe', path, probePath]);
    expect(signal).toBe(null);
    expect(stdout).toBe('0\nCONNECTION_FAILED\n');
    server.close();
  });
});
