/** Every state with every event. */
import { expect, test } from 'vitest';
import { locked, transition, type VaultEvent, type VaultState } from '../../src/vault/state.js';

const unlocking: VaultState = { name: 'unlocking', attempt: 2 };
const unlocked: VaultState = { name: 'unlocked', attempt: 2 };
const refused = 'VAULT_ALREADY_UNLOCKED';

const steps: readonly (readonly [VaultState, VaultEvent, VaultState | typeof refused])[] = [
  [locked, { name: 'begin', attempt: 2 }, unlocking],
  [locked, { name: 'opened', attempt: 2 }, locked],
  [locked, { name: 'failed', attempt: 2 }, locked],
  [locked, { name: 'lock' }, locked],
  [unlocking, { name: 'begin', attempt: 3 }, refused],
  [unlocking, { name: 'opened', attempt: 2 }, unlocked],
  [unlocking, { name: 'opened', attempt: 1 }, unlocking],
  [unlocking, { name: 'failed', attempt: 2 }, locked],
  [unlocking, { name: 'failed', attempt: 1 }, unlocking],
  [unlocking, { name: 'lock' }, locked],
  [unlocked, { name: 'begin', attempt: 3 }, refused],
  [unlocked, { name: 'opened', attempt: 1 }, unlocked],
  [unlocked, { name: 'failed', attempt: 1 }, unlocked],
  [unlocked, { name: 'lock' }, locked],
];

test.for(steps)('%j with %j', ([state, event, next]) => {
  if (next === refused) expect(() => transition(state, event)).toThrow(expect.objectContaining({ code: refused }));
  else expect(transition(state, event)).toEqual(next);
});
