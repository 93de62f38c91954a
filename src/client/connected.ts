/** The wait for a socket's connection. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';
import { cancelled, connectionLost, timedOut } from './transport.js';

/** @throws CONNECTION_FAILED, OPERATION_TIMED_OUT, OPERATION_CANCELLED; the socket is the caller's to destroy then */
export function connected(socket: Socket, path: string, timeout: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(cancelled(signal));
    const finish = (error: Error | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect).off('error', onError);
      return error === undefined ? resolve() : reject(error);
    };
    const onConnect = () => finish(undefined);
    const onError = (error: NodeJS.ErrnoException) => finish(unreachable(path, error));
    const onAbort = () => finish(signal === undefined ? connectionLost() : cancelled(signal));
    const timer = timeout === 0 ? undefined : setTimeout(() => finish(timedOut('connect', timeout)), timeout);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', onConnect);
    socket.once('error', onError);
    return undefined;
  });
}

/** What an operator can do about it is part of the message. */
export function unreachable(path: string, error: NodeJS.ErrnoException): KeyslotError {
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'nothing is there: is keyslotd running?',
    ECONNREFUSED: 'nobody listens: is keyslotd running?',
    EACCES: 'no permission: is this user in the socket’s group?',
  };
  return new KeyslotError('CONNECTION_FAILED', `can't connect to ${path}: ${why[error.code ?? ''] ?? error.message}`, { cause: error });
}
