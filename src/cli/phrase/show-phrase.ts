/** A phrase on the terminal, once, on the second screen that terminals have: nothing of it stays where one can scroll to. */
import type { CliContext, Keyboard } from '../context.js';
import { secretMemory, wipe } from '../secret-memory.js';

const begin = '\u001b[?1049h\u001b[2J\u001b[H';
const end = '\u001b[2J\u001b[H\u001b[?1049l';
const advice = `Write these words on paper, in their order. They are shown only now, and
without them nobody can ever make the keys again. Whoever sees them has the keys.

`;

const blank = 0x20;
const newline = 0x0a;
const zero = 0x30;
const columns = 4;
/** Cells of a word with the blanks behind it. */
const cell = 15;

/** Resolves when somebody has pressed Enter, with the screen as it was before. */
export async function showPhrase({ process: { stderr } }: CliContext, keyboard: Keyboard, phrase: Uint8Array): Promise<void> {
  const table = tableOf(phrase);
  stderr.write(`${begin}${advice}`);
  try {
    await stderr.send(table);
    wipe(await keyboard.secret('\nPress Enter when they are written down; you type them next. '));
  } finally {
    wipe(table);
    stderr.write(end);
  }
}

/** ` 1. abandon         2. ability …`, as bytes. */
export function tableOf(phrase: Uint8Array): Uint8Array {
  const words = wordsOf(phrase);
  const room = secretMemory(phrase.length + words.length * (cell + 8));
  let at = 0;
  const put = (...bytes: readonly number[]) => {
    for (const byte of bytes) room[at++] = byte;
  };
  for (const [index, word] of words.entries()) {
    const number = index + 1;
    put(number < 10 ? blank : zero + Math.floor(number / 10), zero + (number % 10), 0x2e, blank);
    room.set(word, at);
    at += word.length;
    if (number % columns === 0 || number === words.length) put(newline);
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
