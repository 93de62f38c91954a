/** The PRF of TLS 1.2 (RFC 5246 section 5), also for the extended master secret (RFC 7627 section 4). */
import type { KdfSpec } from '../contract.js';
import { bytesOf, hashOf } from './parameters.js';
import { withHmac } from './prf.js';
import { doublePipeline } from './sp800-108.js';

/** `label` and `seed`. */
export function tls12Prf(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const input = Buffer.concat([bytesOf(spec.parameters, 'label'), bytesOf(spec.parameters, 'seed')]);
  // P_hash is the double pipeline without a counter: A(i) = HMAC(A(i-1)), blocks are HMAC(A(i) ‖ seed).
  return withHmac(hashOf(spec), secret, (prf) => doublePipeline(prf, { location: 'none', size: 4 }, input, size));
}
