/** Work that can't be stopped in process runs in a child that can be killed; this is what the software provider asks of it. */
import type { Call } from '../contract.js';

export interface GeneratedRsa {
  /** PKCS#8 (RFC 5958), DER. The receiver wipes it. */
  readonly pkcs8: Uint8Array;
  /** SubjectPublicKeyInfo (RFC 5280 4.1.2.7), DER. */
  readonly spki: Uint8Array;
}

export interface SlowHost {
  /** A key of `bits` bits with the exponent 65537. An abandoned call may be killed; its result is dropped and wiped. */
  generateRsa(bits: number, call: Call): Promise<GeneratedRsa>;
}
