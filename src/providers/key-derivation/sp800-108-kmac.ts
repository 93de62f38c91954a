/** SP 800-108r1 section 4.4. */
import type { KdfSpec } from '../contract.js';
import { kmac, kmacStrength } from './macs.js';
import { bytesOf } from './parameters.js';

/** KMAC(key, `seed` as context, L, `label` as customization). */
export function sp800108Kmac(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  const { algorithm, parameters } = spec;
  return kmac(kmacStrength(algorithm), secret, [bytesOf(parameters, 'seed')], bytesOf(parameters, 'label'), size);
}
