/** Extended public keys (BIP32, "Serialization format"), for programs that watch accounts and can't sign. */

import { HDKey } from '@scure/bip32';
import type { CoreExtendedKey } from './core.js';
import type { DerivationPath } from './derivation-path.js';

/** `xpub…`, as other wallets read it. */
export function serializeExtendedKey({ publicKey, chainCode, parentFingerprint }: CoreExtendedKey, path: DerivationPath): string {
  const index = path.at(-1) ?? 0;
  return new HDKey({ publicKey, chainCode, parentFingerprint, depth: path.length, index }).publicExtendedKey;
}
