/**
 * Owner sessions: one for each session of the daemon that has ephemeral keys here. It makes its keys and runs nothing, so that
 * closing it frees them all at once.
 */
import { KeyslotError } from '../../../core/errors.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import type { Handle } from './module.js';
import type { Token } from './token.js';

interface Owner {
  readonly session: Handle;
  /** A session takes one call at a time: the last of those under way. */
  tail: Promise<unknown> | undefined;
  closed: boolean;
}

export class Owners {
  readonly #token: Token;
  readonly #owners = new Map<number, Owner>();
  /** Closed ones whose last call has not come back. */
  #closing = 0;

  constructor(token: Token) {
    this.#token = token;
  }

  /** Sessions that are open. */
  get size(): number {
    return this.#owners.size + this.#closing;
  }

  /**
   * Makes something on the owner's session, in turn, and adopts it; what is made when the owner has ended is gone with its session.
   * @throws SESSION_EXPIRED when the owner ended meanwhile
   */
  make<T, R>(number: number, work: (session: Handle) => Answer<T>, adopt: (made: T) => R): Answer<R> {
    const owner = this.#owner(number);
    const run = () => {
      assertOpen(owner);
      return andThen(work(owner.session), (made) => {
        assertOpen(owner);
        return adopt(made);
      });
    };
    const answer = owner.tail === undefined ? run() : owner.tail.then(run);
    if (!(answer instanceof Promise)) return answer;
    const tail: Promise<void> = answer.then(
      () => this.#done(owner, tail),
      () => this.#done(owner, tail),
    );
    owner.tail = tail;
    return answer;
  }

  /** An unknown owner is fine. */
  close(number: number): void {
    const owner = this.#owners.get(number);
    if (owner === undefined) return;
    this.#owners.delete(number);
    owner.closed = true;
    if (owner.tail === undefined) this.#token.close(owner.session);
    else this.#closing += 1;
  }

  #owner(number: number): Owner {
    let owner = this.#owners.get(number);
    if (owner === undefined) {
      owner = { session: this.#token.open('read'), tail: undefined, closed: false };
      this.#owners.set(number, owner);
    }
    return owner;
  }

  #done(owner: Owner, tail: Promise<void>): void {
    if (owner.tail !== tail) return;
    owner.tail = undefined;
    if (!owner.closed) return;
    this.#closing -= 1;
    this.#token.close(owner.session);
  }
}

function assertOpen(owner: Owner): void {
  if (owner.closed) throw new KeyslotError('SESSION_EXPIRED', 'the session ended while its key was made');
}
