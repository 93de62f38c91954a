/**
 * Work that can't be stopped in process, or that would hold the daemon, runs in children that can be killed; this is what the
 * software provider asks of them. Buffers that are given stay the caller's; results are fresh memory that the receiver wipes. An
 * abandoned call ends with OPERATION_CANCELLED, and its child is killed.
 */
import type { Call, KdfSpec } from '../contract.js';
import type { KeyDecoder } from '../key-encoding/decoded-key.js';

export interface GeneratedRsa {
  /** PKCS#8 (RFC 5958), DER. */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo (RFC 5280 4.1.2.7), DER. */
  readonly spki: Uint8Array;
}
export interface GeneratedPostQuantum {
  /** Empty where private keys have no shorter form. */
  readonly seed: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}
export interface PostQuantumSigning {
  /** Name of the key's row. */
  readonly name: string;
  /** Expanded. */
  readonly privateKey: Uint8Array;
  readonly message: Uint8Array;
  readonly context: Uint8Array;
  readonly deterministic: boolean;
}
export interface PostQuantumVerification {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly context: Uint8Array;
  readonly signature: Uint8Array;
}

export interface SlowHost extends KeyDecoder {
  /** A key of `bits` bits with the exponent 65537. */
  generateRsa(bits: number, call: Call): Promise<GeneratedRsa>;
  generatePostQuantum(name: string, call: Call): Promise<GeneratedPostQuantum>;
  signPostQuantum(signing: PostQuantumSigning, call: Call): Promise<Uint8Array>;
  verifyPostQuantum(verification: PostQuantumVerification, call: Call): Promise<boolean>;
  /** Key derivation from a password; `size` in bytes. */
  derive(spec: KdfSpec, secret: Uint8Array, size: number, call: Call): Promise<Uint8Array>;
}
