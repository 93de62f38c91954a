/** What the client does by itself, without a daemon: the in-memory transport answers through the real codecs. */
import { expect, test } from 'vitest';
import { CryptoContext } from '../../src/client/crypto-context.js';
import { Link } from '../../src/client/link.js';
import { type MemoryHandlers, MemoryTransport } from '../../src/client/memory-transport.js';
import { KeyslotError } from '../../src/core/errors.js';

const asked: string[] = [];
const handlers: MemoryHandlers = {
  createContext: ({ algorithm }) => ({ context: 1, provider: 1, outputSize: 32, algorithm }),
  singleShot: ({ data }) => ({ data: new Uint8Array(32).fill(data.length) }),
  init: () => ({}),
  update({ data }) {
    asked.push(`update ${data.length}`);
    return { data: data.subarray(0, data.length - (data.length % 16)) };
  },
  finalize() {
    throw new KeyslotError('OPERATION_FAILED', 'no', { field: 'data' });
  },
  closeContext({ context }) {
    asked.push(`close ${context}`);
    return {};
  },
  generateKey: () => ({ key: { id: 7, type: 5, persistence: 2, provider: 1 } }),
  releaseKey({ key }) {
    asked.push(`release ${key}`);
    return {};
  },
};
const asyncContext = () => new CryptoContext(new Link(new MemoryTransport('async', handlers), undefined));
const blockingContext = () => new CryptoContext(new Link(new MemoryTransport('blocking', handlers), undefined));
const key = { id: 5, type: 'key', persistence: 'ephemeral', primaryProvider: 1 } as const;

test('the same code answers with promises and with values', async () => {
  const promised = (await asyncContext().createHashContext({ algorithm: 'SHA-256' })).singleShot(new Uint8Array(3));
  expect(promised).toBeInstanceOf(Promise);
  expect(blockingContext().createHashContext({ algorithm: 'SHA-256' }).singleShot(new Uint8Array(3))).toEqual(await promised);
});

test('an output that is too small is refused before anything is asked', async () => {
  const cipher = await asyncContext().createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  const before = asked.length;
  const hash = await asyncContext().createHashContext({ algorithm: 'SHA-256' });
  await expect(hash.singleShot(new Uint8Array(1), new Uint8Array(31))).rejects.toMatchObject({
    code: 'INSUFFICIENT_BUFFER_SIZE',
    field: 'output',
  });
  await cipher.init(new Uint8Array(16));
  await expect(cipher.update(new Uint8Array(33), new Uint8Array(8))).rejects.toMatchObject({ code: 'INSUFFICIENT_BUFFER_SIZE' });
  expect(asked.length).toBe(before);
  const output = new Uint8Array(40);
  const filled = await hash.singleShot(new Uint8Array(9), output);
  expect(filled.buffer).toBe(output.buffer);
  expect(filled.length).toBe(32);
});

test('errors keep code, field and kind in both manners; wrong arguments reject, not throw', async () => {
  const hash = await asyncContext().createHashContext({ algorithm: 'SHA-256' });
  await expect(hash.finalize()).rejects.toMatchObject({ code: 'OPERATION_FAILED', field: 'data', category: 'operation' });
  const rejected = hash.update('text' as unknown as Uint8Array);
  await expect(rejected).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'data' });
  expect(() => blockingContext().createHashContext({ algorithm: 'SHA-256' }).finalize()).toThrow(KeyslotError);
  await expect(asyncContext().createMacContext({ algorithm: 'HMAC-SHA-256', key: {} as typeof key })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    field: 'key',
  });
  await expect(asyncContext().createHashContext({ algorithm: 'SHA-256', parameters: { x: 1.5 } })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    field: 'parameters.x',
  });
  await expect(asyncContext().createHashContext({ algorithm: 'SHA-256', provider: 70_000 })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    field: 'provider',
  });
  await expect(asyncContext().resolveResource('x', 'nothing' as 'key')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'type' });
});

test('contexts and guards are released by disposal, once', async () => {
  asked.length = 0;
  {
    await using hash = await asyncContext().createHashContext({ algorithm: 'SHA-256' });
    await hash.close();
    using sync = blockingContext().createHashContext({ algorithm: 'SHA-256' });
    expect(sync.digestSize).toBe(32);
    await using management = await asyncContext().createKeyManagementContext();
    await using guard = await management.generateKey('AES-256');
    expect(guard.isActive()).toBe(true);
    await guard.release();
    await guard.release();
    expect(JSON.parse(JSON.stringify(guard))).toEqual({ id: 7, type: 'key', persistence: 'ephemeral', primaryProvider: 1 });
  }
  expect(asked).toEqual(['close 1', 'release 7', 'close 1', 'close 1']);
});

test('errors of two copies of the package know each other', async () => {
  const again = new URL('../../src/core/errors.js?copy', import.meta.url).href;
  const copy = (await import(again)) as typeof import('../../src/core/errors.js');
  expect(copy.KeyslotError).not.toBe(KeyslotError);
  expect(new copy.KeyslotError('OPERATION_FAILED', 'x')).toBeInstanceOf(KeyslotError);
  expect({ code: 'OPERATION_FAILED' }).not.toBeInstanceOf(KeyslotError);
});
