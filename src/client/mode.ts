/**
 * One client, two manners: asynchronous answers are promises, blocking ones are values. Methods build a request and a decoder; the
 * transport decides which of the two comes back.
 */

export type Mode = 'async' | 'blocking';
export type Result<M extends Mode, T> = M extends 'blocking' ? T : Promise<T>;
export type Disposal<M extends Mode> = M extends 'blocking' ? Disposable : AsyncDisposable;
/** An object that `disposable` has given the disposal of its manner. */
export type Owned<M extends Mode, T> = T & Disposal<M>;
export function owned<M extends Mode, T>(object: T): Owned<M, T> {
  return object as Owned<M, T>;
}

/** Goes on with a result. */
export function map<M extends Mode, T, R>(result: Result<M, T>, next: (value: T) => R): Result<M, R> {
  return (result instanceof Promise ? result.then(next) : next(result as T)) as Result<M, R>;
}

/** Goes on with a result to another one. */
export function chain<M extends Mode, T, R>(result: Result<M, T>, next: (value: T) => Result<M, R>): Result<M, R> {
  return (result instanceof Promise ? result.then(next) : next(result as T)) as Result<M, R>;
}

/** A value that needs no answer. */
export function ready<M extends Mode, T>(mode: M, value: T): Result<M, T> {
  return (mode === 'blocking' ? value : Promise.resolve(value)) as Result<M, T>;
}

/** Runs what may throw before it asks: the asynchronous manner rejects, the blocking one throws. */
export function attempt<M extends Mode, T>(mode: M, work: () => Result<M, T>): Result<M, T> {
  if (mode === 'blocking') return work();
  try {
    return work();
  } catch (error) {
    return Promise.reject(error) as Result<M, T>;
  }
}

/** Ignores an error: for releases on disposal, which can't fail for their caller. */
export function settle<M extends Mode>(mode: M, work: () => Result<M, unknown>): Result<M, void> {
  try {
    const result = work();
    if (result instanceof Promise) return result.then(ignore, ignore) as Result<M, void>;
  } catch {
    // Blocking, and of no interest.
  }
  return ready(mode, undefined);
}
function ignore(): undefined {
  return undefined;
}

/** Gives an object the disposal of its manner. */
export function disposable<M extends Mode>(object: object, mode: M, dispose: () => Result<M, unknown>): void {
  const symbol = mode === 'blocking' ? Symbol.dispose : Symbol.asyncDispose;
  Object.defineProperty(object, symbol, { value: () => settle(mode, dispose), enumerable: false });
}
