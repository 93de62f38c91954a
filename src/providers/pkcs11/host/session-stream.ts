/** A stream that runs on the token, on a session of its own from its first part to its end. */
import { andThen, andThenOr, orElse } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { HostContext } from './host-context.js';
import type { Handle } from './module.js';
import type { HostStream, Result } from './operation.js';
import { inPieces } from './pieces.js';

/** The calls of one multi-part operation. */
export interface Steps {
  init(session: Handle): void;
  /** What the token gives out, possibly nothing. */
  update(session: Handle, piece: Buffer): Uint8Array;
  finish(session: Handle, expected: Uint8Array): Answer<Result>;
}

export class SessionStream implements HostStream {
  readonly holdsSession = true;
  readonly #context: HostContext;
  readonly #steps: Steps;
  readonly #caller: number;
  #session: Handle | undefined;

  /** @throws PROVIDER_BUSY, and what the first call of the module means */
  constructor(context: HostContext, caller: number, steps: Steps) {
    this.#context = context;
    this.#steps = steps;
    this.#caller = caller;
    const session = context.pool.takeForStream(caller);
    this.#session = session;
    try {
      steps.init(session);
    } catch (error) {
      this.abort();
      throw error;
    }
  }

  update(data: Uint8Array): Answer<Uint8Array> {
    const session = this.#held();
    return orElse(
      () => inPieces(data, (piece) => this.#steps.update(session, piece)),
      (error) => this.#failed(error),
    );
  }

  finish(expected: Uint8Array): Answer<Result> {
    const session = this.#held();
    return andThenOr(
      () => andThen(this.#steps.finish(session, expected), (result) => result),
      (result) => {
        this.#giveBack(true);
        return result;
      },
      (error) => this.#failed(error),
    );
  }

  abort(): void {
    this.#giveBack(false);
  }

  #failed(error: unknown): never {
    this.#giveBack(false);
    throw error;
  }

  #held(): Handle {
    if (this.#session === undefined) throw new Error('the stream has ended');
    return this.#session;
  }

  #giveBack(clean: boolean): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#context.pool.giveBackFromStream(session, this.#caller, clean);
  }
}
