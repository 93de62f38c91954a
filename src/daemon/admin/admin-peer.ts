/** One operator's connection, as handlers see it. */
export interface AdminPeer {
  /**
   * Lends the connection to native code that reads secrets straight from its descriptor: until `read` has settled nothing is read as frames. When it
   * fails the connection ends with its error and is never read again, since a rest of a secret may be in it.
   * @throws CONNECTION_FAILED
   */
  lend(read: (descriptor: number) => Promise<void>): void;
  /** Ends the connection with an error. */
  fail(error: unknown): void;
  /** Runs once when the connection has ended or is about to; at once when it already is. */
  onEnd(listener: () => void): void;
}
