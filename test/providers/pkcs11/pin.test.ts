/** A PIN that is refused is tried once, and not again until its file changes, whatever is restarted. */
import { chmodSync, copyFileSync, linkSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToken, type DisposableToken } from '../../../softhsm/index.js';
import type { Pkcs11Provider, Pkcs11ProviderOptions } from '../../../src/providers/pkcs11/provider.js';
import { canCompile, compileFaultModule, Faults, needsCompiler } from '../../faults/fault-module.js';
import { type Bench, eventually, openBench } from './token-provider.js';

let token: DisposableToken;
let bench: Bench;
let provider: Pkcs11Provider;
let wrongPin: string;

async function open(options: Partial<Pkcs11ProviderOptions> = {}): Promise<void> {
  bench = await openBench({ pinFile: wrongPin, ...options }, token, 'any state');
  provider = bench.provider;
}
async function restart(options: Partial<Pkcs11ProviderOptions> = {}): Promise<void> {
  await provider.stop();
  provider = bench.again(options);
  await provider.start();
}
beforeEach(async () => {
  token = await createToken();
  wrongPin = join(token.folder, 'wrong.pin');
  writeFileSync(wrongPin, 'not-the-pin\n', { mode: 0o600 });
});
afterEach(async () => {
  await bench.close();
});

describe('a refused PIN', () => {
  it('makes the provider unavailable, says why, and is not tried again', async () => {
    await open();
    expect(provider.status()).toMatchObject({
      state: 'unavailable',
      hostPid: null,
      reason: expect.stringContaining('CKR_PIN_INCORRECT (0xa0)'),
    });
    expect(provider.status().reason).toContain(wrongPin);
    await provider.start();
    await restart();
    expect(provider.status()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('CKR_PIN_INCORRECT') });
    // No process was started for it: refused from memory.
    expect(provider.status().restarts).toBe(0);
    const call = { caller: 1, abandoned: false, onAbandoned: () => undefined };
    await expect(provider.random(1, call)).rejects.toMatchObject({
      code: 'PROVIDER_NOT_AVAILABLE',
      message: expect.stringContaining('PIN'),
    });
  });

  it('is tried again by itself once its file has changed', async () => {
    await open();
    writeFileSync(wrongPin, readFileSync(token.pinFile));
    await eventually('the provider is ready', () => provider.status().state === 'ready');
  });

  it('is tried again when its file was replaced by another, or another file is configured', async () => {
    await open();
    unlinkSync(wrongPin);
    copyFileSync(token.pinFile, wrongPin);
    await restart();
    expect(provider.status().state).toBe('ready');
    writeFileSync(wrongPin, 'wrong-again\n');
    await restart();
    expect(provider.status().state).toBe('unavailable');
    await restart({ pinFile: token.pinFile });
    expect(provider.status().state).toBe('ready');
  });
});

describe('a PIN file that can not be looked at while its PIN stands refused', () => {
  it('does not end the daemon, and is used again when it is mended', async () => {
    await open();
    rmSync(wrongPin);
    symlinkSync(wrongPin, wrongPin);
    await eventually('the reason is another', () => provider.status().reason?.includes('symbolic link') === true);
    rmSync(wrongPin);
    copyFileSync(token.pinFile, wrongPin);
    await eventually('the provider is ready', () => provider.status().state === 'ready');
  });
});

describe('a PIN file', () => {
  it.each([
    ['that others may read', () => chmodSync(wrongPin, 0o644), 'chmod 0600'],
    [
      'that is a link',
      () => {
        linkSync(wrongPin, `${wrongPin}.real`);
        rmSync(wrongPin);
        symlinkSync(`${wrongPin}.real`, wrongPin);
      },
      'symbolic link',
    ],
    ['that is missing', () => rmSync(wrongPin), 'does not exist'],
    ['that is empty', () => writeFileSync(wrongPin, ''), 'no PIN'],
    ['that holds a line break only', () => writeFileSync(wrongPin, '\n'), 'no PIN'],
    ['that is too long', () => writeFileSync(wrongPin, 'x'.repeat(257)), 'at most 256 bytes'],
  ])('%s is not used', async (_name, prepare, reason) => {
    prepare();
    await open();
    expect(provider.status()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining(reason) });
  });
});

describe('a login that does not come back', () => {
  it('is tried twice and no more, over restarts', async (ctx) => {
    if (!(await canCompile())) ctx.skip(needsCompiler);
    const faults = new Faults(token.modulePath);
    try {
      faults.set({ C_Login: 'abort' });
      await open({ pinFile: token.pinFile, module: await compileFaultModule(), env: { ...token.env, ...faults.env } });
      await eventually('the second try', () => provider.status().reason?.includes('did not come back 2 times') === true);
      faults.clear();
      await restart();
      expect(provider.status()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('did not come back 2 times') });
      writeFileSync(token.pinFile, readFileSync(token.pinFile));
      await restart();
      expect(provider.status().state).toBe('ready');
    } finally {
      faults.remove();
    }
  });

  it('does not count where the token did not judge', async (ctx) => {
    if (!(await canCompile())) ctx.skip(needsCompiler);
    const faults = new Faults(token.modulePath);
    try {
      faults.set({ C_Login: 'rv:0x5' });
      await open({ pinFile: token.pinFile, module: await compileFaultModule(), env: { ...token.env, ...faults.env } });
      for (let i = 0; i < 3; i++) await restart();
      expect(provider.status()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('CKR_GENERAL_ERROR') });
      faults.clear();
      await restart();
      expect(provider.status().state).toBe('ready');
    } finally {
      faults.remove();
    }
  });
});

describe('a configuration that can not work', () => {
  it.each([
    ['a URI without attributes', { token: 'pkcs11:' }, 'INVALID_ARGUMENT', 'token'],
    ['a module that is not there', { module: '/nowhere/module.so' }, 'RESOURCE_NOT_FOUND', 'module'],
    [
      'a user that does not exist',
      { user: 'nobody-of-this-name' },
      process.getuid?.() === 0 ? 'INVALID_ARGUMENT' : 'ACCESS_DENIED',
      'user',
    ],
  ])('rejects: %s', async (_name, options, code, field) => {
    await open({ pinFile: token.pinFile });
    await provider.stop();
    provider = bench.again({ pinFile: token.pinFile, ...options });
    await expect(provider.start()).rejects.toMatchObject({ code, field });
  });

  it('is unavailable when no token matches, and says which there are', async () => {
    await open({ pinFile: token.pinFile, token: 'pkcs11:token=another' });
    expect(provider.status()).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining(`token=keyslot;serial=${token.serial}`),
    });
  });

  it('refuses a folder of state that another daemon uses', async () => {
    await open({ pinFile: token.pinFile });
    const second = bench.again({ pinFile: token.pinFile });
    await expect(second.start()).rejects.toMatchObject({ code: 'PROVIDER_BUSY' });
  });
});
