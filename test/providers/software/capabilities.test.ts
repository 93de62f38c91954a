import { expect, test } from 'vitest';
import { algorithmTable, type KeyOperationRow, type OperationRow } from '../../../src/core/algorithms.js';
import { capabilities, supports, supportsKey, supportsKeyOperation } from '../../../src/providers/software/capabilities.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { call, generateKey, importKey, keyRow, operation, random, row, startProvider } from './support.js';

const told = capabilities();
const of = (name: string) => told.find(({ algorithm }) => algorithm === name);

test('every algorithm of the table is supported and told, once', async () => {
  expect(new Set(told.map(({ algorithm }) => algorithm)).size).toBe(told.length);
  expect(told.map(({ algorithm }) => algorithm).sort()).toEqual([...new Set(algorithmTable.map(({ name }) => name))].sort());
  for (const { algorithm, operations } of told) {
    expect([algorithm, operations.length]).not.toEqual([algorithm, 0]);
    expect(new Set(operations).size).toBe(operations.length);
  }
  expect((await startProvider()).capabilities()).toBe(told);
});

test('what is told of some', () => {
  expect(of('HMAC-SHA-256')).toEqual({
    algorithm: 'HMAC-SHA-256',
    operations: ['mac', 'generate', 'import', 'export'],
    keyLengths: [256],
  });
  expect(of('AES-256')).toMatchObject({
    modes: ['ECB', 'CBC', 'CTR', 'CFB', 'CFB8', 'OFB', 'XTS', 'GCM', 'CCM', 'GCM-SIV', 'SIV'],
    keyLengths: [256],
  });
  expect(of('ML-KEM-768')?.operations).toEqual(['encapsulate', 'decapsulate', 'generate', 'import', 'export']);
  expect(of('X25519')?.operations).toEqual(['agree', 'generate', 'import', 'export']);
  expect(of('HKDF-SHA-256')?.operations).toEqual(['derive']);
  expect(of('AES-KW')?.operations).toEqual(['wrap', 'unwrap']);
  expect(of('ECDSA-P256-SHA-1')?.operations).toEqual(['verify']);
  for (const name of ['SHA-1', 'AES-128-ECB', 'RSA-PKCS1']) expect(of(name)?.note).toMatch(/^legacy/);
  expect(of('AES-128-GCM-SIV')?.note).toContain('@noble/ciphers');
  expect(of('AES-256-GCM')?.note).toBe('nonces of 1 to 128 bytes');
});

/** Key rows that fit an operation. */
function keyNameOf(algorithm: OperationRow): string | undefined {
  if (!('keyType' in algorithm)) return undefined;
  if ('keyName' in algorithm) return algorithm.keyName;
  const found = algorithmTable.find(
    (candidate) =>
      candidate.family === 'key' &&
      candidate.keyType === algorithm.keyType &&
      (!('keyLength' in algorithm) || candidate.keyLength === algorithm.keyLength) &&
      (!('curve' in algorithm) || candidate.curve === algorithm.curve),
  );
  return found?.name;
}

test('what is supported can be made', { timeout: 120_000 }, async () => {
  const provider = await startProvider({ slowHost: inProcessSlowHost() });
  const keys = new Map<string, Awaited<ReturnType<typeof generateKey>>>();
  const keyOf = async (name: string) => {
    const key = keys.get(name) ?? (await generateKey(provider, name));
    keys.set(name, key);
    return key;
  };
  for (const algorithm of algorithmTable) {
    if (algorithm.family === 'key') {
      expect(supportsKey(algorithm)).toBe(true);
      continue;
    }
    if (algorithm.kinds.length === 0) {
      expect(supportsKeyOperation(algorithm as KeyOperationRow, {})).toBe(true);
      continue;
    }
    for (const kind of algorithm.kinds) {
      const runs = algorithm as OperationRow;
      const tagLength = runs.family === 'aead' ? runs.outputSize : 0;
      expect(supports(runs, kind, {}, tagLength)).toBe(true);
      if (kind === 'random') continue;
      const name = keyNameOf(runs);
      const key = name === undefined ? undefined : await keyOf(name);
      expect(operation(provider, algorithm.name, { kind, key, direction: 'encrypt', tagLength })).toBeDefined();
    }
  }
});

test('what is not supported comes with a reason', () => {
  expect(supports(row('SHA-256'), 'mac', {}, 0)).toContain('does not run in a mac context');
  expect(supports(row('AES-256-GCM'), 'aead', {}, 11)).toContain('not 11');
  const unknown = { ...row('SHA-256'), name: 'SHA-9', hash: 'SHA-9' } as unknown as OperationRow;
  expect(supports(unknown, 'hash', {}, 0)).toBe('the software provider does not have SHA-9');
  const family = { ...row('SHA-256'), name: 'ROT-13', family: 'rot' } as unknown as OperationRow;
  expect(supports(family, 'hash', {}, 0)).toBe('the software provider does not have ROT-13');
  const curve = { ...keyRow('ECDSA-P256'), name: 'ECDSA-P9', curve: 'P-9' } as unknown as ReturnType<typeof keyRow>;
  expect(supportsKey(curve)).toContain('ECDSA-P9');
});

test('keys must fit, and random is not an operation', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'HMAC-SHA-256', random(32));
  expect(() => operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key })).toThrow('does not fit');
  expect(() => operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt' })).toThrow('needs a key');
  expect(() => operation(provider, 'CTR-DRBG', { kind: 'random' })).toThrow('does not run');
  expect(() => operation(provider, 'ECDSA-P256', { kind: 'hash' })).toThrow('does not run');
  expect(() => operation(provider, 'Ed25519', { kind: 'mac' })).toThrow('does not run');
  await provider.seedRandom(random(8), call);
});
