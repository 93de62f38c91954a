/** Questions to whoever sits at the terminal. What is typed as a secret is not shown, and never becomes a string. */
import type { ReadStream } from 'node:tty';
import type { Keyboard, Output } from './context.js';
import { secretMemory, wipe } from './secret-memory.js';

const longestLine = 1024;
const keys = { interrupt: 0x03, end: 0x04, erase: 0x08, newline: 0x0a, enter: 0x0d, kill: 0x15, delete: 0x7f } as const;

/** `interrupt` runs for Ctrl-C, which a terminal in raw mode delivers as a key. */
export function keyboardOf(input: ReadStream, output: Output, signal: AbortSignal, interrupt: () => void): Keyboard {
  const ask = (question: string, echo: boolean) => readLine({ input, output, signal, interrupt, question, echo });
  return {
    secret: (question) => ask(question, false),
    async line(question) {
      const bytes = await ask(question, true);
      return Buffer.from(bytes).toString('utf8').trim();
    },
  };
}

interface Question {
  readonly input: ReadStream;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly interrupt: () => void;
  readonly question: string;
  readonly echo: boolean;
}

function readLine({ input, output, signal, interrupt, question, echo }: Question): Promise<Uint8Array> {
  const line = new Line();
  // First, so that nobody who answers at once is shown.
  input.setRawMode(!echo);
  output.write(question);
  input.resume();
  return new Promise<Uint8Array>((resolve, reject) => {
    const stop = () => {
      input.off('data', take);
      input.off('end', finish);
      signal.removeEventListener('abort', giveUp);
      input.setRawMode(false);
      input.pause();
      if (!echo) output.write('\n');
    };
    const giveUp = () => {
      stop();
      line.wipe();
      reject(signal.reason);
    };
    const finish = () => {
      stop();
      resolve(line.bytes);
    };
    const take = (chunk: Uint8Array) => {
      const done = line.take(chunk);
      wipe(chunk);
      if (done === 'interrupt') interrupt();
      else if (done === 'enter') finish();
    };
    input.on('data', take);
    input.once('end', finish);
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}

/** What was typed so far. */
export class Line {
  readonly #room = secretMemory(longestLine);
  #size = 0;

  /** Bytes until Enter; what follows is dropped. */
  take(chunk: Uint8Array): 'enter' | 'interrupt' | undefined {
    for (const key of chunk) {
      if (key === keys.enter || key === keys.newline || key === keys.end) return 'enter';
      if (key === keys.interrupt) return 'interrupt';
      if (key === keys.kill) this.wipe();
      else if (key === keys.erase || key === keys.delete) this.#erase();
      else if (this.#size < longestLine) this.#room[this.#size++] = key;
    }
    return undefined;
  }

  /** A view: wiping it wipes the line. */
  get bytes(): Uint8Array {
    return this.#room.subarray(0, this.#size);
  }

  wipe(): void {
    wipe(this.#room);
    this.#size = 0;
  }

  /** One character: in UTF-8 the bytes 10xxxxxx belong to the one before. */
  #erase(): void {
    while (this.#size > 0) {
      this.#size -= 1;
      const byte = this.#room[this.#size] as number;
      this.#room[this.#size] = 0;
      if ((byte & 0xc0) !== 0x80) return;
    }
  }
}
