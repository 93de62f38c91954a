/** Sizes are those of the key's row. Whoever holds it wipes `seed` and `privateKey`. */
export interface PostQuantumPair {
  /** ML-KEM: d and z, 64 bytes (FIPS 203 algorithm 16). ML-DSA: ξ, 32 bytes (FIPS 204 algorithm 6). SLH-DSA keys have none. */
  readonly seed: Uint8Array | undefined;
  /** The decapsulation or private key, expanded, as its FIPS writes it. */
  readonly privateKey: Uint8Array;
  /** The encapsulation or public key. */
  readonly publicKey: Uint8Array;
}
