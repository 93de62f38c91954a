/** Bytes that one context makes the daemon hold until its stream ends, charged to its user. */
import { KeyslotError } from '../core/errors.js';
import { type Quota, quotaOfBytes } from './quota.js';

export class HeldBytes {
  readonly #quota: Quota;
  readonly #limit: number;
  #plaintext = 0;
  #charged = 0;

  /** @param limit most plaintext that is held back; bytes. */
  constructor(quota: Quota, limit: number) {
    this.#quota = quota;
    this.#limit = limit;
  }

  /** Plaintext that waits for its tag. @throws QUOTA_EXCEEDED (`limits.aeadDecrypt`, `limits.bytes`) */
  holdBack(bytes: number): void {
    if (this.#plaintext + bytes > this.#limit) {
      const message = `at most ${this.#limit} bytes of a message are held back until its end; cut the message`;
      throw new KeyslotError('QUOTA_EXCEEDED', message, { field: 'limits.aeadDecrypt' });
    }
    this.gather(bytes);
    this.#plaintext += bytes;
  }

  /** Input that is gathered before it goes to its provider. @throws QUOTA_EXCEEDED (`limits.bytes`) */
  gather(bytes: number): void {
    if (!this.#quota.tryTakeBytes(bytes)) throw quotaOfBytes();
    this.#charged += bytes;
  }

  letGo(): void {
    this.#quota.giveBytes(this.#charged);
    this.#charged = 0;
    this.#plaintext = 0;
  }
}
