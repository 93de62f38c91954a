/** What the command line does with phrases before a daemon sees them. */
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDescriptorLine, writeDescriptor } from '../../src/cli/phrase/descriptor-line.js';
import { normalForm } from '../../src/cli/phrase/languages.js';
import { sameSecret } from '../../src/cli/phrase/same-secret.js';
import { tableOf } from '../../src/cli/phrase/show-phrase.js';
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
