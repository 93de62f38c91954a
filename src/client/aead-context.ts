import { type Link, nothing } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver, OutputBound } from './output.js';
import { TransformingBase } from './transforming-base.js';
import type { CallOptions } from './transport.js';

export interface EncryptMessage {
  readonly nonce: Uint8Array;
  readonly data: Uint8Array;
  readonly aad?: Uint8Array;
}
export interface DecryptMessage extends EncryptMessage {
  readonly tag: Uint8Array;
}
export interface Sealed {
  readonly data: Uint8Array;
  readonly tag: Uint8Array;
}

/**
 * Authenticated encryption with a detached tag. A nonce used before on this context for encryption is refused. Decryption releases
 * nothing before the tag is checked; wrong key, wrong nonce and changed data are one error, OPERATION_FAILED.
 */
export class AeadContext<M extends Mode> extends TransformingBase<M> {
  /** Bytes of a tag. */
  readonly tagSize: number;

  constructor(link: Link<M>, id: number, tagSize: number, atEnd: boolean) {
    super(link, id, new OutputBound(0, atEnd));
    this.tagSize = tagSize;
  }

  init(nonce: Uint8Array, options?: CallOptions): Result<M, void> {
    return this.initialise(nonce, options);
  }

  /** After `init` and before the first `update`; repeatable. */
  updateAad(aad: Uint8Array, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () =>
      this.link.call('updateAad', { context: this.id, aad: this.link.checkData(aad, 'aad') }, nothing, options),
    );
  }

  /** Ends encryption: the last output and the tag. */
  finalize(output?: Uint8Array, options?: CallOptions): Result<M, Sealed> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.bound.ofEnd(0));
      return this.link.call(
        'finalize',
        { context: this.id },
        ({ data, tag }) => ({ data: deliver(data, output), tag: new Uint8Array(tag) }),
        options,
      );
    });
  }

  /** Ends decryption: the whole plaintext. @throws OPERATION_FAILED */
  verifyAndFinalize(tag: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.bound.ofEnd(0));
      return this.link.call(
        'verifyFinalize',
        { context: this.id, expected: this.link.checkData(tag, 'tag') },
        ({ data }) => deliver(data, output),
        options,
      );
    });
  }

  /** A whole message. */
  encrypt(message: EncryptMessage, options?: CallOptions): Result<M, Sealed> {
    return attempt(this.link.mode, () => {
      const { nonce, data, aad } = message;
      const input = { context: this.id, data: this.link.checkData(data), iv: this.link.checkData(nonce, 'nonce'), hasIv: 1, aad };
      return this.link.call(
        'singleShot',
        input,
        (answer) => ({ data: new Uint8Array(answer.data), tag: new Uint8Array(answer.tag) }),
        options,
      );
    });
  }

  /** A whole message. @throws OPERATION_FAILED */
  decrypt(message: DecryptMessage, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      const { nonce, data, aad, tag } = message;
      const input = {
        context: this.id,
        data: this.link.checkData(data),
        iv: this.link.checkData(nonce, 'nonce'),
        hasIv: 1,
        aad,
        expected: this.link.checkData(tag, 'tag'),
      };
      return this.link.call('verifySingleShot', input, (answer) => new Uint8Array(answer.data), options);
    });
  }
}
