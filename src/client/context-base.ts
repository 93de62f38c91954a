/** What all contexts share: closing, resetting, disposal. */
import { type Link, nothing, releasedInTime, releaseWhenForgotten } from './link.js';
import { attempt, disposable, type Mode, map, type Result, ready } from './mode.js';
import type { CallOptions } from './transport.js';

export class ContextBase<M extends Mode> {
  protected readonly link: Link<M>;
  protected readonly id: number;
  #closed = false;

  constructor(link: Link<M>, id: number) {
    this.link = link;
    this.id = id;
    disposable(this, link.mode, () => this.close());
    releaseWhenForgotten(this, link.transport, 'closeContext', id);
  }

  /** Frees the context and what it holds. Idempotent; also fine after the session has ended. */
  close(options?: CallOptions): Result<M, void> {
    if (this.#closed) return ready(this.link.mode, undefined);
    this.#closed = true;
    releasedInTime(this);
    if (this.link.transport.lost) return ready(this.link.mode, undefined);
    return this.link.call('closeContext', { context: this.id }, nothing, options);
  }
}

/** Of contexts that stream: hash, MAC, cipher, AEAD, sign, verify. */
export class StreamingBase<M extends Mode> extends ContextBase<M> {
  /** Back to created, aborting what is under way; key, algorithm and configuration stay. One round trip. */
  reset(options?: CallOptions): Result<M, void> {
    return this.link.call('resetContext', { context: this.id }, () => this.restarted(), options);
  }

  protected initialise(iv: Uint8Array | undefined, options: CallOptions | undefined): Result<M, void> {
    return attempt(this.link.mode, () => {
      if (iv !== undefined) this.link.checkData(iv, 'iv');
      return map(this.link.call('init', { context: this.id, iv, hasIv: iv === undefined ? 0 : 1 }, nothing, options), () =>
        this.restarted(),
      );
    });
  }

  /** Runs when a stream starts anew. */
  protected restarted(): void {}
}
