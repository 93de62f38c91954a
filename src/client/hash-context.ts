import { StreamingBase } from './context-base.js';
import { type Link, nothing } from './link.js';
import type { Mode, Result } from './mode.js';
import { attempt } from './mode.js';
import { checkRoom, deliver } from './output.js';
import type { CallOptions } from './transport.js';

/** Hashes a message, in parts or at once. */
export class HashContext<M extends Mode> extends StreamingBase<M> {
  /** Bytes of a digest. */
  readonly digestSize: number;

  constructor(link: Link<M>, id: number, digestSize: number) {
    super(link, id);
    this.digestSize = digestSize;
  }

  /** Starts a message, dropping one under way. */
  init(options?: CallOptions): Result<M, void> {
    return this.initialise(undefined, options);
  }

  /** The next part of the message. @throws INVALID_OPERATION before `init` */
  update(data: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () => this.link.call('update', { context: this.id, data: this.link.checkData(data) }, nothing, options));
  }

  /** The digest of the message since `init`; of the empty message when there was no `update`. */
  finalize(output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.digestSize);
      return this.link.call('finalize', { context: this.id }, ({ data }) => deliver(data, output), options);
    });
  }

  /** The digest of a whole message. */
  singleShot(data: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.digestSize);
      return this.link.call(
        'singleShot',
        { context: this.id, data: this.link.checkData(data) },
        (answer) => deliver(answer.data, output),
        options,
      );
    });
  }
}
