/** A message kept until all of it is there, for algorithms without a form in parts. */
import { KeyslotError } from '../../core/errors.js';
import { copySecret } from '../key-encoding/secret-bytes.js';
import { HeldBack } from './held-back.js';
import { notStarted } from './symmetric.js';

export class Gathered {
  readonly #held = new HeldBack();
  readonly #longest: number;
  #size = 0;

  /** `longest` in bytes. */
  constructor(longest: number = Number.POSITIVE_INFINITY) {
    this.#longest = longest;
  }

  /** Copies the piece. @throws INVALID_ARGUMENT with field `data` when the message becomes too long */
  add(piece: Uint8Array): void {
    this.#size += piece.length;
    assertLength(this.#size, this.#longest);
    this.#held.add(copySecret(piece));
  }

  /** All of it, the caller's from here on, who wipes it. */
  release(): Uint8Array {
    this.#size = 0;
    return this.#held.release();
  }

  wipe(): void {
    this.#size = 0;
    this.#held.wipe();
  }
}

/** A message of a stream: gathered between its start and its end. */
export class GatheredMessage {
  readonly #gathered = new Gathered();
  #started = false;

  start(): void {
    this.drop();
    this.#started = true;
  }
  /** Copies the piece. @throws STREAM_NOT_INITIALIZED */
  add(piece: Uint8Array): void {
    this.#assertStarted();
    this.#gathered.add(piece);
  }
  /** All of it, the caller's from here on, who wipes it. @throws STREAM_NOT_INITIALIZED */
  take(): Uint8Array {
    this.#assertStarted();
    this.#started = false;
    return this.#gathered.release();
  }
  drop(): void {
    this.#started = false;
    this.#gathered.wipe();
  }
  #assertStarted(): void {
    if (!this.#started) throw notStarted();
  }
}

/** @throws INVALID_ARGUMENT with field `data` */
export function assertLength(size: number, longest: number): void {
  if (size <= longest) return;
  throw new KeyslotError('INVALID_ARGUMENT', `the message is too long: this takes at most ${longest} bytes at once`, { field: 'data' });
}
