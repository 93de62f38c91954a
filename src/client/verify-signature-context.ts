import { StreamingBase } from './context-base.js';
import { nothing } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import type { CallOptions } from './transport.js';

/** Verifies signatures. One that does not match, also by its size or encoding, is `false`; errors mean that it could not be checked. */
export class VerifySignatureContext<M extends Mode> extends StreamingBase<M> {
  init(options?: CallOptions): Result<M, void> {
    return this.initialise(undefined, options);
  }

  update(data: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () => this.link.call('update', { context: this.id, data: this.link.checkData(data) }, nothing, options));
  }

  verifyFinalize(signature: Uint8Array, options?: CallOptions): Result<M, boolean> {
    return attempt(this.link.mode, () =>
      this.link.call(
        'verifyFinalize',
        { context: this.id, expected: this.link.checkData(signature, 'signature') },
        ({ valid }) => valid !== 0,
        options,
      ),
    );
  }

  singleShot(data: Uint8Array, signature: Uint8Array, options?: CallOptions): Result<M, boolean> {
    return attempt(this.link.mode, () => {
      const input = { context: this.id, data: this.link.checkData(data), expected: this.link.checkData(signature, 'signature') };
      return this.link.call('verifySingleShot', input, ({ valid }) => valid !== 0, options);
    });
  }
}
