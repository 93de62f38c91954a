/** Messages that are hashed here, because what follows takes a digest and no parts: signatures and their verification. */
import { createHash } from 'node:crypto';
import { type HashName, hashSizes } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import type { Answer } from '../../contract.js';
import { digestNames } from '../../digest-names.js';
import { GatheredStream } from './gathered-stream.js';
import type { HostStream, Result } from './operation.js';
import { nothing } from './operation.js';
import { inPieces } from './pieces.js';

/** What is done with the digest, or with a message that is signed as it is. */
export type Ending = (digest: Uint8Array, expected: Uint8Array) => Answer<Result>;

export class DigestStream implements HostStream {
  readonly holdsSession = false;
  readonly #hash;
  readonly #ending: Ending;

  constructor(hash: HashName, ending: Ending) {
    this.#hash = createHash(digestNames[hash]);
    this.#ending = ending;
  }

  update(data: Uint8Array): Answer<Uint8Array> {
    return inPieces(data, (piece) => {
      this.#hash.update(piece);
      return nothing;
    });
  }

  finish(expected: Uint8Array): Answer<Result> {
    return this.#ending(this.#hash.digest(), expected);
  }

  abort(): void {
    // A hash holds nothing that others miss.
  }
}

/** Of a message that is a digest already. */
export function readyDigest(hash: HashName, ending: Ending): HostStream {
  const size = hashSizes[hash];
  const checked: Ending = (digest, expected) => {
    if (digest.length === size) return ending(digest, expected);
    throw new KeyslotError('INVALID_ARGUMENT', `a digest of ${hash} has ${size} bytes, not ${digest.length}`, { field: 'data' });
  };
  return new GatheredStream(checked, size);
}
