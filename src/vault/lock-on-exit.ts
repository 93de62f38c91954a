/** Locks a vault when its process ends in an orderly way. A process that is killed leaves its pages to the kernel, which clears them. */

const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/** Until it is disposed. A signal that nobody else listens to ends the process, as it would have done without this. */
export function lockOnExit(vault: { lock(): void }): Disposable {
  const lock = () => vault.lock();
  const locked = {
    [Symbol.dispose]() {
      process.off('exit', lock);
      for (const name of signals) process.off(name, onSignal);
    },
  };
  function onSignal(signal: NodeJS.Signals): void {
    vault.lock();
    locked[Symbol.dispose]();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  }
  process.on('exit', lock);
  for (const name of signals) process.on(name, onSignal);
  return locked;
}
