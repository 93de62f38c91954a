import { StreamingBase } from './context-base.js';
import { type Link, nothing } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver } from './output.js';
import type { CallOptions } from './transport.js';

/** Signs a message, in parts or at once. */
export class SignContext<M extends Mode> extends StreamingBase<M> {
  /** Bytes of a signature; of DER signatures the most. */
  readonly signatureSize: number;

  constructor(link: Link<M>, id: number, signatureSize: number) {
    super(link, id);
    this.signatureSize = signatureSize;
  }

  init(options?: CallOptions): Result<M, void> {
    return this.initialise(undefined, options);
  }

  update(data: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () => this.link.call('update', { context: this.id, data: this.link.checkData(data) }, nothing, options));
  }

  signFinalize(output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.signatureSize);
      return this.link.call('finalize', { context: this.id }, ({ data }) => deliver(data, output), options);
    });
  }

  singleShot(data: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.signatureSize);
      return this.link.call(
        'singleShot',
        { context: this.id, data: this.link.checkData(data) },
        (answer) => deliver(answer.data, output),
        options,
      );
    });
  }
}
