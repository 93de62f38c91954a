/** Messages that are gathered here, because their algorithm has no form in parts. */
import { KeyslotError } from '../../../core/errors.js';
import { andFinally } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { wipe } from '../../key-encoding/secret-bytes.js';
import { type HostStream, nothing, type Result } from './operation.js';

/** What is done with the whole message, which is wiped afterwards. */
export type Whole = (message: Uint8Array, expected: Uint8Array) => Answer<Result>;

export class GatheredStream implements HostStream {
  readonly holdsSession = false;
  readonly #whole: Whole;
  /** Bytes. */
  readonly #longest: number;
  #size = 0;
  #parts: Uint8Array[] = [];

  constructor(whole: Whole, longest = Number.POSITIVE_INFINITY) {
    this.#whole = whole;
    this.#longest = longest;
  }

  /** @throws INVALID_ARGUMENT with field `data` when the message becomes too long */
  update(data: Uint8Array): Uint8Array {
    this.#size += data.length;
    assertLength(this.#size, this.#longest);
    this.#parts.push(Uint8Array.from(data));
    return nothing;
  }

  finish(expected: Uint8Array): Answer<Result> {
    const message = Buffer.concat(this.#parts);
    this.abort();
    return andFinally(
      () => this.#whole(message, expected),
      () => wipe(message),
    );
  }

  abort(): void {
    wipe(...this.#parts);
    this.#parts = [];
  }
}

/** @throws INVALID_ARGUMENT with field `data` */
export function assertLength(size: number, longest: number): void {
  if (size <= longest) return;
  throw new KeyslotError('INVALID_ARGUMENT', `the data has more than ${longest} bytes`, { field: 'data' });
}
