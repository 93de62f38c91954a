/** SLIP-0010 over ed25519, written anew: what the daemon's keys are compared with. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha512 } from '@noble/hashes/sha2.js';

/** The private key at a path whose steps are all hardened. */
export function slip10(seed: Uint8Array, path: string): Uint8Array {
  let node = hmac(sha512, new TextEncoder().encode('ed25519 seed'), seed);
  for (const step of path.split('/').slice(1)) {
    const data = new Uint8Array(37);
    data.set(node.subarray(0, 32), 1);
    new DataView(data.buffer).setUint32(33, Number.parseInt(step, 10) + 0x80000000);
    node = hmac(sha512, node.subarray(32), data);
  }
  return node.subarray(0, 32);
}
