/** One child process that executes for a provider: how it is started, spoken to and ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { MiB } from '../../core/limits.js';
import { FrameReader } from '../../protocol/frame-reader.js';
import { FrameWriter } from '../../protocol/frame-writer.js';
import type { Message } from '../../protocol/message.js';
import { maxData } from '../../protocol/operations.js';

/** Frames between daemon and hosts; both sides are one build. */
export const hostFrame = MiB;
export const hostMessage = maxData + MiB;

export interface HostProcessOptions {
  /** Path of the child's program. */
  readonly script: string;
  /** All of the child's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Become descriptors 4, 5 … of the child; closed here once it has started. */
  readonly descriptors: readonly number[];
  readonly onMessage: (message: Message) => void;
  /** A line that the child wrote to standard error. */
  readonly onLine: (line: string) => void;
  /** Runs once, when the child is gone, however it went. */
  readonly onExit: (reason: string) => void;
}

const longestLine = 500;

export class HostProcess {
  readonly #child: ChildProcess;
  readonly #socket: Socket | undefined;
  readonly #out = new FrameWriter(hostFrame);
  readonly #reader: FrameReader;
  #flushing = false;
  #ended: string | undefined;

  constructor(options: HostProcessOptions) {
    this.#reader = new FrameReader({
      receives: 'answers',
      limits: { frame: hostFrame, message: hostMessage },
      onMessage: options.onMessage,
    });
    try {
      this.#child = spawn(process.execPath, ['--enable-source-maps', options.script, String(process.pid)], {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', ...options.descriptors],
        env: options.env,
        ...(options.uid === undefined ? {} : { uid: options.uid }),
        ...(options.gid === undefined ? {} : { gid: options.gid }),
      });
    } finally {
      for (const descriptor of options.descriptors) closeSync(descriptor);
    }
    const end = (reason: string) => {
      if (this.#ended !== undefined) return;
      this.#ended = reason;
      this.#socket?.destroy();
      options.onExit(reason);
    };
    this.#child.once('error', (error) => end(`can't be started: ${error.message}`));
    this.#child.once('exit', (code, signal) => end(signal === null ? `exited with ${code}` : `was ended by ${signal}`));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n')) if (line !== '') options.onLine(line.slice(0, longestLine));
    });
    this.#socket = this.#child.stdio[3] as Socket | undefined;
    this.#socket?.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#socket?.on('error', () => this.kill());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Adds messages, which go out together at the end of this turn of the loop. */
  send(write: (out: FrameWriter) => void): void {
    write(this.#out);
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const pieces = this.#out.take();
    const socket = this.#socket;
    if (socket === undefined || socket.destroyed) return;
    socket.cork();
    // Keys and secrets among it do not stay in memory that nobody owns any more.
    for (const piece of pieces) socket.write(piece, () => void piece.fill(0));
    socket.uncork();
  }

  /** What a host answers is foreign input: a malformed frame ends the host. */
  #receive(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
    } catch {
      this.kill();
    } finally {
      chunk.fill(0);
    }
  }

  /** Lets the child go: it ends when its socket closes. */
  release(): void {
    this.#socket?.end();
  }
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
