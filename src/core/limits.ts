/** Sizes that the wire and the daemon agree on when nothing else is configured; bytes and milliseconds. */

export const KiB = 1024;
export const MiB = 1024 * KiB;
export const GiB = 1024 * MiB;

export interface Limits {
  /** By uid. */
  readonly connections: number;
  readonly contexts: number;
  readonly keys: number;
  readonly inFlight: number;
  /** Longest frame, header included. */
  readonly frame: number;
  /** Longest data of one message. */
  readonly bulk: number;
  /** Most plaintext that AEAD decryption holds back. */
  readonly aeadDecrypt: number;
  /** Bytes that one uid may have queued or held in the daemon. */
  readonly bytes: number;
  /** Answers queued for a connection whose peer does not read. */
  readonly queuedOutput: number;
  /** Bytes held in the whole daemon. */
  readonly total: number;
}

export const defaultLimits: Limits = {
  connections: 1024,
  contexts: 4096,
  keys: 1024,
  inFlight: 256,
  frame: MiB,
  bulk: 64 * MiB,
  aeadDecrypt: 64 * MiB,
  bytes: 256 * MiB,
  queuedOutput: 128 * MiB,
  total: GiB,
};

/** Room that the fields around the data of one message may take. */
export const envelopeRoom = 64 * KiB;
/** A hello or half a frame must be complete within this time. */
export const incompleteFrameTimeout = 5000;
