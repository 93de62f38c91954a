/** The state machine of a streaming context: one table, one transition function. */
import { KeyslotError } from '../core/errors.js';

export type ContextState = 'created' | 'initialised' | 'active' | 'finalised' | 'failed';
export type ContextStep = 'init' | 'updateAad' | 'update' | 'finalize' | 'singleShot' | 'reset';

type Transitions = Readonly<Record<ContextStep, Readonly<Partial<Record<ContextState, ContextState>>>>>;

/** A step that has no entry for a state is illegal there. */
export const transitions: Transitions = {
  init: { created: 'initialised', initialised: 'initialised', active: 'initialised', finalised: 'initialised' },
  updateAad: { initialised: 'initialised' },
  update: { initialised: 'active', active: 'active' },
  finalize: { initialised: 'finalised', active: 'finalised' },
  singleShot: { created: 'finalised', finalised: 'finalised' },
  reset: { created: 'created', initialised: 'created', active: 'created', finalised: 'created' },
};

const advice: Readonly<Record<ContextStep, string>> = {
  init: 'close it and make another',
  updateAad: 'call it after init and before the first update',
  update: 'call init first',
  finalize: 'call init first',
  singleShot: 'a stream is under way: finish it, or call reset',
  reset: 'close it and make another',
};

/** The state after a step. @throws INVALID_OPERATION when the step is illegal; the state stays. */
export function transition(state: ContextState, step: ContextStep): ContextState {
  const next = transitions[step][state];
  if (next === undefined) {
    const hint = state === 'failed' ? 'close it and make another' : advice[step];
    throw new KeyslotError('INVALID_OPERATION', `${step} is not possible while the context is ${state}; ${hint}`);
  }
  return next;
}
