import { StreamingBase } from './context-base.js';
import { type Link, nothing } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver } from './output.js';
import type { CallOptions } from './transport.js';

/** Makes or verifies message authentication codes, by the mode it was created with. */
export class MacContext<M extends Mode> extends StreamingBase<M> {
  /** Bytes of a MAC. */
  readonly macSize: number;

  constructor(link: Link<M>, id: number, macSize: number) {
    super(link, id);
    this.macSize = macSize;
  }

  /** Starts a message. HMAC takes no IV. */
  init(iv?: Uint8Array, options?: CallOptions): Result<M, void> {
    return this.initialise(iv, options);
  }

  update(data: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () => this.link.call('update', { context: this.id, data: this.link.checkData(data) }, nothing, options));
  }

  /** The MAC of the message since `init`; mode `generate`. */
  finalize(output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.macSize);
      return this.link.call('finalize', { context: this.id }, ({ data }) => deliver(data, output), options);
    });
  }

  /** Whether the MAC is the message's; mode `verify`. A MAC of another length does not match. */
  verify(mac: Uint8Array, options?: CallOptions): Result<M, boolean> {
    return attempt(this.link.mode, () =>
      this.link.call(
        'verifyFinalize',
        { context: this.id, expected: this.link.checkData(mac, 'mac') },
        ({ valid }) => valid !== 0,
        options,
      ),
    );
  }

  verifySingleShot(data: Uint8Array, mac: Uint8Array, options?: CallOptions): Result<M, boolean> {
    return attempt(this.link.mode, () => {
      const input = { context: this.id, data: this.link.checkData(data), expected: this.link.checkData(mac, 'mac') };
      return this.link.call('verifySingleShot', input, ({ valid }) => valid !== 0, options);
    });
  }

  singleShot(data: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.macSize);
      return this.link.call(
        'singleShot',
        { context: this.id, data: this.link.checkData(data) },
        (answer) => deliver(answer.data, output),
        options,
      );
    });
  }
}
