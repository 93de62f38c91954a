/** What ciphers and AEADs share: parts of a message go in, output comes out as it is ready. */
import { StreamingBase } from './context-base.js';
import type { Link } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver, type OutputBound } from './output.js';
import type { CallOptions } from './transport.js';

export class TransformingBase<M extends Mode> extends StreamingBase<M> {
  protected readonly bound: OutputBound;

  constructor(link: Link<M>, id: number, bound: OutputBound) {
    super(link, id);
    this.bound = bound;
  }

  /** The output that is ready; what is kept back comes with a later part or at the end. AEAD decryption gives nothing before its end. */
  update(data: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      this.link.checkData(data);
      checkRoom(output, this.bound.ofUpdate(data.length));
      this.bound.enter(data.length);
      const decode = (answer: { data: Uint8Array }) => {
        this.bound.leave(answer.data.length);
        return deliver(answer.data, output);
      };
      return this.link.call('update', { context: this.id, data }, decode, options);
    });
  }

  protected override restarted(): void {
    this.bound.restart();
  }
}
