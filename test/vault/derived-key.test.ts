/** A derived key has one owner, and is never printed. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';
import { MessageChannel } from 'node:worker_threads';
import pino from 'pino';
import { expect, test } from 'vitest';
import { SecureBuffer } from '../../src/native.js';
import { DerivedKey } from '../../src/vault/derived-key.js';
import { keyKinds } from '../../src/vault/key-kind.js';

function secret(): SecureBuffer {
  const buffer = new SecureBuffer(32);
  buffer.use((bytes) => bytes.fill(0x41));
  return buffer;
}
const made = () => new DerivedKey('Ed25519', secret(), new Uint8Array(32).fill(7));
const invalidOperation = expect.objectContaining({ code: 'INVALID_OPERATION' });

/** Everything that a sink gets. */
function sink() {
  const texts: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      texts.push(String(chunk));
      done();
    },
  });
  return { stream, text: () => texts.join('') };
}

test('it has its kind and both halves', () => {
  using key = made();
  expect(key.key_type).toBe('Ed25519');
  expect(key.private_key.use((bytes) => [...bytes])).toEqual(Array(32).fill(0x41));
  expect([...key.public_key]).toEqual(Array(32).fill(7));
  key.public_key.fill(0);
  expect([...key.public_key]).toEqual(Array(32).fill(7));
});

test('whatever prints it prints [REDACTED]', () => {
  using key = made();
  const out = sink();
  new Console(out.stream).log(key, { key });
  // Without time and process id, whose digits may be those of the key.
  pino({ timestamp: false, base: null }, out.stream).info({ key }, 'derived');
  const printed = {
    json: JSON.stringify(key),
    nested: JSON.stringify({ keys: [key] }),
    template: `${key}`,
    joined: [key].join(),
    concatenated: `key: ${String(key)}`,
    inspect: inspect(key),
    nestedInspect: inspect({ a: { b: [key] } }, { depth: null, showHidden: true, getters: true }),
    format: format('%s %o %j', key, key, key),
    logs: out.text(),
  };
  for (const [name, text] of Object.entries(printed)) {
    expect(text, name).toContain('[REDACTED]');
    expect(text, name).not.toMatch(/AAAA|QUFB|4141|65,\s*65/);
  }
  for (const text of [inspect(key, { customInspect: false, showHidden: true, getters: true }), inspect({ ...key }, { depth: null })])
    expect(text).not.toMatch(/AAAA|QUFB|4141|65,\s*65/);
  expect(JSON.parse(printed.json)).toEqual({
    key_type: 'Ed25519',
    private_key: '[REDACTED]',
    public_key: Buffer.alloc(32, 7).toString('base64'),
  });
});

test('it is not cloned', () => {
  using key = made();
  const { port1, port2 } = new MessageChannel();
  expect(() => structuredClone(key)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  expect(() => structuredClone({ keys: new Map([['a', key]]) })).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  expect(() => port1.postMessage(key)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
  expect(() => serialize(key)).toThrow(/could not be cloned/);
  expect(() => key.clone()).toThrow(invalidOperation);
  port1.close();
  port2.close();
  expect(Object.isFrozen(key)).toBe(true);
});

test('it moves to another owner', () => {
  const first = made();
  const half = first.private_key;
  using second = first.move();
  expect(() => first.private_key).toThrow(invalidOperation);
  expect(() => first.public_key).toThrow(invalidOperation);
  expect(() => first.move()).toThrow(invalidOperation);
  first[Symbol.dispose]();
  expect(second.private_key).toBe(half);
  expect(half.use((bytes) => bytes[0])).toBe(0x41);
});

test('disposed, its private key is gone, and it can still be printed', () => {
  const key = made();
  const half = key.private_key;
  key[Symbol.dispose]();
  key[Symbol.dispose]();
  expect(() => half.use(() => undefined)).toThrow(invalidOperation);
  expect(() => key.private_key).toThrow(invalidOperation);
  expect(`${key} ${JSON.stringify(key)} ${inspect(key)}`).toContain('[REDACTED]');
});

test('what was printed is not read back', () => {
  using key = made();
  const printed = JSON.stringify(key);
  for (const input of [printed, JSON.parse(printed)])
    expect(() => DerivedKey.from(input)).toThrow(expect.objectContaining({ code: 'REDACTED_INPUT', field: 'private_key' }));
  const real = {
    key_type: 'Ed25519',
    private_key: Buffer.alloc(32, 0x41).toString('base64'),
    public_key: Buffer.alloc(32).toString('base64'),
  };
  const malformed = [
    '',
    'null',
    '{',
    '[]',
    '"x"',
    JSON.stringify(real),
    JSON.stringify({ ...real, private_key: Array(32).fill(65) }),
    JSON.stringify({ ...real, x: 1 }),
  ];
  for (const input of [...malformed, real, undefined, 7])
    expect(() => DerivedKey.from(input)).toThrow(expect.objectContaining({ code: 'INVALID_FORMAT' }));
});

test('an error about its JSON does not quote it', () => {
  try {
    DerivedKey.from('{"private_key": QUFBQUFBQUFB');
    expect.unreachable();
  } catch (error) {
    expect(inspect(error, { depth: null })).not.toContain('QUFB');
  }
});

test('it is made of a private key in locked memory', () => {
  const privateKey = secret();
  using key = DerivedKey.from({ key_type: 'Secp256k1', private_key: privateKey, public_key: Buffer.alloc(33, 2).toString('base64') });
  expect(key.private_key).toBe(privateKey);
  for (const [type, { publicKeySize }] of Object.entries(keyKinds)) {
    const wrong = (half: SecureBuffer, size: number) => () => new DerivedKey(type as 'Ed25519', half, new Uint8Array(size));
    using short = new SecureBuffer(31);
    using sound = secret();
    expect(wrong(sound, publicKeySize + 1)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'public_key' }));
    expect(wrong(short, publicKeySize)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'private_key' }));
    expect(wrong(new Uint8Array(32) as never, publicKeySize)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', field: 'private_key' }),
    );
  }
  using sound = secret();
  expect(() => new DerivedKey('toString' as 'Ed25519', sound, new Uint8Array(32))).toThrow(expect.objectContaining({ field: 'key_type' }));
});
