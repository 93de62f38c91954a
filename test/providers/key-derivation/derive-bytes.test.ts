import { describe, expect, test } from 'vitest';
import { kdfRows } from '../../../src/core/algorithms/key-operations.js';
import { hashSizes } from '../../../src/core/algorithms.js';
import { KeyslotError } from '../../../src/core/errors.js';
import { fillBlocks } from '../../../src/providers/key-derivation/blocks.js';
import { bytesOfWork } from '../../../src/providers/key-derivation/bytes-of-work.js';
import { deriveBytes } from '../../../src/providers/key-derivation/derive-bytes.js';
import { expectRefusal, type Given, kdfSpec, utf8 } from './derive.js';

/** What rows require. */
const required: Readonly<Record<string, number | Uint8Array>> = {
  salt: utf8('salt and pepper'),
  label: utf8('label'),
  seed: utf8('seed'),
  iterationCount: 2,
  memory: 8,
  parallelism: 1,
};

describe('every row', () => {
  test('derives what the parameters and the secret decide, into memory of its own', async () => {
    const seen = new Set<string>();
    for (const row of kdfRows) {
      const given: Given = Object.fromEntries(
        row.parameters.filter((parameter) => parameter.required).map(({ name }) => [name, required[name] ?? 0]),
      );
      const size = row.function === 'hkdf-extract' && row.hash !== undefined ? hashSizes[row.hash] : 141;
      const secret = new Uint8Array(row.prf === 'cmac' ? 32 : 64).fill(5);
      const spec = kdfSpec(row.name, given);
      const answer = deriveBytes(spec, secret, size);
      expect(answer instanceof Promise, row.name).toBe(row.slow);
      const bytes = await answer;
      expect(bytes.length, row.name).toBe(size);
      expect(Buffer.isBuffer(bytes), row.name).toBe(false);
      expect(await deriveBytes(spec, secret, size), row.name).toEqual(bytes);
      expect(secret, row.name).toEqual(new Uint8Array(secret.length).fill(5));
      const other = new Uint8Array(secret.length).fill(6);
      expect(await deriveBytes(spec, other, size), row.name).not.toEqual(bytes);
      seen.add(Buffer.from(bytes).toString('hex'));
    }
    expect(seen.size).toBe(kdfRows.length);
  });
  test('refuses a size of no bytes', async () => {
    for (const size of [0, -1, 1.5, 2 ** 29, Number.NaN]) {
      await expectRefusal('kdf.outputKeyLength', 'SP800-108-CTR-HMAC-SHA-256', {}, new Uint8Array(32), size);
    }
  });
});

test('a secret that is longer than the hash takes is hashed as HMAC does it', async () => {
  for (const { name } of kdfRows.filter((row) => row.function === 'sp800-108-ctr' && row.prf === 'hmac')) {
    for (const size of [72, 73, 104, 105, 136, 137, 144, 145, 64, 65, 128, 129]) {
      const secret = new Uint8Array(size).fill(9);
      // A MAC of what SP 800-108 puts into it, by the one function that hashes no key beforehand.
      const mac = kdfSpec(`HKDF-Extract-${name.slice('SP800-108-CTR-HMAC-'.length)}`, { salt: secret });
      const fixed = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 160);
      const whole = await deriveBytes(mac, fixed, hashSizes[mac.algorithm.hash ?? 'SHA-1']);
      expect(await deriveBytes(kdfSpec(name, {}), secret, 20)).toEqual(whole.slice(0, 20));
    }
  }
});

test('a failure of what computes is KEY_DERIVATION_FAILED, and says nothing of the secret', async () => {
  const spec = kdfSpec('SP800-108-CTR-HMAC-SHA-256', {});
  const notBytes = { length: 3 } as Uint8Array;
  let error: unknown;
  try {
    await deriveBytes(spec, notBytes, 16);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(KeyslotError);
  expect(error).toMatchObject({ code: 'KEY_DERIVATION_FAILED' });
});

describe('blocks', () => {
  test('are told the block before, and wiped once they are copied', () => {
    const blocks: Uint8Array[] = [];
    const previous: number[][] = [];
    const output = fillBlocks(5, 2, 3, (number, before) => {
      previous.push([...before]);
      const block = new Uint8Array(2).fill(number);
      blocks.push(block);
      return block;
    });
    expect([...output]).toEqual([1, 1, 2, 2, 3]);
    expect(previous).toEqual([[], [1, 1], [2, 2]]);
    expect(blocks).toEqual([new Uint8Array(2), new Uint8Array(2), new Uint8Array(2)]);
  });
  test('that are lost half way leave nothing behind', () => {
    let before: Uint8Array = new Uint8Array(0);
    const fail = (): void => {
      fillBlocks(4, 2, 2, (number, previous) => {
        before = previous;
        if (number === 2) throw new Error('no more');
        return Uint8Array.of(7, 7);
      });
    };
    expect(fail).toThrow('no more');
    expect(before).toEqual(new Uint8Array(2));
  });
});

test('bytes of work: all parameters and the secret for every block, twice in a double pipeline', () => {
  const seed = new Uint8Array(1000);
  expect(bytesOfWork(kdfSpec('X963-KDF-SHA-1', { seed }), 24, 100)).toBe(5 * 1024 + 100);
  expect(bytesOfWork(kdfSpec('SP800-108-CTR-CMAC', { seed }), 24, 100)).toBe(7 * 1024 + 100);
  expect(bytesOfWork(kdfSpec('SP800-108-DP-CMAC', { seed }), 24, 100)).toBe(14 * 1024 + 100);
  expect(bytesOfWork(kdfSpec('SP800-108-KMAC-128', { seed }), 24, 100)).toBe(1024 + 100);
});
