import { expect, test } from 'vitest';
import { algorithmTable, type OperationRow } from '../../../src/core/algorithms.js';
import { call, generateKey, importKey, keyRow, operation, random, row, startProvider } from './support.js';

test('every algorithm of the table is supported and told, once', async () => {
  const provider = await startProvider();
  const told = provider.capabilities();
  expect(new Set(told.map(({ algorithm }) => algorithm)).size).toBe(told.length);
  expect(told.map(({ algorithm }) => algorithm).sort()).toEqual([...new Set(algorithmTable.map(({ name }) => name))].sort());
  for (const { algorithm, operations } of told) expect([algorithm, operations.length]).not.toEqual([algorithm, 0]);
  expect(told.find(({ algorithm }) => algorithm === 'HMAC-SHA-256')).toEqual({
    algorithm: 'HMAC-SHA-256',
    operations: ['mac', 'generate', 'import', 'export'],
    keyLengths: [256],
  });
  expect(told.find(({ algorithm }) => algorithm === 'AES-256')).toMatchObject({ modes: ['CBC', 'GCM'], keyLengths: [256] });
});

test('what is supported can be made', async () => {
  const provider = await startProvider();
  const keyNames: Readonly<Record<string, string>> = { aes: 'AES-256', hmac: 'HMAC-SHA-256', ec: 'ECDSA-P256', rsa: 'RSA-2048' };
  for (const algorithm of algorithmTable) {
    if (algorithm.family === 'key') {
      expect(provider.supportsKey(algorithm)).toBe(true);
      expect((await generateKey(provider, algorithm.name)).algorithm).toBe(algorithm);
      continue;
    }
    for (const kind of algorithm.kinds) {
      expect(provider.supports(algorithm, kind, {}, 16)).toBe(true);
      if (kind === 'random') continue;
      const key = 'keyType' in algorithm ? await generateKey(provider, keyNames[algorithm.keyType] ?? '') : undefined;
      expect(operation(provider, algorithm.name, { kind, key, direction: 'encrypt', tagLength: 16 })).toBeDefined();
    }
  }
});

test('what is not supported comes with a reason', async () => {
  const provider = await startProvider();
  expect(provider.supports(row('SHA-256'), 'mac', {}, 0)).toContain('does not run in a mac context');
  expect(provider.supports(row('AES-256-GCM'), 'aead', {}, 11)).toContain('not 11');
  const unknown = { ...row('SHA-256'), name: 'SHA-9', hash: 'SHA-9' } as unknown as OperationRow;
  expect(provider.supports(unknown, 'hash', {}, 0)).toBe('the software provider does not have SHA-9');
  const curve = { ...keyRow('ECDSA-P256'), name: 'ECDSA-P9', curve: 'P-9' } as unknown as ReturnType<typeof keyRow>;
  expect(provider.supportsKey(curve)).toContain('ECDSA-P9');
});

test('keys must fit, and random is not an operation', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'HMAC-SHA-256', random(32));
  expect(() => operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key })).toThrow('does not fit');
  expect(() => operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt' })).toThrow('needs a key');
  expect(() => operation(provider, 'CTR-DRBG', { kind: 'random' })).toThrow('does not run');
  expect(() => operation(provider, 'ECDSA-P256', { kind: 'hash' })).toThrow('does not run');
  await provider.seedRandom(random(8), call);
});
