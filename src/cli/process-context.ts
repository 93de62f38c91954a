/** The world of a real process. */
import { isatty, type ReadStream, type WriteStream } from 'node:tty';
import { exitStatus } from '../core/errors.js';
import { exitNow, hardenProcess } from '../native.js';
import { type CliContext, type Input, Interrupted, type Keyboard, type Output } from './context.js';
import { isStuck } from './interruptible.js';
import { keyboardOf } from './keyboard.js';

const signals = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
/** As a shell shows a program that wrote to a pipe which nobody reads. */
const brokenPipe = 141;

export interface ProcessContext extends CliContext {
  /** Resolves when all output has been taken: what a pipe has no room for yet would be lost with the process. */
  delivered(): Promise<void>;
  /** For a command that was interrupted: a thread may still be stuck in its work. */
  leave(status: number): never;
}

export function processContext(): ProcessContext {
  const controller = new AbortController();
  const lastWork = new Set<() => void>();
  const interrupt = (status: number) => controller.abort(new Interrupted(status));
  process.once('exit', () => {
    for (const work of lastWork) work();
  });
  const leave = (status: number): never => {
    // In good order where that is possible: it also gives back pipes and terminals as they were.
    if (!isStuck()) process.exit(status);
    for (const work of lastWork) work();
    return exitNow(status);
  };
  const stopListening = listenToSignals(controller, interrupt, leave);
  const stderr = outputOf(process.stderr, interrupt);
  return {
    process: { stdout: outputOf(process.stdout, interrupt), stderr, env: process.env },
    stdin: standardInput(controller.signal),
    keyboard: keyboard(stderr, controller.signal, interrupt),
    signal: controller.signal,
    onExit(work) {
      lastWork.add(work);
      return () => lastWork.delete(work);
    },
    hideMemory: () => hardenProcess(),
    async becomeDaemon(args) {
      stopListening();
      process.argv = [process.argv0, 'keyslotd', ...args];
      await import('../daemon/main.js');
      return new Promise<never>(() => undefined);
    },
    async delivered() {
      const interrupted = new Promise<void>((resolve) => {
        controller.signal.addEventListener('abort', () => resolve(), { once: true });
        if (controller.signal.aborted) resolve();
      });
      await Promise.race([interrupted, Promise.all([process.stdout, process.stderr].map(takenFrom))]);
    },
    leave,
    status: undefined,
  };
}

/** The first signal ends the command in good order, a second one at once. */
function listenToSignals(controller: AbortController, interrupt: (status: number) => void, leave: (status: number) => never): () => void {
  const listeners = Object.entries(signals).map(([name, status]) => {
    const listener = () => {
      if (controller.signal.aborted) leave(status);
      interrupt(status);
    };
    process.on(name, listener);
    return { name, listener };
  });
  return () => {
    for (const { name, listener } of listeners) process.off(name, listener);
  };
}

function outputOf(stream: NodeJS.WriteStream, interrupt: (status: number) => void): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interrupt(brokenPipe);
    else if (stream === process.stdout) unwritable(error);
  });
  const terminal = stream as Partial<WriteStream>;
  return {
    isTTY: terminal.isTTY === true,
    get columns() {
      // A terminal that does not tell its size has 0.
      return terminal.columns === 0 ? undefined : terminal.columns;
    },
    get rows() {
      return terminal.rows === 0 ? undefined : terminal.rows;
    },
    onResize(work) {
      stream.on('resize', work);
      return () => void stream.off('resize', work);
    },
    getColorDepth: () => terminal.getColorDepth?.() ?? (forced(process.env.FORCE_COLOR) ? 4 : 1),
    write: (text) => void stream.write(text),
    send: (bytes) =>
      new Promise((resolve, reject) => {
        stream.write(bytes, (error) => {
          if (error === null || error === undefined) return resolve();
          if ((error as NodeJS.ErrnoException).code === 'EPIPE') interrupt(brokenPipe);
          return reject(error);
        });
      }),
  };
}

/** Errors are told by listeners, which run first. */
function takenFrom(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** A full disk, for example. What was asked for is lost: nothing else can be right any more. */
function unwritable(error: Error): never {
  process.stderr.write(`keyslot: can't write standard output: ${error.message}\n`);
  process.exit(exitStatus.cannotCreate);
}

function forced(value: string | undefined): boolean {
  return value !== undefined && value !== '0' && value !== 'false';
}

function standardInput(signal: AbortSignal): Input {
  return {
    async *chunks() {
      const stop = () => void process.stdin.destroy();
      signal.addEventListener('abort', stop, { once: true });
      try {
        for await (const chunk of process.stdin) yield chunk as Uint8Array;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

/** Made of standard input only where that is a terminal: looking at it otherwise would open it. */
function keyboard(output: Output, signal: AbortSignal, interrupt: (status: number) => void): Keyboard | undefined {
  return isatty(0) ? keyboardOf(process.stdin as ReadStream, output, signal, () => interrupt(signals.SIGINT)) : undefined;
}
