/** Streams under way, by the numbers that the daemon gave them. One call at a time runs on a stream; giving up waits for it. */
import { KeyslotError } from '../../../core/errors.js';
import { andThen, andThenOr } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { HostStream, Result } from './operation.js';

interface Entry {
  readonly stream: HostStream;
  busy: boolean;
  /** Given up while a call was under way: its end is the end of the stream. */
  doomed: boolean;
  timer: NodeJS.Timeout | undefined;
}

export class StreamTable {
  readonly #entries = new Map<number, Entry>();
  /** Streams that lost their session; remembered until the daemon lets go of them. */
  readonly #expired = new Set<number>();
  readonly #timeout: number;

  constructor(timeout: number) {
    this.#timeout = timeout;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(number: number, begin: () => HostStream): void {
    if (this.#entries.has(number)) throw new KeyslotError('INTERNAL_ERROR', 'the number of a stream is taken');
    this.#entries.set(number, { stream: begin(), busy: false, doomed: false, timer: undefined });
  }

  /** Runs a call. After an error the stream is gone. */
  run<T>(number: number, work: (stream: HostStream) => Answer<T>): Answer<T> {
    const entry = this.#get(number);
    entry.busy = true;
    clearTimeout(entry.timer);
    return andThenOr(
      () => work(entry.stream),
      (value) => {
        entry.busy = false;
        if (entry.doomed) this.#drop(number, entry);
        else this.#watch(number, entry);
        return value;
      },
      (error) => {
        this.#drop(number, entry);
        throw error;
      },
    );
  }

  /** The last call: the stream is gone afterwards, whatever comes of it. */
  finish(number: number, expected: Uint8Array): Answer<Result> {
    return andThen(
      this.run(number, (stream) => stream.finish(expected)),
      (result) => {
        this.abort(number);
        return result;
      },
    );
  }

  /** An unknown stream is fine. */
  abort(number: number): void {
    this.#expired.delete(number);
    const entry = this.#entries.get(number);
    if (entry === undefined) return;
    if (entry.busy) entry.doomed = true;
    else this.#drop(number, entry);
  }

  #get(number: number): Entry {
    const entry = this.#entries.get(number);
    if (entry !== undefined && !entry.busy && !entry.doomed) return entry;
    if (this.#expired.delete(number)) {
      throw new KeyslotError(
        'OPERATION_TIMED_OUT',
        `the stream was idle for more than ${this.#timeout} ms and lost its session on the token`,
      );
    }
    throw new KeyslotError('STREAM_NOT_INITIALIZED', 'the stream is not under way');
  }

  #watch(number: number, entry: Entry): void {
    if (!entry.stream.holdsSession) return;
    entry.timer = setTimeout(() => {
      this.#drop(number, entry);
      this.#expired.add(number);
    }, this.#timeout);
  }

  #drop(number: number, entry: Entry): void {
    clearTimeout(entry.timer);
    if (this.#entries.get(number) !== entry) return;
    this.#entries.delete(number);
    entry.stream.abort();
  }
}
