/** One message under way. */
export interface MacStream {
  update(data: Uint8Array): unknown;
  /** The whole tag, fresh memory; the stream is over. */
  digest(): Uint8Array;
  /** Lets go of a stream that will not be finished. */
  dispose?(): void;
}
