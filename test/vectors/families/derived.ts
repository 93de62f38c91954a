/** What comes out of operations that make keys: it is looked at by exporting it. */
import { type CryptoResourceGuard, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';

/** Of a key whose bytes are to be seen. */
export const visible = { derivedKeyAlgorithm: 'GENERIC-SECRET', permissions: p.derive | p.export } as const;

/** The bytes of a secret key, which is released. */
export async function bytesOfKey(bench: Bench, made: Promise<CryptoResourceGuard>): Promise<Uint8Array> {
  const key = await made;
  try {
    return await bench.keys.exportKey(key, 'raw');
  } finally {
    await key.release();
  }
}
