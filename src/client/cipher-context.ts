import type { Link } from './link.js';
import { attempt, type Mode, type Result } from './mode.js';
import { checkRoom, deliver, OutputBound } from './output.js';
import { TransformingBase } from './transforming-base.js';
import type { CallOptions } from './transport.js';

export interface CipherShape {
  readonly direction: 'encrypt' | 'decrypt';
  /** Bytes; 0 for ciphers without blocks. */
  readonly blockSize: number;
  /** Bytes; 0 unless the algorithm is an AEAD, whose tag is appended. */
  readonly tagSize: number;
  /** Updates give nothing; everything comes with the end. */
  readonly atEnd: boolean;
  /** Bytes; the most that any message gives, 0 where there is no bound. */
  readonly longest: number;
}

/** Symmetric ciphers by mode, RSA encryption by key. An AEAD name works too: the tag is appended, and decryption gives nothing before it is checked. */
export class CipherContext<M extends Mode> extends TransformingBase<M> {
  readonly #shape: CipherShape;

  constructor(link: Link<M>, id: number, shape: CipherShape) {
    super(link, id, new OutputBound(shape.blockSize, shape.atEnd || (shape.tagSize > 0 && shape.direction === 'decrypt')));
    this.#shape = shape;
  }

  init(iv?: Uint8Array, options?: CallOptions): Result<M, void> {
    return this.initialise(iv, options);
  }

  /** The last output. @throws OPERATION_FAILED when decryption finds the data changed, or key or IV wrong */
  finalize(output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, this.#endRoom());
      return this.link.call('finalize', { context: this.id }, ({ data }) => deliver(data, output), options);
    });
  }

  singleShot(iv: Uint8Array | undefined, data: Uint8Array, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      this.link.checkData(data);
      checkRoom(output, this.#wholeRoom(data.length));
      const input = { context: this.id, data, iv, hasIv: iv === undefined ? 0 : 1 };
      return this.link.call('singleShot', input, (answer) => deliver(answer.data, output), options);
    });
  }

  /** Bytes that hold the output of any one call with so much input on a fresh stream. */
  getOutputSize(inputSize: number): number {
    const { longest, blockSize, tagSize } = this.#shape;
    return longest > 0 ? longest : inputSize + Math.max(blockSize, tagSize);
  }

  #endRoom(): number {
    const { direction, blockSize, tagSize, longest } = this.#shape;
    if (longest > 0) return longest;
    if (direction === 'decrypt') return Math.max(0, this.bound.ofEnd(0) - tagSize - (blockSize > 0 ? 1 : 0));
    if (blockSize === 0) return this.bound.ofEnd(tagSize);
    return blockSize;
  }
  #wholeRoom(bytes: number): number {
    const { direction, blockSize, tagSize, longest } = this.#shape;
    if (longest > 0) return longest;
    if (direction === 'decrypt') return Math.max(0, bytes - tagSize - (blockSize > 0 ? 1 : 0));
    return blockSize > 0 ? bytes - (bytes % blockSize) + blockSize : bytes + tagSize;
  }
}
