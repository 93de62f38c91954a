/** Calls that the provider makes of its own, and how to stop waiting for one without giving it up. */
import { KeyslotError } from '../../core/errors.js';
import type { Call } from '../contract.js';

/** Never given up: its answer decides what is true. `caller`: whose turn it uses. */
export function patientCall(caller: number): Call {
  return { caller, abandoned: false, onAbandoned: () => undefined };
}

/** Waits for work as long as the call is wanted; the work goes on in any case. @throws OPERATION_CANCELLED */
export function whileWanted<T>(call: Call, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    call.onAbandoned(() => reject(unwanted()));
    work.then(resolve, reject);
  });
}

/** @throws OPERATION_CANCELLED when nobody waits for the call any more */
export function assertWanted(call: Call): void {
  if (call.abandoned) throw unwanted();
}

function unwanted(): KeyslotError {
  return new KeyslotError('OPERATION_CANCELLED', 'nobody waits for this call any more');
}
