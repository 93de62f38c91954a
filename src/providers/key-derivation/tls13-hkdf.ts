/** HKDF-Expand-Label (RFC 8446 section 7.1). */
import type { KdfSpec } from '../contract.js';
import { counterBytes } from './blocks.js';
import { expand } from './hkdf.js';
import { bytesOf, hashOf } from './parameters.js';
import { refuse } from './refuse.js';

const prefix = Buffer.from('tls13 ', 'latin1');

/** `label` without its prefix, and `seed`, the context: mostly the hash of the transcript. */
export function tls13Hkdf(spec: KdfSpec, secret: Uint8Array, size: number): Uint8Array {
  if (size > 0xffff) refuse('kdf.outputKeyLength', `${spec.algorithm.name} gives at most 65535 bytes`);
  const label = bytesOf(spec.parameters, 'label');
  const context = bytesOf(spec.parameters, 'seed');
  const parts = [counterBytes(size, 2), Uint8Array.of(prefix.length + label.length), prefix, label, Uint8Array.of(context.length), context];
  return expand(hashOf(spec), secret, Buffer.concat(parts), size);
}
