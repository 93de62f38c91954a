/** The kinds of keys that a vault derives. */

/** Ed25519 and Aes256Gcm by SLIP-0010 over the curve ed25519, Secp256k1 by BIP32. */
export type KeyKind = 'Ed25519' | 'Aes256Gcm' | 'Secp256k1';

export interface KeyKindRow {
  /** SLIP-0010 has no other steps for ed25519. */
  readonly hardenedOnly: boolean;
  /** Bytes; Ed25519 as in RFC 8032, Secp256k1 compressed (SEC 1, 2.3.3), none for a secret key. */
  readonly publicKeySize: number;
}

/** Bytes of every private or secret key. */
export const privateKeySize = 32;

export const keyKinds: { readonly [K in KeyKind]: KeyKindRow } = {
  Ed25519: { hardenedOnly: true, publicKeySize: 32 },
  Aes256Gcm: { hardenedOnly: true, publicKeySize: 0 },
  Secp256k1: { hardenedOnly: false, publicKeySize: 33 },
};

export function isKeyKind(value: unknown): value is KeyKind {
  return typeof value === 'string' && Object.hasOwn(keyKinds, value);
}
