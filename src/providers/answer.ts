/** Working with answers that are values when the work was done in line and promises otherwise. */
import type { Answer } from './contract.js';

/** Goes on with an answer, in line when it is there already. */
export function andThen<T, R>(answer: Answer<T>, next: (value: T) => Answer<R>): Answer<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}

/** Like `andThen`, and turns an error, thrown or rejected, over to `failed`, which must throw. */
export function andThenOr<T, R>(work: () => Answer<T>, next: (value: T) => Answer<R>, failed: (error: unknown) => never): Answer<R> {
  let answer: Answer<T>;
  try {
    answer = work();
  } catch (error) {
    return failed(error);
  }
  return answer instanceof Promise ? answer.then(next, failed) : next(answer);
}

/** The answer of work, or what `failed` makes of an error, thrown or rejected; it must throw. */
export function orElse<T>(work: () => Answer<T>, failed: (error: unknown) => never): Answer<T> {
  return andThenOr(work, (value) => value, failed);
}

/** The answer of work; `last` is done when that has come to its end, well or not. */
export function andFinally<T>(work: () => Answer<T>, last: () => void): Answer<T> {
  return andThenOr(
    work,
    (value) => {
      last();
      return value;
    },
    (error) => {
      last();
      throw error;
    },
  );
}
