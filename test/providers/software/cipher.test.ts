import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decryptionRefused } from '../../../src/providers/contract.js';
import { call, cut, expectError, hex, importKey, joined, message, now, operation, random, startProvider, toHex } from './support.js';
import { cbc as cases } from './wycheproof-cases.js';

describe('wycheproof', () => {
  test.each(cases)('$comment: $valid', async ({ key, iv, msg, ct, valid }) => {
    const provider = await startProvider();
    const made = importKey(provider, 'AES-256', hex(key));
    const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key: made });
    if (!valid) {
      const error = await expectError(() => decrypt.singleShot?.(message(hex(ct), hex(iv)), call), 'OPERATION_FAILED');
      expect(error.message).toBe(decryptionRefused);
      return;
    }
    expect(toHex(now(decrypt.singleShot?.(message(hex(ct), hex(iv)), call)).data)).toBe(msg);
    const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key: made });
    expect(toHex(now(encrypt.singleShot?.(message(hex(msg), hex(iv)), call)).data)).toBe(ct);
  });
});

test('any cut into updates gives what the whole message gives, both ways', async () => {
  const provider = await startProvider();
  const keyBytes = random(32);
  const key = importKey(provider, 'AES-256', keyBytes);
  const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key });
  const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key });
  const stream = (made: typeof encrypt, iv: Uint8Array, pieces: readonly Uint8Array[]) => {
    now(made.init(iv, call));
    const outputs = pieces.map((piece) => now(made.update(piece, call)));
    return joined([...outputs, now(made.finalize(call)).data]);
  };
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.array(fc.nat(300), { maxLength: 6 }),
      (data, iv, places) => {
        const cipher = createCipheriv('aes-256-cbc', keyBytes, iv);
        const whole = joined([cipher.update(data), cipher.final()]);
        expect(stream(encrypt, iv, cut(data, places))).toEqual(whole);
        expect(stream(decrypt, iv, cut(whole, places))).toEqual(data);
      },
    ),
  );
});

test('long messages come back whole, in line and in turns', async () => {
  const provider = await startProvider();
  const key = importKey(provider, 'AES-256', random(32));
  const encrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'encrypt', key });
  const decrypt = operation(provider, 'AES-256-CBC', { kind: 'cipher', direction: 'decrypt', key });
  const iv = random(16);
  for (const size of [65_536, 65_537, 1_048_577, 3_000_001]) {
    const data = random(size);
    const sealed = await encrypt.singleShot?.(message(data, iv), call);
    const opened = await decrypt.singleShot?.(message(sealed?.data ?? new Uint8Array(0), iv), call);
    expect(Buffer.compare(opened?.data ?? new Uint8Array(0), data)).toBe(0);
  }
});

test('an IV of another length is refused, and a cut message too', async () => {
  const provider = await startProvider();
  const decrypt = operation(provider, 'AES-256-CBC', {
    kind: 'cipher',
    direction: 'decrypt',
    key: importKey(provider, 'AES-256', random(32)),
  });
  for (const iv of [undefined, random(15), random(17)]) await expectError(() => decrypt.init(iv, call), 'INVALID_ARGUMENT', 'iv');
  for (const length of [0, 15, 17]) {
    await expectError(() => decrypt.singleShot?.(message(random(length), random(16)), call), 'OPERATION_FAILED');
  }
});
