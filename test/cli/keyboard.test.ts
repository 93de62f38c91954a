import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import type { Output } from '../../src/cli/context.js';
import { keyboardOf, Line } from '../../src/cli/keyboard.js';

/** A terminal whose keys a test presses; `raw` is what it was switched to, in order. */
function terminal(): { input: ReadStream; press(keys: string): void; raw: boolean[]; end(): void } {
  const stream = new PassThrough();
  const raw: boolean[] = [];
  const input = Object.assign(stream, { setRawMode: (mode: boolean) => raw.push(mode) }) as unknown as ReadStream;
  return { input, raw, press: (keys) => void stream.write(keys), end: () => void stream.end() };
}
function output(): Output & { shown: string } {
  return {
    shown: '',
    isTTY: true,
    columns: 80,
    rows: 24,
    onResize: () => () => undefined,
    getColorDepth: () => 1,
    write(text) {
      this.shown += text;
    },
    send: async () => undefined,
  };
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('a secret line', () => {
  it('is read without echo, and the terminal is left as it was', async () => {
    const { input, press, raw } = terminal();
    const out = output();
    const keyboard = keyboardOf(input, out, new AbortController().signal, () => undefined);
    const asked = keyboard.secret('Passphrase: ');
    press('geh');
    press('eim\r');
    expect(text(await asked)).toBe('geheim');
    expect([raw, out.shown]).toEqual([[true, false], 'Passphrase: \n']);
    const again = keyboard.secret('Again: ');
    press('x\n');
    expect(text(await again)).toBe('x');
  });

  it('is not shown from the moment in which the question appears', async () => {
    const { input, press, raw } = terminal();
    const modes: boolean[][] = [];
    const out = { ...output(), write: () => void modes.push([...raw]) };
    const asked = keyboardOf(input, out, new AbortController().signal, () => undefined).secret('Passphrase: ');
    press('x\r');
    await asked;
    expect(modes[0]).toEqual([true]);
  });

  it('wipes the pieces that it came in', async () => {
    const { input } = terminal();
    const keyboard = keyboardOf(input, output(), new AbortController().signal, () => undefined);
    const asked = keyboard.secret('?');
    const piece = Buffer.from('geheim\n');
    input.emit('data', piece);
    expect(text(await asked)).toBe('geheim');
    expect(piece.every((byte) => byte === 0)).toBe(true);
  });

  it('ends with Ctrl-C, which is a key now', async () => {
    const { input, press, raw } = terminal();
    const controller = new AbortController();
    const keyboard = keyboardOf(input, output(), controller.signal, () => controller.abort(new Error('interrupted')));
    const asked = keyboard.secret('?');
    press('ab\u0003');
    await expect(asked).rejects.toThrow('interrupted');
    expect(raw).toEqual([true, false]);
  });
});

describe('a line that is shown', () => {
  it('comes from the terminal as it is, also when that ends', async () => {
    const { input, press, raw, end } = terminal();
    const keyboard = keyboardOf(input, output(), new AbortController().signal, () => undefined);
    const asked = keyboard.line('Type yes: ');
    press(' yes \n');
    expect(await asked).toBe('yes');
    expect(raw).toEqual([false, false]);
    const never = keyboard.line('Type yes: ');
    end();
    expect(await never).toBe('');
  });
});

describe('what is typed', () => {
  it.each([
    ['abc\u007fd\r', 'abd'],
    ['aü\u007fb\n', 'ab'],
    ['wrong\u0015right\u0004', 'right'],
    ['\u0008\u007fx\r', 'x'],
    ['one\rtwo', 'one'],
  ])('%j is %s', (keys, line) => {
    const typed = new Line();
    expect(typed.take(Buffer.from(keys))).toBe('enter');
    expect(text(typed.bytes)).toBe(line);
    const view = typed.bytes;
    typed.wipe();
    expect(view.every((byte) => byte === 0)).toBe(true);
    expect(typed.bytes).toHaveLength(0);
  });

  it('goes on until Enter, and no further than 1024 bytes', () => {
    const typed = new Line();
    expect(typed.take(Buffer.alloc(2000, 'x'))).toBeUndefined();
    expect(typed.bytes).toHaveLength(1024);
    expect(typed.take(Buffer.from('\u0003'))).toBe('interrupt');
  });
});
