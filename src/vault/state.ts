/** The life cycle of a vault: locked → unlocking → unlocked → locked. One function knows all steps. */

import { KeyslotError } from '../core/errors.js';

export type VaultState =
  | { readonly name: 'locked' }
  | { readonly name: 'unlocking'; readonly attempt: number }
  | { readonly name: 'unlocked'; readonly attempt: number };

export type VaultEvent =
  /** Somebody wants to unlock. */
  | { readonly name: 'begin'; readonly attempt: number }
  /** The seed of that attempt is there. */
  | { readonly name: 'opened'; readonly attempt: number }
  /** That attempt failed. */
  | { readonly name: 'failed'; readonly attempt: number }
  | { readonly name: 'lock' };

export const locked: VaultState = { name: 'locked' };

type Steps<S extends VaultState> = {
  readonly [E in VaultEvent['name']]: (state: S, event: Extract<VaultEvent, { name: E }>) => VaultState;
};

const stay = (state: VaultState) => state;
const toLocked = () => locked;

const steps: { readonly [S in VaultState['name']]: Steps<Extract<VaultState, { name: S }>> } = {
  locked: {
    begin: (_, { attempt }) => ({ name: 'unlocking', attempt }),
    // The vault was locked while that attempt was under way.
    opened: stay,
    failed: stay,
    lock: stay,
  },
  unlocking: {
    begin: () => {
      throw new KeyslotError('VAULT_ALREADY_UNLOCKED', 'the vault is being unlocked already');
    },
    opened: (state, { attempt }) => (attempt === state.attempt ? { name: 'unlocked', attempt } : state),
    failed: (state, { attempt }) => (attempt === state.attempt ? locked : state),
    lock: toLocked,
  },
  unlocked: {
    begin: () => {
      throw new KeyslotError('VAULT_ALREADY_UNLOCKED', 'the vault is unlocked already: lock it first');
    },
    opened: stay,
    failed: stay,
    lock: toLocked,
  },
};

/** The state after an event; the same object where nothing changes. @throws VAULT_ALREADY_UNLOCKED */
export function transition(state: VaultState, event: VaultEvent): VaultState {
  const step = steps[state.name][event.name] as (state: VaultState, event: VaultEvent) => VaultState;
  return step(state, event);
}
