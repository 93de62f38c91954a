/** Sessions, ids, guards and access, seen from real clients of a real daemon. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CryptoContext, type CryptoStack, createCryptoStack, KeyOperationPermission as p } from '../../src/client/index.js';
import * as blocking from '../../src/client/sync.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import { UserProcess } from './user-process.js';

const me = process.getuid?.() ?? 0;
const other = 65_534;
const stranger = 65_533;

let daemon: DisposableDaemon;
let stack: CryptoStack;
let context: CryptoContext;

beforeAll(async () => {
  daemon = await startDisposableDaemon({
    reachable: true,
    settings: {
      mode: '0666',
      providers: [softwareProvider()],
      slots: [
        { name: 'mine', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] },
        { name: 'theirs', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] },
        { name: 'target', kind: 'key', algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt', 'decrypt'] },
      ],
      access: [
        { user: me, slots: { data: 'mine', target: 'target' }, rights: ['use', 'write', 'generate', 'clear'] },
        { user: other, slots: { data: 'theirs' }, rights: ['use', 'generate'] },
      ],
    },
  });
  stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  context = await stack.createCryptoContext();
  const management = await context.createKeyManagementContext();
  await management.generateKey(await context.resolveResource('data', 'keySlot'), 'AES-256');
  await management.close();
});
afterAll(async () => {
  await stack?.close();
  await daemon?.[Symbol.asyncDispose]();
});

const iv = new Uint8Array(16).fill(7);
const text = new TextEncoder().encode('attack at dawn');

describe('one process is one session', () => {
  test('two stacks and a blocking stack resolve one name to one id', async () => {
    const second = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
    const third = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
    const ids = [
      await context.resolveResource('data', 'keySlot'),
      await (await second.createCryptoContext()).resolveResource('data', 'keySlot'),
      third.createCryptoContext().resolveResource('data', 'keySlot'),
    ];
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    await second.close();
    third.close();
  });

  test('a key made by the asynchronous client works in the blocking one', async () => {
    const management = await context.createKeyManagementContext();
    const key = await management.generateKey('AES-256');
    const sync = blocking.createCryptoStack({ connectionEndpoint: daemon.endpoint });
    const sealed = sync
      .createCryptoContext()
      .createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' })
      .singleShot(iv, text);
    const open = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'decrypt' });
    expect(await open.singleShot(iv, sealed)).toEqual(text);
    sync.close();
    await open.close();
    await management.close();
  });

  test('a second process of the same user has a session of its own', async () => {
    await using process = await UserProcess.start(me, daemon.endpoint);
    const management = await context.createKeyManagementContext();
    const key = await management.generateKey('AES-256');
    expect((await process.step({ do: 'useId', id: key.toJSON() })).error).toBe('RESOURCE_NOT_FOUND');
    const mine = await context.resolveResource('data', 'keySlot');
    expect((await process.step({ do: 'useId', id: mine })).error).toBe('RESOURCE_NOT_FOUND');
    const theirs = await process.step({ do: 'resolve', name: 'data' });
    expect((await process.step({ do: 'useId', id: theirs.value })).value).toBe('used');
    await management.close();
  });
});

describe('guards', () => {
  test('one loaded key works in an encrypting and a decrypting context at once', async () => {
    const management = await context.createKeyManagementContext();
    const key = await management.loadKey(await context.resolveResource('data', 'keySlot'));
    const enc = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
    const dec = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'decrypt' });
    await key.release();
    expect(await dec.singleShot(iv, await enc.singleShot(iv, text))).toEqual(text);
    await enc.close();
    expect(
      (
        await dec.singleShot(
          iv,
          await (
            await context.createCipherContext({
              algorithm: 'AES-256-CBC',
              key: await management.loadKey(await context.resolveResource('data', 'keySlot')),
              direction: 'encrypt',
            })
          ).singleShot(iv, text),
        )
      ).length,
    ).toBe(text.length);
    await dec.close();
    await management.close();
  });

  test('released before use it is gone, after use the context keeps it, twice is fine', async () => {
    const management = await context.createKeyManagementContext();
    const early = await management.generateKey('AES-256');
    await early.release();
    expect(early.isActive()).toBe(false);
    await early.release();
    await expect(context.createCipherContext({ algorithm: 'AES-256-CBC', key: early, direction: 'encrypt' })).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      field: 'key',
    });

    const late = await management.generateKey('AES-256');
    const enc = await context.createCipherContext({ algorithm: 'AES-256-CBC', key: late, direction: 'encrypt' });
    await late.release();
    expect((await enc.singleShot(iv, text)).length).toBe(16);
    await enc.close();

    const held = await management.generateKey('AES-256');
    const bound = await context.createCipherContext({ algorithm: 'AES-256-CBC', key: held, direction: 'encrypt' });
    await management.close();
    expect((await bound.singleShot(iv, text)).length).toBe(16);
    await expect(context.createCipherContext({ algorithm: 'AES-256-CBC', key: held, direction: 'encrypt' })).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
    });
    await bound.close();
  });

  test('persist is a copy: the guard stays active and the slot lives on without it', async () => {
    const management = await context.createKeyManagementContext();
    const key = await management.generateKey('AES-256');
    const target = await context.resolveResource('target', 'keySlot');
    await management.persistKey(target, key);
    expect(key.isActive()).toBe(true);
    const enc = await context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
    const sealed = await enc.singleShot(iv, text);
    await key.release();
    await enc.close();
    const dec = await context.createCipherContext({ algorithm: 'AES-256-CBC', key: target, direction: 'decrypt' });
    expect(await dec.singleShot(iv, sealed)).toEqual(text);
    await expect(management.persistKey(target, await management.generateKey('AES-256'))).rejects.toMatchObject({
      code: 'KEY_SLOT_OCCUPIED',
    });
    await management.clearKey(target);
    expect((await management.getKeySlotInfo(target)).state).toBe('empty');
    expect(await dec.singleShot(iv, sealed)).toEqual(text);
    await dec.close();
    await management.close();
  });

  test('a key for signing can not encrypt', async () => {
    const management = await context.createKeyManagementContext();
    const key = await management.generateKey({ algorithm: 'AES-256', permissions: p.mac });
    await expect(context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' })).rejects.toMatchObject({
      code: 'KEY_OPERATION_NOT_PERMITTED',
    });
    await management.close();
  });
});

describe('another user', () => {
  test('two users, one name, two slots; ids and names of others are worth nothing', async (ctx) => {
    if (me !== 0) ctx.skip('needs root to become another user');
    await using theirs = await UserProcess.start(other, daemon.endpoint);
    const slot = await theirs.step({ do: 'resolve', name: 'data' });
    expect((await theirs.step({ do: 'info', id: slot.value })).value).toMatchObject({ state: 'empty', name: 'data' });
    expect((await theirs.step({ do: 'generate', id: slot.value })).error).toBeUndefined();
    expect((await theirs.step({ do: 'info', id: slot.value })).value).toMatchObject({ state: 'occupied' });
    expect((await theirs.step({ do: 'clear', id: slot.value })).error).toBe('ACCESS_DENIED');
    expect((await theirs.step({ do: 'resolve', name: 'target' })).error).toBe('RESOURCE_NOT_FOUND');
    expect((await theirs.step({ do: 'resolve', name: 'mine' })).error).toBe('RESOURCE_NOT_FOUND');
    expect((await theirs.step({ do: 'list' })).value).toHaveLength(1);
    const mine = await context.resolveResource('data', 'keySlot');
    expect((await theirs.step({ do: 'useId', id: mine })).error).toBe('RESOURCE_NOT_FOUND');
  });

  test('a user without rights resolves nothing', async (ctx) => {
    if (me !== 0) ctx.skip('needs root to become another user');
    await using nobody = await UserProcess.start(stranger, daemon.endpoint);
    expect((await nobody.step({ do: 'resolve', name: 'data' })).error).toBe('RESOURCE_NOT_FOUND');
    expect((await nobody.step({ do: 'list' })).value).toEqual([]);
  });
});
