/** Extended public keys (BIP32, "Serialization format"), for programs that watch accounts and can't sign. */

import { HDKey } from '@scure/bip32';
import type { CoreExtendedKey } from './core.js';

/** `xpub…`, as other wallets read it. */
export function serializeExtendedKey({ parentFingerprint, ...rest }: CoreExtendedKey): string {
  const [a = 0, b = 0, c = 0, d = 0] = parentFingerprint;
  return new HDKey({ ...rest, parentFingerprint: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 }).publicExtendedKey;
}
