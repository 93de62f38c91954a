/** The hook through which a policy decides what may run. The first policy allows everything; profiles come with their part. */
import type { KeyOperationRow, OperationRow } from '../core/algorithms.js';
import type { Direction, KeyUse } from '../core/permissions.js';

export interface PolicyQuestion {
  readonly uid: number;
  readonly kind: KeyUse;
  readonly direction: Direction | undefined;
  readonly algorithm: OperationRow | KeyOperationRow;
  /** Bits; 0 without a key. */
  readonly keyLength: number;
}

export type PolicyAnswer = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };
export type Policy = (question: PolicyQuestion) => PolicyAnswer;

export const allowEverything: Policy = () => ({ allowed: true });
