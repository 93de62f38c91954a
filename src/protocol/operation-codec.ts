/** The form of what the generator emits for each operation. */

/** The four types of an operation; inputs leave out what is zero or empty. */
export interface MessageTypes {
  readonly request: object;
  readonly requestInput: object;
  readonly response: object;
  readonly responseInput: object;
}

/**
 * Encoders and decoders of one operation. `measure…` answers an upper bound in bytes of what `encode…` writes. `encode…` writes the
 * message into `b`, of which `d` is the view, at `at`, a multiple of 8, and answers where it ends; INVALID_ARGUMENT when a value
 * does not fit its field. `decode…` reads the message in [start, end); bytes in the result are views of `b`; FRAME_INVALID for
 * anything malformed.
 */
export interface OperationCodec<N extends string = string, T extends MessageTypes = MessageTypes> {
  readonly name: N;
  readonly opcode: number;
  /** True when a lost request may be sent again by itself. */
  readonly repeatable: boolean;
  measureRequest(m: T['requestInput']): number;
  encodeRequest(b: Uint8Array, d: DataView, at: number, m: T['requestInput']): number;
  decodeRequest(b: Uint8Array, d: DataView, start: number, end: number): T['request'];
  measureResponse(m: T['responseInput']): number;
  encodeResponse(b: Uint8Array, d: DataView, at: number, m: T['responseInput']): number;
  decodeResponse(b: Uint8Array, d: DataView, start: number, end: number): T['response'];
}
