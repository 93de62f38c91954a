/** A digest that the caller has made: gathered, and taken as it is when it has its hash's size. */
import { type HashName, hashSizes } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { Finalized, WholeMessage } from '../contract.js';
import { Gathered } from './gathered.js';
import { notStarted } from './symmetric.js';

const nothing = new Uint8Array(0);

/** As a `DigestInput`. */
export class ReadyDigest {
  readonly #hash: HashName;
  #gathered: Gathered | undefined;

  constructor(hash: HashName) {
    this.#hash = hash;
  }

  init(): void {
    this.#gathered = new Gathered(hashSizes[this.#hash]);
  }

  /** @throws INVALID_ARGUMENT with field `data` when it becomes longer than a digest */
  update(data: Uint8Array): Uint8Array {
    this.#started().add(data);
    return nothing;
  }

  /** @throws INVALID_ARGUMENT with field `data` when it is no digest by its length */
  finalize(): Finalized {
    const data = this.#started().release();
    this.#gathered = undefined;
    return this.#checked(data);
  }

  singleShot({ data }: WholeMessage): Finalized {
    return this.#checked(data);
  }

  abort(): void {
    this.#gathered?.wipe();
    this.#gathered = undefined;
  }

  #checked(data: Uint8Array): Finalized {
    const size = hashSizes[this.#hash];
    if (data.length === size) return { data };
    throw new KeyslotError('INVALID_ARGUMENT', `a digest of ${this.#hash} has ${size} bytes, not ${data.length}`, { field: 'data' });
  }
  #started(): Gathered {
    if (this.#gathered === undefined) throw notStarted();
    return this.#gathered;
  }
}
