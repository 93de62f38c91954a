/** Deadlines of requests, on the wire and in the client. */
import { deadlineDefault, deadlineNone } from '../protocol/frame-header.js';
import type { HelloResponse } from '../protocol/generated/messages.js';

/** The client's own wait ends this much later than the daemon's, so that the daemon's word usually comes first. Milliseconds. */
const grace = 25;
const longest = 0x7fffffff;

/** The header's word for a deadline in milliseconds. */
export function deadlineWord(timeout: number | undefined): number {
  if (timeout === undefined) return deadlineDefault;
  return timeout === 0 ? deadlineNone : Math.min(Math.max(1, Math.ceil(timeout)), longest);
}

/** How long the client itself waits; Infinity where no deadline was asked for and the daemon may grant that. */
export function ownWait(timeout: number | undefined, hello: Pick<HelloResponse, 'defaultTimeout' | 'maxTimeout'>): number {
  const wanted = timeout ?? hello.defaultTimeout;
  return wanted === 0 ? Number.POSITIVE_INFINITY : Math.min(wanted, hello.maxTimeout === 0 ? longest : hello.maxTimeout) + grace;
}
