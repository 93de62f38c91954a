/** The behaviour of SecureBuffer as a value. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { SecureBuffer } from '../../src/native.js';
import { failure } from './errors.js';
import { runChild, temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function filled(text: string): SecureBuffer {
  const buffer = new SecureBuffer(text.length);
  buffer.use((bytes) => bytes.set(Buffer.from(text)));
  return buffer;
}

describe('construction', () => {
  test.each([1, 16, 17, 4096, 4097, 1024 * 1024])('%d bytes of zeros', (size) => {
    using buffer = new SecureBuffer(size);
    expect(buffer.size).toBe(size);
    expect(buffer.locked).toBe(true);
    buffer.use((bytes) => {
      expect(bytes.length).toBe(size);
      expect(bytes.every((byte) => byte === 0)).toBe(true);
      bytes[size - 1] = 1;
    });
    expect(buffer.use((bytes) => bytes[size - 1])).toBe(1);
  });

  test.each([0, -1, 1.5, Number.NaN, 1024 * 1024 + 1, '32' as unknown as number])('refuses a size of %s', (size) => {
    expect(failure(() => new SecureBuffer(size))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'size' });
  });
});

describe('use', () => {
  test('gives the result and takes the view away', () => {
    using buffer = filled('secret');
    let kept: Uint8Array = new Uint8Array(1);
    const sum = buffer.use((bytes) => {
      kept = bytes;
      return bytes.reduce((total, byte) => total + byte, 0);
    });
    expect(sum).toBe(646);
    expect(kept.length).toBe(0);
    expect(kept[0]).toBeUndefined();
    expect(kept.buffer.byteLength).toBe(0);
  });

  test('takes the view away when the callee throws, and lets the error through', () => {
    using buffer = filled('secret');
    let kept: Uint8Array = new Uint8Array(1);
    const mine = new Error('mine');
    expect(() =>
      buffer.use((bytes) => {
        kept = bytes;
        throw mine;
      }),
    ).toThrow(mine);
    expect(kept.length).toBe(0);
    expect(buffer.use((bytes) => bytes.length)).toBe(6);
  });

  test('nested: both views show the same bytes, each ends with its own call', () => {
    using buffer = filled('secret');
    buffer.use((outer) => {
      const inner = buffer.use((bytes) => {
        bytes[0] = 0x53;
        return bytes;
      });
      expect(inner.length).toBe(0);
      expect(Buffer.from(outer).toString()).toBe('Secret');
    });
  });

  test('a stack that overflows leaves no view', () => {
    using buffer = filled('secret');
    const views: Uint8Array[] = [];
    const deeper = (): void =>
      buffer.use((bytes) => {
        views.push(bytes);
        deeper();
      });
    expect(deeper).toThrow(RangeError);
    expect(views.length).toBeGreaterThan(10);
    expect(views.every((view) => view.length === 0)).toBe(true);
  });

  test('refuses asynchronous callees; a rejection of theirs stays silent', () => {
    using buffer = filled('secret');
    let called = false;
    const declared = async () => {
      called = true;
    };
    expect(failure(() => buffer.use(declared))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'use' });
    expect(called).toBe(false);
    const rejecting = () => Promise.reject(new Error('the view is gone'));
    expect(failure(() => buffer.use(rejecting))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'use' });
    expect(failure(() => buffer.use(5 as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'use' });
  });

  // Node 20 has no ArrayBuffer.prototype.transfer: nothing to try there.
  if ('transfer' in ArrayBuffer.prototype) {
    test('a transferred view costs the buffer, and its new owner sees zeros', () => {
      const buffer = filled('secret');
      let moved = new ArrayBuffer(1);
      const transfer = (bytes: Uint8Array) => {
        moved = (bytes.buffer as ArrayBuffer & { transfer(): ArrayBuffer }).transfer();
      };
      expect(failure(() => buffer.use(transfer))).toMatchObject({ code: 'INVALID_OPERATION', field: 'use' });
      expect([...new Uint8Array(moved)]).toEqual([0, 0, 0, 0, 0, 0]);
      expect(failure(() => buffer.use(() => undefined)).code).toBe('INVALID_OPERATION');
    });
  }

  test('a callee that is stopped from outside leaves no readable view', () => {
    using buffer = filled('secret');
    let kept: Uint8Array = new Uint8Array(1);
    const spin = () =>
      buffer.use((bytes) => {
        kept = bytes;
        for (;;);
      });
    expect(() => runInContext('spin()', createContext({ spin }), { timeout: 50 })).toThrow(/timed out/);
    for (let i = 0; i < buffer.size; i++) expect(kept[i] ?? 0).toBe(0);
  });
});

describe('equals', () => {
  test('compares with buffers and bytes', () => {
    using left = filled('secret');
    using same = filled('secret');
    using longer = filled('secret!');
    expect(left.equals(left)).toBe(true);
    expect(left.equals(same)).toBe(true);
    expect(left.equals(longer)).toBe(false);
    expect(left.equals(Buffer.from('secret'))).toBe(true);
    expect(left.equals(new Uint8Array(0))).toBe(false);
    for (let i = 0; i < 6; i++) {
      const other = Buffer.from('secret');
      other[i] = (other[i] ?? 0) ^ 0x80;
      expect(left.equals(other)).toBe(false);
    }
  });

  test('refuses anything else, also what only looks like a buffer', () => {
    using buffer = filled('secret');
    for (const other of ['secret', null, {}, Object.create(SecureBuffer.prototype), new Uint16Array(3)]) {
      expect(failure(() => buffer.equals(other as never))).toMatchObject({ code: 'INVALID_ARGUMENT', field: 'other' });
    }
  });
});

describe('zeroize and dispose', () => {
  test('zeroize overwrites at once, also under an open view, and the buffer stays usable', () => {
    using buffer = filled('secret');
    buffer.use((bytes) => {
      buffer.zeroize();
      expect([...bytes]).toEqual([0, 0, 0, 0, 0, 0]);
      bytes[0] = 7;
    });
    expect(buffer.use((bytes) => bytes[0])).toBe(7);
  });

  test('dispose inside use: the view shows zeros to its end', () => {
    const buffer = filled('secret');
    buffer.use((bytes) => {
      buffer[Symbol.dispose]();
      expect([...bytes]).toEqual([0, 0, 0, 0, 0, 0]);
    });
    expect(failure(() => buffer.use(() => undefined)).code).toBe('INVALID_OPERATION');
  });

  test('after dispose: size stays, the rest is refused, a second dispose does nothing', () => {
    const buffer = filled('secret');
    using other = filled('secret');
    buffer[Symbol.dispose]();
    buffer[Symbol.dispose]();
    buffer.zeroize();
    expect(buffer.size).toBe(6);
    expect(buffer.locked).toBe(false);
    expect(failure(() => buffer.use(() => undefined)).code).toBe('INVALID_OPERATION');
    expect(failure(() => buffer.equals(other)).code).toBe('INVALID_OPERATION');
    expect(failure(() => other.equals(buffer)).code).toBe('INVALID_OPERATION');
  });
});

test('no printed form, no clone holds the bytes', () => {
  using buffer = filled('hunter2hunter2');
  expect(JSON.stringify({ buffer })).toBe('{"buffer":"[REDACTED]"}');
  expect(`${buffer}`).toBe('[REDACTED]');
  for (const options of [{}, { showHidden: true, depth: 9 }])
    expect(inspect({ buffer }, options)).toBe('{ buffer: SecureBuffer [REDACTED] }');
  expect(inspect(buffer, { customInspect: false, showHidden: true, depth: 9 })).not.toMatch(/hunter|104, 117/);
  expect(Object.keys(structuredClone(buffer))).toEqual([]);
  expect(Reflect.ownKeys(buffer)).toEqual([]);
});

describe('fromFile', () => {
  function withFile<T>(content: string | Uint8Array, use: (descriptor: number) => T): T {
    const path = join(folder.path, 'secret');
    writeFileSync(path, content);
    const descriptor = openSync(path, 'r');
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  test.each([
    [1, 1],
    [32, 4096],
    [4095, 4096],
    [4096, 4096],
    [4097, 1024 * 1024],
    [1024 * 1024, 1024 * 1024],
  ])('%d bytes, at most %d', (size, maxSize) => {
    const content = Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
    using buffer = withFile(content, (descriptor) => SecureBuffer.fromFile(descriptor, maxSize));
    expect(buffer.size).toBe(size);
    expect(buffer.locked).toBe(true);
    expect(buffer.equals(content)).toBe(true);
  });

  test('reads a pipe that is filled in pieces and is not blocking', async () => {
    const through = ['sh', '-c', '(printf abc; sleep 0.1; printf def) | "$@"', 'sh'];
    const { stdout } = await runChild('pipe-child', [], { through });
    expect(stdout).toBe('6 true\n');
  });

  test('refuses what is longer, empty, closed, a folder or not readable', () => {
    const refused = { code: 'INVALID_ARGUMENT', field: 'descriptor' };
    expect(withFile('12345', (d) => failure(() => SecureBuffer.fromFile(d, 4)))).toMatchObject(refused);
    expect(withFile(new Uint8Array(10_000), (d) => failure(() => SecureBuffer.fromFile(d, 9_999)))).toMatchObject(refused);
    expect(withFile('', (d) => failure(() => SecureBuffer.fromFile(d, 4)))).toMatchObject(refused);
    expect(failure(() => SecureBuffer.fromFile(1_000_000, 4))).toMatchObject(refused);
    expect(failure(() => SecureBuffer.fromFile(-1, 4))).toMatchObject(refused);
    const directory = openSync(folder.path, 'r');
    expect(failure(() => SecureBuffer.fromFile(directory, 4))).toMatchObject(refused);
    closeSync(directory);
    const writeOnly = openSync(join(folder.path, 'secret'), 'w');
    writeSync(writeOnly, 'x');
    expect(failure(() => SecureBuffer.fromFile(writeOnly, 4))).toMatchObject(refused);
    closeSync(writeOnly);
    expect(withFile('1', (d) => failure(() => SecureBuffer.fromFile(d, 0)))).toMatchObject({ field: 'maxSize' });
  });
});
