/**
 * Locks a vault when its process ends by itself, also by an error that nobody catches. A process that is killed leaves its pages to the kernel, which
 * clears them, and so does one whose listener for uncaught errors fails: node ends it without a word.
 */

const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** The listeners of this file. They alone are no reason for a process to go on after a signal. */
const ours = new Set<unknown>();

/**
 * Until it is disposed, and before anybody else's listeners: one that throws would keep it from locking. A signal that nobody else listens to
 * ends the process, as it would have done without this.
 */
export function lockOnExit(vault: { lock(): void }): Disposable {
  let disposed = false;
  const lock = () => vault.lock();
  // Where somebody listens once only he is still on the list: this comes before him.
  const listenTo = (signal: NodeJS.Signals) => process.prependListener(signal, onSignal);
  function onSignal(signal: NodeJS.Signals): void {
    vault.lock();
    // Others look at the list, too, for whether they have to end the process.
    process.off(signal, onSignal);
    if (process.listeners(signal).some((listener) => !ours.has(listener))) {
      setImmediate(() => {
        if (!disposed) listenTo(signal);
      }).unref();
    } else if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  }
  ours.add(onSignal);
  process.prependListener('exit', lock);
  for (const signal of signals) listenTo(signal);
  return {
    [Symbol.dispose]() {
      disposed = true;
      process.off('exit', lock);
      for (const signal of signals) process.off(signal, onSignal);
      ours.delete(onSignal);
    },
  };
}
