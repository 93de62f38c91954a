/** What Node has no public way for: a socket's descriptor, and whether libuv reads from it. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';

interface Handle {
  readonly fd?: number;
  readStop?(): number;
  readStart?(): number;
}

function handleOf(socket: Socket): Handle | undefined {
  return (socket as unknown as { readonly _handle?: Handle | null })._handle ?? undefined;
}

/** -1 when it is closed. */
export function descriptorOf(socket: Socket): number {
  return handleOf(socket)?.fd ?? -1;
}

/**
 * Nobody but the holder of its descriptor reads from the socket from here on. `socket.pause()` would not do: the stream reads on until its
 * buffer is full. @throws CONNECTION_FAILED when it is closed
 */
export function stopReading(socket: Socket): void {
  const handle = handleOf(socket);
  if (handle?.readStop === undefined || handle.readStop() !== 0) throw new KeyslotError('CONNECTION_FAILED', 'the connection is closed');
}

/** Undoes `stopReading`; nothing happens when the socket is closed. */
export function startReading(socket: Socket): void {
  handleOf(socket)?.readStart?.();
}
