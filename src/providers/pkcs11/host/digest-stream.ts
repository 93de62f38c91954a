/** Messages that are hashed here, because what follows takes a digest and no parts: signatures and their verification. */
import { createHash } from 'node:crypto';
import type { HashName } from '../../../core/algorithms.js';
import { andThen } from '../../answer.js';
import type { Answer } from '../../contract.js';
import { digestNames } from '../../digest-names.js';
import type { HostStream, Result } from './operation.js';
import { nothing } from './operation.js';
import { inPieces } from './pieces.js';

/** What is done with the digest. */
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

export function digestWhole(hash: HashName, ending: Ending, data: Uint8Array, expected: Uint8Array): Answer<Result> {
  const stream = new DigestStream(hash, ending);
  return andThen(stream.update(data), () => stream.finish(expected));
}
