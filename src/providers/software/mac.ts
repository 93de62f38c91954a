/** HMAC (FIPS 198-1, RFC 2104) by node:crypto, whole or cut from the left (RFC 2104 section 5). */
import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';
import type { MacRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../answer.js';
import type { Answer, Call, Finalized, ParameterValues, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { digestNames } from './hash.js';
import type { SoftwareKey } from './key.js';
import { inPieces } from './paced.js';

const nothing = new Uint8Array(0);

export class MacOperation implements ProviderOperation {
  readonly #digest: string;
  readonly #key: SoftwareKey;
  /** Bytes. */
  readonly #size: number;
  #hmac: Hmac | undefined;

  constructor(algorithm: MacRow, key: SoftwareKey, parameters: ParameterValues) {
    this.#digest = digestNames[algorithm.hash];
    this.#key = key;
    this.#size = typeof parameters.outputLength === 'number' ? parameters.outputLength : algorithm.outputSize;
  }

  init(): void {
    this.#hmac = createHmac(this.#digest, this.#key.secret());
  }

  update(data: Uint8Array, call: Call): Answer<Uint8Array> {
    const hmac = this.#started();
    return andThen(
      inPieces(data, call, (piece) => hmac.update(piece)),
      () => nothing,
    );
  }

  finalize(): Finalized {
    const whole = this.#started().digest();
    this.#hmac = undefined;
    return { data: this.#size === whole.length ? whole : whole.subarray(0, this.#size) };
  }

  /** In constant time. A tag of another length does not match. */
  verify(expected: Uint8Array): Verified {
    const { data } = this.finalize();
    return { valid: data.length === expected.length && timingSafeEqual(data, expected) };
  }

  singleShot({ data }: WholeMessage, call: Call): Answer<Finalized> {
    this.init();
    return andThen(this.update(data, call), () => this.finalize());
  }

  verifySingleShot({ data }: WholeMessage, expected: Uint8Array, call: Call): Answer<Verified> {
    this.init();
    return andThen(this.update(data, call), () => this.verify(expected));
  }

  abort(): void {
    this.#hmac = undefined;
  }
  close(): void {
    this.abort();
  }

  #started(): Hmac {
    if (this.#hmac === undefined) throw new KeyslotError('STREAM_NOT_INITIALIZED', 'the stream was not started');
    return this.#hmac;
  }
}
