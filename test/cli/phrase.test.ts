/** What the command line does with phrases before a daemon sees them. */
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CliContext } from '../../src/cli/context.js';
import { readDescriptorLine, writeDescriptor } from '../../src/cli/phrase/descriptor-line.js';
import { normalForm } from '../../src/cli/phrase/languages.js';
import { sameSecret } from '../../src/cli/phrase/same-secret.js';
import { showPhrase, tableOf } from '../../src/cli/phrase/show-phrase.js';
import { tidyBlanks, tidyWords } from '../../src/cli/phrase/tidy.js';
import { codeOf } from '../vault/support.js';
import { useFolder } from './support.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const folder = useFolder();

describe('what was typed', () => {
  it.each([
    ['abandon about', 'abandon about'],
    ['  Abandon\t ABOUT\r', 'abandon about'],
    ['a', 'a'],
    ['   ', ''],
    ['', ''],
  ])('%j is %j', (typed, tidy) => {
    const bytes = bytesOf(typed);
    expect(text(tidyWords(bytes))).toBe(tidy);
    // One memory, whose rest is wiped.
    expect([...bytes.subarray(tidy.length)].every((byte) => byte === 0)).toBe(true);
  });
  it('keeps its capitals where nothing is known of the language', () => {
    expect(text(tidyBlanks(bytesOf(' İ  A ')))).toBe('İ A');
  });
  it('is normalised to NFKD, and wiped where that makes other bytes', () => {
    const plain = bytesOf('plain');
    expect(normalForm(plain, 'it', 'passphrase')).toBe(plain);
    const accented = bytesOf('\u00e9\u3000\u338d');
    expect(text(normalForm(accented, 'it', 'passphrase'))).toBe('e\u0301 \u03bcg'.replace('\u03bcg', '\u338d'.normalize('NFKD')));
    expect(accented.every((byte) => byte === 0)).toBe(true);
  });
});

describe('two secrets', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'a\u0000', false],
    ['', '', true],
    ['', '\u0000', false],
    ['x'.repeat(1024), 'x'.repeat(1024), true],
    ['x'.repeat(1024), 'x'.repeat(1023), false],
  ])('%j and %j', (a, b, same) => {
    expect(sameSecret(bytesOf(a), bytesOf(b), 1024)).toBe(same);
  });
});

describe('a phrase on the screen', () => {
  it('has its words numbered in four columns', () => {
    const words = Array.from({ length: 12 }, (_, at) => `word${at}`).join(' ');
    expect(text(tableOf(bytesOf(words)))).toBe(
      ' 1. word0           2. word1           3. word2           4. word3\n' +
        ' 5. word4           6. word5           7. word6           8. word7\n' +
        ' 9. word8          10. word9          11. word10         12. word11\n',
    );
  });
  it('in Japanese, too, whose letters take two cells', () => {
    expect(text(tableOf(bytesOf('あおぞら\u3000あき\u3000é')))).toBe(' 1. あおぞら        2. あき            3. é\n');
  });
});

describe('a phrase on a small terminal', () => {
  const words = Array.from({ length: 24 }, (_, at) => `${'abcdefgh'.slice(0, 3 + (at % 6))}${at}`);
  /** What stands on the screen at each Enter; before some of them the terminal gets another size. */
  const screens = async (columns: number, rows: number, sizes: Readonly<Record<number, readonly [number, number]>> = {}) => {
    const shown: string[] = [];
    let screen = '';
    let resized: () => void = () => undefined;
    const write = (piece: string) => {
      screen = `${screen}${piece}`.split('\u001b[2J\u001b[H').at(-1) ?? '';
    };
    const stderr = {
      isTTY: true,
      columns,
      rows,
      getColorDepth: () => 1,
      write,
      send: async (bytes: Uint8Array) => write(text(bytes)),
      onResize(work: () => void) {
        resized = work;
        return () => {
          resized = () => undefined;
        };
      },
    };
    const secret = async (question: string) => {
      write(question);
      [stderr.columns, stderr.rows] = sizes[shown.length] ?? [stderr.columns, stderr.rows];
      resized();
      await new Promise((resolve) => setImmediate(resolve));
      shown.push(screen);
      return new Uint8Array(0);
    };
    const context = { process: { stdout: stderr, stderr, env: {} } } as unknown as CliContext;
    await showPhrase(context, { secret, line: async () => '' }, bytesOf(words.join(' ')));
    return shown;
  };
  const numbered = (screen: string) => [...screen.matchAll(/(\d+)\. (\w+)/g)].map(([, number, word]) => `${number} ${word}`);
  const all = words.map((word, at) => `${at + 1} ${word}`);

  it.each([
    [80, 24, 1],
    [40, 24, 1],
    [40, 12, 4],
    [20, 12, 24],
    [200, 5, 6],
    [10, 4, 24],
  ])('of %i columns and %i lines has whole words, all of them', async (columns, rows, pages) => {
    const shown = await screens(columns, rows);
    expect(shown).toHaveLength(pages);
    expect(shown.flatMap(numbered)).toEqual(all);
    for (const screen of shown) {
      const lines = screen.split('\n');
      expect(lines.filter((line) => /\d\. /.test(line) && line.length > Math.max(columns, 15))).toEqual([]);
      if (columns >= 40 && rows > 10)
        expect(lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0)).toBeLessThanOrEqual(rows);
      expect(screen).toMatch(screen === shown.at(-1) ? /you type them next\. $/ : /Press Enter for the rest\. $/);
    }
  });
  it('is shown anew when the terminal gets another size', async () => {
    const shown = await screens(80, 24, { 0: [40, 12], 1: [80, 24] });
    expect(shown.map((screen) => numbered(screen).length)).toEqual([6, 18]);
    expect(shown.flatMap(numbered)).toEqual(all);
  });
});

describe('a line of a descriptor', () => {
  const opened = (content: string | Uint8Array) => {
    const path = folder.path('line');
    writeFileSync(path, content);
    return openSync(path, 'r');
  };
  const { signal } = new AbortController();
  const line = async (descriptor: number) => text(await readDescriptorLine({ signal }, descriptor, 10, 'the phrase', 'phraseFd'));

  it('ends at a newline, and leaves the next one there', async () => {
    const descriptor = opened('one\r\ntwo\nthree');
    expect([await line(descriptor), await line(descriptor), await line(descriptor)]).toEqual(['one', 'two', 'three']);
    closeSync(descriptor);
  });
  it.each([
    ['nothing', '', 'INVALID_FORMAT', 'the phrase is empty'],
    ['an empty line', '\nx', 'INVALID_FORMAT', 'the phrase is empty'],
    ['too much', 'x'.repeat(11), 'INVALID_FORMAT', 'the phrase is longer than 10 bytes'],
    ['far too much', 'x'.repeat(5000), 'INVALID_FORMAT', 'the phrase is longer than 10 bytes'],
  ])('%s is refused', async (_, content, code, message) => {
    const descriptor = opened(content);
    await expect(line(descriptor)).rejects.toThrow(expect.objectContaining({ code, field: 'phraseFd', message }));
    closeSync(descriptor);
  });
  it('may have ten bytes and a line end', async () => {
    const descriptor = opened(`${'x'.repeat(10)}\r\n`);
    expect(await line(descriptor)).toBe('x'.repeat(10));
    closeSync(descriptor);
  });
  it('of a descriptor that is none is a wrong command line', async () => {
    await expect(line(987_654)).rejects.toThrow(
      expect.objectContaining({ exit: 2, message: expect.stringMatching(/^--phrase-fd: descriptor 987654 can't be read: /) }),
    );
  });
  it('is written once, and the descriptor closed', async () => {
    const path = folder.path('out');
    const descriptor = openSync(path, 'w');
    writeDescriptor(descriptor, bytesOf('words\n'), 'phraseOutFd');
    expect(readFileSync(path, 'utf8')).toBe('words\n');
    expect(await codeOf(() => fstatSync(descriptor))).toBe('EBADF');
    expect(() => writeDescriptor(descriptor, bytesOf('x'), 'phraseOutFd')).toThrow(
      expect.objectContaining({ exit: 2, field: 'phraseOutFd' }),
    );
  });
});
