/** A phrase on the terminal, once, on the second screen that terminals have: nothing of it stays where one can scroll to. */
import type { CliContext, Keyboard, Output } from '../context.js';
import { secretMemory, wipe } from '../secret-memory.js';

const enter = '\u001b[?1049h';
const begin = '\u001b[2J\u001b[H';
const end = '\u001b[2J\u001b[H\u001b[?1049l';
const advice = `Write these words on paper, in their order. They are shown only now, and
without them nobody can ever make the keys again. Whoever sees them has
the keys.

`;
const more = '\nPress Enter for the rest. ';
const question = '\nPress Enter when they are written down; you type them next. ';

const blank = 0x20;
const newline = 0x0a;
const zero = 0x30;
const mostColumns = 4;
/** Cells of a word with the blanks behind it. */
const cell = 15;
/** Cells of a number in front of its word. */
const numberCells = 4;
/** Cells of the longest word of any list. */
const longestWord = 14;

/** What of the phrase is on the screen. */
interface Page {
  /** Words before it. */
  readonly first: number;
  readonly count: number;
  readonly columns: number;
}

/** Resolves when somebody has pressed Enter at the last page, with the screen as it was before. */
export async function showPhrase({ process: { stderr } }: CliContext, keyboard: Keyboard, phrase: Uint8Array): Promise<void> {
  const { length } = wordsOf(phrase);
  const pageAt = (first: number): Page => pageFrom(first, length, stderr);
  const draw = (page: Page) => {
    const table = tableOf(phrase, page);
    stderr.write(`${begin}${advice}`);
    return stderr.send(table).finally(() => wipe(table));
  };
  const questionAt = ({ first, count }: Page) => (first + count < length ? more : question);
  stderr.write(enter);
  try {
    for (let first = 0; first < length; ) {
      await draw(pageAt(first));
      const stopWatching = stderr.onResize(() => {
        const page = pageAt(first);
        draw(page).then(
          () => stderr.write(questionAt(page)),
          () => undefined,
        );
      });
      try {
        wipe(await keyboard.secret(questionAt(pageAt(first))));
      } finally {
        stopWatching();
      }
      first += pageAt(first).count;
    }
  } finally {
    stderr.write(end);
  }
}

/** As many words as fit, because the second screen has nothing to scroll to, and a word that is cut in two is a wrong one. */
function pageFrom(first: number, words: number, { columns: width = 80, rows = 24 }: Pick<Output, 'columns' | 'rows'>): Page {
  const fit = Math.floor((width + cell - longestWord) / (numberCells + cell));
  const columns = Math.min(mostColumns, Math.max(1, fit));
  const heightOf = (text: string) => text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
  // The advice ends with a newline, and the question begins with one.
  const lines = Math.max(1, rows - (heightOf(advice) - 1) - heightOf(question));
  return { first, count: Math.min(words - first, lines * columns), columns };
}

/** ` 1. abandon         2. ability …`, as bytes. */
export function tableOf(phrase: Uint8Array, page: Partial<Page> = {}): Uint8Array {
  const all = wordsOf(phrase);
  const { first = 0, count = all.length, columns = mostColumns } = page;
  const words = all.slice(first, first + count);
  const room = secretMemory(phrase.length + words.length * (cell + 8));
  let at = 0;
  const put = (...bytes: readonly number[]) => {
    for (const byte of bytes) room[at++] = byte;
  };
  for (const [index, word] of words.entries()) {
    const number = first + index + 1;
    put(number < 10 ? blank : zero + Math.floor(number / 10), zero + (number % 10), 0x2e, blank);
    room.set(word, at);
    at += word.length;
    if ((index + 1) % columns === 0 || index + 1 === words.length) put(newline);
    else for (let width = cellsOf(word); width < cell; width++) put(blank);
  }
  return room.subarray(0, at);
}

/** Views, no copies. Words are parted by a blank or, in Japanese, by U+3000. */
function wordsOf(phrase: Uint8Array): Uint8Array[] {
  const words: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at <= phrase.length; at++) {
    const size = at === phrase.length ? 1 : blankAt(phrase, at);
    if (size === 0) continue;
    words.push(phrase.subarray(start, at));
    start = at + size;
  }
  return words;
}

/** Bytes of the blank that begins here; 0 for none. */
function blankAt(phrase: Uint8Array, at: number): number {
  if (phrase[at] === blank) return 1;
  return phrase[at] === 0xe3 && phrase[at + 1] === 0x80 && phrase[at + 2] === 0x80 ? 3 : 0;
}

/** How wide a terminal shows a word in NFC: what has three bytes in UTF-8 is of East Asia and has two cells, other letters have one. */
function cellsOf(word: Uint8Array): number {
  let cells = 0;
  for (const byte of word) cells += byte >= 0xe0 ? 2 : (byte & 0xc0) === 0x80 ? 0 : 1;
  return cells;
}
