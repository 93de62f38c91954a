/** What every object of the client holds: its connection, its deadline, and how it is released when its owner forgets it. */
import { KeyslotError } from '../core/errors.js';
import type { Messages } from '../protocol/generated/messages.js';
import { attempt, type Mode, type Result } from './mode.js';
import { type CallOptions, checkTimeout, type Transport } from './transport.js';

export class Link<M extends Mode> {
  readonly transport: Transport<M>;
  /** Of calls that set none; 0 for no deadline; undefined for the daemon's default. */
  readonly timeout: number | undefined;

  constructor(transport: Transport<M>, timeout: number | undefined) {
    this.transport = transport;
    this.timeout = timeout;
  }

  get mode(): M {
    return this.transport.mode;
  }

  /** The same connection with a context's own deadline. */
  withTimeout(operationTimeout: number | undefined, disableTimeout: boolean | undefined): Link<M> {
    checkTimeout(operationTimeout, 'operationTimeout');
    if (disableTimeout === true) return new Link(this.transport, 0);
    return operationTimeout === undefined ? this : new Link(this.transport, operationTimeout);
  }

  call<N extends keyof Messages, R>(
    name: N,
    input: Messages[N]['requestInput'],
    decode: (response: Messages[N]['response']) => R,
    options: CallOptions | undefined,
    late?: (response: Messages[N]['response']) => void,
  ): Result<M, R> {
    const request = { name, input, decode, timeout: options?.timeout ?? this.timeout, signal: options?.signal };
    return attempt(this.mode, () => this.transport.request(late === undefined ? request : { ...request, late }));
  }

  /** @throws INVALID_ARGUMENT for more data than one message can carry */
  checkData(data: Uint8Array, field = 'data'): Uint8Array {
    if (!(data instanceof Uint8Array)) throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a Uint8Array`, { field });
    const { bulk } = this.transport.hello;
    if (data.length > bulk) {
      throw new KeyslotError('QUOTA_EXCEEDED', `${field} has ${data.length} bytes; the daemon takes ${bulk} in one call: use update`, {
        field,
        retryable: false,
      });
    }
    return data;
  }
}

export const nothing = (): void => undefined;

interface Forgotten {
  readonly transport: Transport<Mode>;
  readonly operation: 'closeContext' | 'releaseKey';
  readonly id: number;
}

/** Things whose owner was collected without closing them. */
const forgotten = new FinalizationRegistry<Forgotten>(({ transport, operation, id }) => {
  if (operation === 'releaseKey') transport.post('releaseKey', { key: id });
  else transport.post('closeContext', { context: id });
});

export function releaseWhenForgotten(owner: object, transport: Transport<Mode>, operation: Forgotten['operation'], id: number): void {
  forgotten.register(owner, { transport, operation, id }, owner);
}
export function releasedInTime(owner: object): void {
  forgotten.unregister(owner);
}
