/** Kinds of derived keys as the command line names them. */
import type { VaultKeyKind } from '../core/vocabulary.js';

export const kinds = { ed25519: 'Ed25519', secp256k1: 'Secp256k1', aes256: 'Aes256Gcm' } as const satisfies Readonly<
  Record<string, VaultKeyKind>
>;
export type KindName = keyof typeof kinds;
