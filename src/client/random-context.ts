import { KeyslotError } from '../core/errors.js';
import { ContextBase } from './context-base.js';
import { nothing } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver } from './output.js';
import type { CallOptions } from './transport.js';

/** Random bytes from a provider. */
export class RandomContext<M extends Mode> extends ContextBase<M> {
  /** `size` bytes; 0 is fine. */
  generate(size: number, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      if (!Number.isInteger(size) || size < 0 || size > 0xffffffff)
        throw new KeyslotError('INVALID_ARGUMENT', 'size must be a whole number of bytes', { field: 'size' });
      checkRoom(output, size);
      return this.link.call('randomGenerate', { context: this.id, size }, ({ data }) => deliver(data, output), options);
    });
  }

  /** Stirs bytes into the generator; hardware may ignore them. */
  seed(bytes: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () =>
      this.link.call('randomSeed', { context: this.id, seed: this.link.checkData(bytes, 'bytes') }, nothing, options),
    );
  }
}
