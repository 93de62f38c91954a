import { KeyslotError } from '../core/errors.js';
import { healthStatusNumbers } from '../protocol/enumerations.js';
import { CryptoContext } from './crypto-context.js';
import { socketPath } from './endpoint.js';
import { Link } from './link.js';
import { attempt, chain, disposable, type Mode, map, type Owned, owned, type Result, ready } from './mode.js';
import { type ReconnectPolicy, reconnectPolicy } from './reconnect.js';
import type { SharedConnection, SharedConnections } from './shared-connection.js';
import { type CallOptions, checkTimeout, type Transport } from './transport.js';
import type { Health } from './views.js';

export interface CryptoStackConfig {
  /** `unix:/path`. Default: KEYSLOT_ENDPOINT, else the user's runtime folder, else the system socket. */
  connectionEndpoint?: string;
  /** Milliseconds that each call has which sets no deadline of its own. */
  defaultOperationTimeout?: number;
  /** `stacks` (default): the session ends with the last stack of this process to the endpoint. `process`: it stays until exit. */
  connectionLifetime?: 'stacks' | 'process';
  /** How a lost connection is taken up again by the next createCryptoContext: false, or delays. Default 50 ms doubling to 2 s, with jitter. */
  reconnect?: false | { initialDelay?: number; maxDelay?: number; attempts?: number };
}

/** An application's use of the daemon. */
export class CryptoStack<M extends Mode> {
  readonly #mode: M;
  readonly #shared: SharedConnection<M>;
  readonly #timeout: number | undefined;
  readonly #reconnect: ReconnectPolicy | false;
  #closed = false;

  private constructor(mode: M, shared: SharedConnection<M>, timeout: number | undefined, reconnect: ReconnectPolicy | false) {
    this.#mode = mode;
    this.#shared = shared;
    this.#timeout = timeout;
    this.#reconnect = reconnect;
    disposable(this, mode, () => this.close());
  }

  static open<M extends Mode>(
    mode: M,
    connections: SharedConnections<M>,
    config: CryptoStackConfig,
    options: CallOptions | undefined,
  ): Result<M, CryptoStack<M>> {
    return attempt(mode, () => {
      checkTimeout(config.defaultOperationTimeout, 'defaultOperationTimeout');
      const lifetime = config.connectionLifetime ?? 'stacks';
      if (lifetime !== 'stacks' && lifetime !== 'process') {
        throw new KeyslotError('INVALID_ARGUMENT', 'connectionLifetime must be stacks or process', { field: 'connectionLifetime' });
      }
      const policy = reconnectPolicy(config.reconnect);
      const shared = connections.of(socketPath(config.connectionEndpoint));
      return map(shared.live('once', options), () => {
        shared.join(lifetime === 'process');
        return new CryptoStack(mode, shared, config.defaultOperationTimeout, policy);
      });
    });
  }

  /** Takes up a lost connection again; ids of the old session stay SESSION_EXPIRED. */
  createCryptoContext(options?: CallOptions): Result<M, Owned<M, CryptoContext<M>>> {
    return this.#withTransport(options, (transport) =>
      ready(this.#mode, owned<M, CryptoContext<M>>(new CryptoContext(new Link(transport, this.#timeout)))),
    );
  }

  health(options?: CallOptions): Result<M, Health> {
    return this.#withTransport(options, (transport) =>
      new Link(transport, this.#timeout).call(
        'health',
        {},
        ({ status, version, protocol, uptime }) => ({ status: healthStatusNumbers.given(status, 'status'), version, protocol, uptime }),
        options,
      ),
    );
  }

  /** Lets what is in flight finish, then leaves the session. Idempotent. */
  close(): Result<M, void> {
    if (this.#closed) return ready(this.#mode, undefined);
    this.#closed = true;
    return this.#shared.leave();
  }

  /** Leaves at once; calls in flight reject with CONNECTION_FAILED. */
  destroy(error?: Error): void {
    this.#closed = true;
    this.#shared.destroy(error);
  }

  #withTransport<T>(options: CallOptions | undefined, work: (transport: Transport<M>) => Result<M, T>): Result<M, T> {
    return attempt(this.#mode, () => {
      if (this.#closed) throw new KeyslotError('UNINITIALIZED_STACK', 'the stack was closed');
      return chain(this.#shared.live(this.#reconnect, options), work);
    });
  }
}
