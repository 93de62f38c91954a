/** Work that a thread may be stuck in, such as opening a pipe that nobody writes to. */

let stuck = 0;

/** Whether a thread may still be in such work, which Node waits for at its end. */
export function isStuck(): boolean {
  return stuck > 0;
}

/** An interruption ends the wait, and the end of the process the work. */
export async function interruptible<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  stuck += 1;
  const done = () => {
    stuck -= 1;
  };
  work.then(done, done);
  let giveUp: () => void = () => undefined;
  const interrupted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason);
  });
  signal.addEventListener('abort', giveUp, { once: true });
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
