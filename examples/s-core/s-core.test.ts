/** Runs the examples against a daemon: on the software provider, and the same code on a SoftHSM2 token. */
import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CryptoContext, type CryptoStack, createCryptoStack, KeyOperationPermission as p } from '../../src/client/index.js';
import {
  createToken,
  type DisposableDaemon,
  type DisposableToken,
  type ProviderLine,
  type SlotLine,
  softwareProvider,
  startDisposableDaemon,
  tokenProvider,
} from '../../src/testing/index.js';
import { hashManyMessages } from './context-reuse.js';
import { generateUseAndPersist } from './ephemeral-key.js';
import { hashInTwoWays } from './hashing.js';
import { enforceLeastPrivilege } from './key-operation-permissions.js';
import { boundEveryCall } from './operation-timeouts.js';
import { encryptAndDecryptWithOneKey } from './pre-deployed-key-guard.js';
import { encryptWithPreDeployedKey } from './pre-deployed-key-slot-direct.js';

interface Setting extends AsyncDisposable {
  readonly daemon: DisposableDaemon;
  readonly stack: CryptoStack;
  readonly ctx: CryptoContext;
  /** The pre-deployed key, which only a test knows. */
  readonly key: Uint8Array;
}

function slots(provider: string): SlotLine[] {
  const slot = (name: string, algorithm: string, permissions: SlotLine['permissions']): SlotLine => {
    return { name, kind: 'key', algorithm, providers: [provider], permissions };
  };
  return [
    slot('PreDeployedSlot', 'AES-256', ['encrypt', 'decrypt']),
    slot('MyNewSlot', 'AES-256', ['encrypt', 'decrypt']),
    slot('SigningKey', 'ECDSA-P256', ['sign', 'verify']),
  ];
}

async function deploy(provider: ProviderLine): Promise<Setting> {
  const names = { PreDeployedSlot: 'PreDeployedSlot', MyNewSlot: 'MyNewSlot', SigningKey: 'SigningKey' };
  const daemon = await startDisposableDaemon({
    settings: {
      providers: [provider],
      slots: slots(provider.name),
      access: [{ user: process.getuid?.() ?? 0, slots: names, rights: ['use', 'write', 'generate', 'clear'] }],
      timeouts: { allowNone: true },
    },
  });
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint, defaultOperationTimeout: 60_000 });
  const ctx = await stack.createCryptoContext();
  const key = randomBytes(32);
  await using management = await ctx.createKeyManagementContext();
  const slot = await ctx.resolveResource('PreDeployedSlot', 'keySlot');
  await management.importKey(slot, { algorithm: 'AES-256', keyData: key });
  await management.generateKey(await ctx.resolveResource('SigningKey', 'keySlot'), 'ECDSA-P256');
  const dispose = async () => {
    await stack.close();
    await daemon[Symbol.asyncDispose]();
  };
  return { daemon, stack, ctx, key, [Symbol.asyncDispose]: dispose };
}

const iv = randomBytes(16);
const text = Buffer.from('torque map 7, naïve café, 鍵');

function decrypted(key: Uint8Array, ciphertext: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
function digest(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());
}

function examples(setting: () => Setting, providerId: number): void {
  test('pre-deployed key, slot-direct', async () => {
    const { daemon, key } = setting();
    expect(decrypted(key, await encryptWithPreDeployedKey(daemon.endpoint, iv, text))).toEqual(text);
  });

  test('pre-deployed key, guard', async () => {
    const { ctx, key } = setting();
    const outcome = await encryptAndDecryptWithOneKey(ctx, iv, text);
    expect(outcome.info).toEqual({
      state: 'occupied',
      algorithm: 'AES-256',
      primaryProvider: providerId,
      compatibleProviders: [providerId],
      permittedOperations: p.encrypt | p.decrypt,
    });
    expect(decrypted(key, outcome.ciphertext)).toEqual(text);
    expect(Buffer.from(outcome.decrypted)).toEqual(text);
  });

  test('ephemeral key, used and persisted', async () => {
    const outcome = await generateUseAndPersist(setting().ctx, text);
    expect(Buffer.from(outcome.decrypted)).toEqual(text);
    expect(outcome.info).toMatchObject({ state: 'occupied', algorithm: 'AES-256', permittedOperations: p.encrypt | p.decrypt });
  });

  test('hashing', async () => {
    const { streamed, atOnce } = await hashInTwoWays(setting().ctx, text, iv);
    expect(new Uint8Array(streamed)).toEqual(digest(text, iv));
    expect(new Uint8Array(atOnce)).toEqual(digest(text, iv));
  });

  test('context reuse via reset', async () => {
    const digests = await hashManyMessages(setting().ctx, text, iv, Buffer.from('correct'));
    expect(digests.map((one) => new Uint8Array(one))).toEqual([digest(text), digest(iv), digest(Buffer.from('correct'))]);
  });

  test('key operation permissions', async () => {
    expect(await enforceLeastPrivilege(setting().ctx)).toEqual({
      refusal: 'KEY_OPERATION_NOT_PERMITTED',
      slotMaySign: true,
      authenticationKeyMay: p.sign | p.verify | p.mac | p.agree,
    });
  });

  // The deadlines are the original's; a machine with more work than it can do may miss them.
  test('operation timeouts', { retry: 3 }, async () => {
    const outcome = await boundEveryCall(setting().daemon.endpoint, text);
    expect(outcome.digest).toEqual(digest(text));
    expect(outcome.hurried).toBe('OPERATION_TIMED_OUT');
    expect(outcome.slow).toMatchObject({ type: 'key', persistence: 'ephemeral', primaryProvider: providerId });
  });
}

describe('software', () => {
  let setting: Setting;
  beforeAll(async () => {
    setting = await deploy(softwareProvider('software', 1));
  });
  afterAll(() => setting?.[Symbol.asyncDispose]());
  examples(() => setting, 1);
});

describe('SoftHSM2 token', () => {
  let token: DisposableToken;
  let setting: Setting;
  beforeAll(async () => {
    token = await createToken({ label: 's-core' });
    setting = await deploy(tokenProvider(token, 'token', 2));
  });
  afterAll(async () => {
    await setting?.[Symbol.asyncDispose]();
    await token?.remove();
  });
  examples(() => setting, 2);
});
