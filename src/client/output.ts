/** Results into buffers that callers bring. */
import { KeyslotError } from '../core/errors.js';

/** @throws INSUFFICIENT_BUFFER_SIZE, INVALID_ARGUMENT before anything was asked, so that nothing changes */
export function checkRoom(output: Uint8Array | undefined, needed: number): void {
  if (output === undefined) return;
  if (!(output instanceof Uint8Array)) throw new KeyslotError('INVALID_ARGUMENT', 'output must be a Uint8Array', { field: 'output' });
  if (output.length >= needed) return;
  throw new KeyslotError('INSUFFICIENT_BUFFER_SIZE', `the output has ${output.length} bytes; ${needed} are needed`, { field: 'output' });
}

/** Fresh memory that belongs to the caller, or the filled part of its buffer. @throws INSUFFICIENT_BUFFER_SIZE */
export function deliver(bytes: Uint8Array, output: Uint8Array | undefined): Uint8Array {
  if (output === undefined) return new Uint8Array(bytes);
  checkRoom(output, bytes.length);
  output.set(bytes);
  return output.subarray(0, bytes.length);
}

/** How much output a stream can give: what went in and has not come out, plus what its end adds. */
export class OutputBound {
  readonly #blockSize: number;
  /** Everything comes at the end. */
  readonly #heldBack: boolean;
  #inside = 0;

  constructor(blockSize: number, heldBack: boolean) {
    this.#blockSize = blockSize;
    this.#heldBack = heldBack;
  }
  restart(): void {
    this.#inside = 0;
  }
  ofUpdate(bytes: number): number {
    if (this.#heldBack) return 0;
    const all = this.#inside + bytes;
    return this.#blockSize > 1 ? all - (all % this.#blockSize) : all;
  }
  ofEnd(added: number): number {
    return this.#inside + added;
  }
  /** Counted when it is sent, so that calls that do not wait for each other never have too little room. */
  enter(bytes: number): void {
    this.#inside += bytes;
  }
  leave(bytes: number): void {
    this.#inside -= bytes;
  }
}
