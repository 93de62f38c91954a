import { KeyslotError } from '../../core/errors.js';
import type { Call } from '../contract.js';

/** Stops work that nobody waits for any more. @throws OPERATION_CANCELLED */
export function assertWanted(call: Call): void {
  if (call.abandoned) throw new KeyslotError('OPERATION_CANCELLED', 'nobody waits for this call any more');
}
