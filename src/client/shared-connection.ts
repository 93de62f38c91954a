/**
 * The one connection of a process (or worker thread) to an endpoint, shared by all its stacks: the session ends with the last of
 * them, or with the process.
 */
import { KeyslotError } from '../core/errors.js';
import { chain, type Mode, type Result, ready } from './mode.js';
import type { ReconnectPolicy } from './reconnect.js';
import type { CallOptions, Transport } from './transport.js';

export type Connect<M extends Mode> = (path: string, options: CallOptions | undefined) => Result<M, Transport<M>>;
export type Retry<M extends Mode> = <T>(policy: ReconnectPolicy, work: () => Result<M, T>) => Result<M, T>;

export class SharedConnection<M extends Mode> {
  readonly #path: string;
  readonly #mode: M;
  readonly #connect: Connect<M>;
  readonly #retry: Retry<M>;
  readonly #forget: () => void;
  #stacks = 0;
  #staysOpen = false;
  #transport: Transport<M> | undefined;
  #connecting: Result<M, Transport<M>> | undefined;

  constructor(path: string, mode: M, connect: Connect<M>, retry: Retry<M>, forget: () => void) {
    this.#path = path;
    this.#mode = mode;
    this.#connect = connect;
    this.#retry = retry;
    this.#forget = forget;
  }

  join(staysOpen: boolean): void {
    this.#stacks += 1;
    this.#staysOpen ||= staysOpen;
  }

  leave(): Result<M, void> {
    this.#stacks -= 1;
    if (this.#stacks > 0 || this.#staysOpen) return ready(this.#mode, undefined);
    this.#forget();
    return this.#transport?.close() ?? ready(this.#mode, undefined);
  }

  destroy(error?: Error): void {
    this.#transport?.destroy(error);
    this.#forget();
  }

  /** A live connection, made when there is none; `policy` says how a lost one is taken up again, `once` that a new stack asks. */
  live(policy: ReconnectPolicy | false | 'once', options: CallOptions | undefined): Result<M, Transport<M>> {
    const transport = this.#transport;
    if (transport !== undefined && !transport.lost) return ready(this.#mode, transport);
    if (this.#connecting !== undefined) return this.#connecting;
    if (transport !== undefined && policy === false)
      throw new KeyslotError('CONNECTION_FAILED', 'the connection was lost and this stack does not take it up again', { retryable: false });
    const open = () => this.#connect(this.#path, options);
    const connecting = transport === undefined || policy === false || policy === 'once' ? open() : this.#retry(policy, open);
    if (connecting instanceof Promise) {
      this.#connecting = connecting;
      connecting.then(this.#connected, this.#connected);
    }
    return chain(connecting, (made: Transport<M>) => {
      this.#transport = made;
      return ready(this.#mode, made);
    });
  }

  readonly #connected = (): void => {
    this.#connecting = undefined;
  };
}

/** The shared connections of one manner, by path. */
export class SharedConnections<M extends Mode> {
  readonly #byPath = new Map<string, SharedConnection<M>>();
  readonly #mode: M;
  readonly #connect: Connect<M>;
  readonly #retry: Retry<M>;

  constructor(mode: M, connect: Connect<M>, retry: Retry<M>) {
    this.#mode = mode;
    this.#connect = connect;
    this.#retry = retry;
  }

  of(path: string): SharedConnection<M> {
    let shared = this.#byPath.get(path);
    if (shared === undefined) {
      shared = new SharedConnection(path, this.#mode, this.#connect, this.#retry, () => this.#byPath.delete(path));
      this.#byPath.set(path, shared);
    }
    return shared;
  }
}
