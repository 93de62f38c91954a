/** What turns the message of a signature into the digest that is signed. */
import type { HashName } from '../../core/algorithms.js';
import type { Answer, Call, Finalized, WholeMessage } from '../contract.js';
import { HashOperation, hashOf } from './hash.js';
import { ReadyDigest } from './ready-digest.js';

/** As in `ProviderOperation`. */
export interface DigestInput {
  init(): void;
  update(data: Uint8Array, call: Call): Answer<Uint8Array>;
  finalize(): Finalized;
  singleShot(message: WholeMessage, call: Call): Answer<Finalized>;
  abort(): void;
}

/** `prehashed`: the message is the digest. */
export function digestInput(hash: HashName, prehashed: boolean): DigestInput {
  return prehashed ? new ReadyDigest(hash) : new HashOperation(hashOf(hash));
}
