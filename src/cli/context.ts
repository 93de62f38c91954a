/** What a command may touch of the world outside; tests bring their own. */
import type { CommandContext } from '@stricli/core';

export interface Output {
  readonly isTTY: boolean;
  /** Width of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** Its height. */
  readonly rows: number | undefined;
  /** Runs `work` whenever the terminal has got another size. Answers how to take it back. */
  onResize(work: () => void): () => void;
  /** Bits of colour; 1 for none. Honours NO_COLOR and FORCE_COLOR. */
  getColorDepth(): number;
  write(text: string): void;
  /** Resolves when the bytes are on their way, so that a slow reader slows the writer. */
  send(bytes: Uint8Array): Promise<void>;
}

export interface Input {
  chunks(): AsyncIterable<Uint8Array>;
}

/** Somebody at a terminal, who can be asked. Questions go to standard error. */
export interface Keyboard {
  /** A line that is shown while it is typed. */
  line(question: string): Promise<string>;
  /** A line that is not shown. The caller wipes it. */
  secret(question: string): Promise<Uint8Array>;
}

/** What the framework hands to a command: its own place for complaints, and the world. */
export interface CommandThis extends CommandContext {
  readonly cli: CliContext;
}

export interface CliContext {
  readonly process: {
    readonly stdout: Output;
    readonly stderr: Output;
    readonly env: Readonly<Record<string, string | undefined>>;
  };
  readonly stdin: Input;
  /** Undefined where standard input is no terminal. */
  readonly keyboard: Keyboard | undefined;
  /** Aborted with an `Interrupted` by Ctrl-C, SIGTERM, or a reader of the output that went away. */
  readonly signal: AbortSignal;
  /** Work for the moment in which the process ends before the command does: synchronous, never throws. Answers how to take it back. */
  onExit(work: () => void): () => void;
  /** Before a phrase comes into this process: no core dump, and nobody else of the same user looks into it. */
  hideMemory(): void;
  /** Turns this process into keyslotd, which ends it in its own time. */
  becomeDaemon(args: readonly string[]): Promise<never>;
  /** The exit status, once a command has run. */
  status: number | undefined;
}

/** Reason of `CliContext.signal`. */
export class Interrupted extends Error {
  /** 128 and the number of the signal, as shells show it. */
  readonly status: number;
  constructor(status: number) {
    super('interrupted');
    this.status = status;
  }
}

/** The status to exit with when the command was interrupted. */
export function interruption(signal: AbortSignal): number | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason instanceof Interrupted ? signal.reason.status : 130;
}
