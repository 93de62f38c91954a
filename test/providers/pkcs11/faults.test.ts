/** What the provider does when its module hangs, crashes or answers nonsense. */
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken } from '../../../softhsm/index.js';
import { decryptionRefused } from '../../../src/providers/contract.js';
import type { Pkcs11Provider, Pkcs11ProviderOptions } from '../../../src/providers/pkcs11/provider.js';
import { canCompile, compileFaultModule, Faults, needsCompiler } from '../../faults/fault-module.js';
import { type Bench, eventually, generate, keyRow, openBench, operation, slotSpec, TestCall } from './token-provider.js';

const compiler = await canCompile();
let bench: Bench;
let faults: Faults;
let provider: Pkcs11Provider;
const call = new TestCall();
const whole = (text: string) => ({ data: Buffer.from(text), iv: undefined, aad: undefined });

async function open(options: Partial<Pkcs11ProviderOptions> = {}): Promise<void> {
  const token = await createToken();
  faults = new Faults(token.modulePath);
  bench = await openBench({ module: await compileFaultModule(), env: { ...token.env, ...faults.env }, ...options }, token);
  provider = bench.provider;
}
const ready = () => eventually('the provider is ready', () => provider.status().state === 'ready');
const sign = (key: Awaited<ReturnType<typeof generate>>, own = call) =>
  operation(provider, 'ECDSA-P256', { key, kind: 'sign' }).singleShot?.(whole('x'), own);
const hash = () => operation(provider, 'SHA-256').singleShot?.(whole('x'), call);

describe('a token that fails', () => {
  beforeEach(async (ctx) => {
    if (!compiler) ctx.skip(needsCompiler);
    await open({ hang: { call: 1000, generate: 5000 } });
  });
  afterEach(async () => {
    if (!compiler) return;
    faults.clear();
    await bench.close();
    faults.remove();
  });

  it('and hangs is replaced after the limit, not before; slots go on, ephemeral keys are lost', async () => {
    const slot = slotSpec('slot', 'ECDSA-P256');
    const stored = await provider.slots.store(slot, { from: 'generate', algorithm: slot.algorithm }, 0x10, 0x20, 1, call);
    const [slotKey, ephemeral] = [await provider.slots.load(slot, stored, call), await generate(provider, 'ECDSA-P256')];
    const { hostPid } = provider.status();
    faults.set({ C_Sign: 'hang' });
    const impatient = new TestCall();
    const work = sign(ephemeral, impatient);
    // Answered later, so the other is on its way by then.
    await hash();
    impatient.abandon();
    await expect(work).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    expect(provider.status()).toMatchObject({ hostPid, state: 'ready', sessions: { quarantined: 1 } });
    await expect(sign(slotKey)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: false });
    faults.clear();
    await ready();
    expect(provider.status().hangs).toBe(1);
    expect(provider.status().restarts).toBe(1);
    expect(ephemeral.alive).toBe(false);
    await expect(sign(ephemeral)).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
    expect((await sign(slotKey))?.data).toHaveLength(64);
    expect(provider.status().keys).toBe(0);
  });

  it('and crashes loses what was under way, and comes back at once', async () => {
    const stream = operation(provider, 'SHA-256');
    await stream.init(undefined, call);
    await stream.update(Buffer.from('part'), call);
    const key = await generate(provider, 'ECDSA-P256');
    faults.set({ C_Sign: 'segv' });
    await expect(sign(key)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    faults.clear();
    await expect(Promise.resolve(stream.update(Buffer.from('more'), call))).rejects.toMatchObject({ code: 'PROVIDER_NOT_AVAILABLE' });
    stream.close();
    await ready();
    expect((await hash())?.data).toEqual(new Uint8Array(createHash('sha256').update('x').digest()));
    expect(provider.status()).toMatchObject({ hangs: 0, restarts: 1, keys: 0 });
  });

  it('with an error replaces its session and goes on', async () => {
    const key = await generate(provider, 'ECDSA-P256');
    faults.set({ C_Sign: 'rv:0x5' });
    for (let i = 0; i < 20; i++) {
      await expect(sign(key)).rejects.toMatchObject({
        code: 'OPERATION_FAILED',
        message: expect.stringContaining('CKR_GENERAL_ERROR (0x5)'),
      });
    }
    faults.set({ C_Sign: 'rv:0x80000001' });
    await expect(sign(key)).rejects.toMatchObject({ code: 'OPERATION_FAILED', message: expect.stringContaining('0x80000001') });
    faults.clear();
    expect((await sign(key))?.data).toHaveLength(64);
    expect(provider.status().restarts).toBe(0);
  });

  it('and tells that it is gone is started anew', async () => {
    const key = await generate(provider, 'ECDSA-P256');
    faults.set({ C_Sign: 'rv:0x32' });
    await expect(sign(key)).rejects.toMatchObject({ code: 'PROVIDER_NOT_AVAILABLE', message: expect.stringContaining('removed') });
    faults.clear();
    await eventually('the host was replaced', () => provider.status().restarts === 1 && provider.status().state === 'ready');
    expect((await hash())?.data).toHaveLength(32);
  });

  it('with answers of the wrong length is not believed', async () => {
    const key = await generate(provider, 'ECDSA-P256');
    faults.set({ C_Sign: 'badlen', C_Digest: 'badlen' });
    const failed = { code: 'OPERATION_FAILED', message: expect.stringContaining('65 bytes where there must be 64') };
    await expect(sign(key)).rejects.toMatchObject(failed);
    await expect(hash()).rejects.toMatchObject({ code: 'OPERATION_FAILED' });
  });

  it('in a decryption gives the one error, in an encryption its own', async () => {
    const key = await generate(provider, 'AES-256');
    const iv = randomBytes(16);
    const crypt = (direction: 'encrypt' | 'decrypt') =>
      operation(provider, 'AES-256-CBC', { key, direction }).singleShot?.({ data: Buffer.alloc(16), iv, aad: undefined }, call);
    faults.set({ C_Decrypt: 'rv:0x40', C_Encrypt: 'rv:0x40' });
    await expect(crypt('decrypt')).rejects.toMatchObject({ code: 'OPERATION_FAILED', message: decryptionRefused });
    await expect(crypt('encrypt')).rejects.toMatchObject({ code: 'OPERATION_FAILED', message: expect.stringContaining('0x40') });
  });

  it('and is slow does not hold up others: the slow call moves to the thread pool', async () => {
    const key = await generate(provider, 'ECDSA-P256');
    for (let i = 0; i < 5; i++) await sign(key);
    faults.set({ C_Sign: 'sleep:300' });
    const started = performance.now();
    // The first may still run in line; from the second on the others need not wait.
    await sign(key);
    const slow = sign(key);
    const between = performance.now();
    await hash();
    const waited = performance.now() - between;
    await slow;
    expect(performance.now() - started).toBeGreaterThanOrEqual(590);
    expect(waited).toBeLessThan(250);
  });

  it('lets a late result of a given-up call go, and frees its key', async () => {
    faults.set({ C_GenerateKeyPair: 'late:200' });
    const impatient = new TestCall();
    const work = provider.keys.generate({ algorithm: keyRow('ECDSA-P256'), permissions: 0x10, publicPermissions: 0x20 }, 55, impatient);
    await hash();
    impatient.abandon();
    await expect(work).rejects.toMatchObject({ code: 'OPERATION_CANCELLED' });
    await eventually('the answer came', () => provider.status().sessions.quarantined === 0);
    expect(provider.status().keys).toBe(0);
    provider.closeOwner(55);
    await eventually('the owner is gone', () => provider.status().sessions.owner === 0);
  });

  it('while a slot is written holds what it held before', async () => {
    const slot = slotSpec('slot', 'ECDSA-P256');
    const source = { from: 'generate', algorithm: slot.algorithm } as const;
    await provider.slots.store(slot, source, 0x10, 0x20, 1, call);
    // The objects are made, and the host dies before it can tell.
    faults.set({ C_GetAttributeValue: 'abort' });
    await expect(provider.slots.store(slot, source, 0x10, 0x20, 2, call)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    faults.clear();
    await ready();
    expect(await provider.slots.inspect(slot, call)).toMatchObject({ generation: 1 });
    await eventually('the leftover was reported', () => bench.log.some(({ fields }) => fields.generation === 2));
    expect(await provider.slots.store(slot, source, 0x10, 0x20, 2, call)).toMatchObject({ generation: 2 });
  });

  it('when it makes another key than was asked for is refused, and nothing stays', async () => {
    const slot = slotSpec('slot', 'AES-256');
    faults.set({ C_GenerateKey: 'rv:0xd1' });
    await expect(provider.slots.store(slot, { from: 'generate', algorithm: slot.algorithm }, 0x3, 0, 1, call)).rejects.toMatchObject({
      code: 'PERSIST_FAILED',
      message: expect.stringContaining('CKR_TEMPLATE_INCONSISTENT'),
    });
    await expect(generate(provider, 'AES-256')).rejects.toMatchObject({ code: 'KEY_GENERATION_FAILED' });
    faults.clear();
    expect(await provider.slots.inspect(slot, call)).toBeUndefined();
  });

  it('with few sessions makes do with those', async () => {
    const streams = [operation(provider, 'SHA-256'), operation(provider, 'SHA-256')];
    for (const stream of streams) await stream.init(undefined, call);
    await streams[0]?.update(Buffer.from('x'), call);
    faults.set({ C_OpenSession: 'rv:0xb1' });
    await expect(Promise.resolve(streams[1]?.update(Buffer.from('x'), call))).rejects.toMatchObject({
      code: 'PROVIDER_BUSY',
      retryable: true,
    });
    for (const stream of streams) stream.close();
    faults.clear();
    expect((await hash())?.data).toHaveLength(32);
  });
});

describe('an idle stream', () => {
  it('loses its session after the time-out', async (ctx) => {
    if (!compiler) ctx.skip(needsCompiler);
    await open({ streamTimeout: 150 });
    try {
      const stream = operation(provider, 'SHA-256');
      await stream.init(undefined, call);
      await stream.update(Buffer.from('x'), call);
      await eventually('its session shows', () => provider.status().sessions.busy === 1);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await expect(Promise.resolve(stream.update(Buffer.from('y'), call))).rejects.toMatchObject({ code: 'OPERATION_TIMED_OUT' });
      await eventually('its session is free', () => provider.status().sessions.busy === 0);
      await stream.init(undefined, call);
      await stream.update(Buffer.from('x'), call);
      expect((await stream.finalize(call)).data).toEqual(new Uint8Array(createHash('sha256').update('x').digest()));
      stream.close();
    } finally {
      await bench.close();
      faults.remove();
    }
  });
});

describe('a start that fails at first', () => {
  it.for([
    ['C_Login', 'rvn:3:0x5'],
    ['C_GetTokenInfo', 'rvn:2:0x5'],
    ['C_OpenSession', 'rvn:1:0x5'],
    ['C_Initialize', 'rvn:2:0x5'],
  ] as const)('in %s is tried again', async ([name, action], ctx) => {
    if (!compiler) ctx.skip(needsCompiler);
    const token = await createToken();
    faults = new Faults(token.modulePath);
    faults.set({ [name]: action });
    bench = await openBench({ module: await compileFaultModule(), env: { ...token.env, ...faults.env } }, token);
    try {
      expect(bench.provider.status()).toMatchObject({ state: 'ready', restarts: 0 });
      expect(bench.log).toEqual([]);
    } finally {
      await bench.close();
      faults.remove();
    }
  });
});
