/** A signature of a whole message, and what it is made of. */
import type { MessageSignatureRow } from '../../core/algorithms.js';
import type { Answer, Call, ParameterValues } from '../contract.js';
import type { SoftwareKey } from './key.js';
import type { SlowHost } from './slow-host.js';

/** The message stays the caller's, unchanged until the answer. */
export interface MessageScheme {
  /** Fresh memory. */
  sign(message: Uint8Array, call: Call): Answer<Uint8Array>;
  /** False for whatever is not a signature of this message. */
  verify(message: Uint8Array, signature: Uint8Array, call: Call): Answer<boolean>;
}

export interface SchemeParts {
  readonly algorithm: MessageSignatureRow;
  readonly key: SoftwareKey;
  readonly parameters: ParameterValues;
  readonly slowHost: SlowHost;
}

const nothing = new Uint8Array(0);

/** The parameter `context`; nothing is the same as empty. */
export function contextOf({ context }: ParameterValues): Uint8Array {
  return context instanceof Uint8Array ? context : nothing;
}
