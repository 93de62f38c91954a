#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kPointSize = 33;
constexpr size_t kScalarSize = 32;
constexpr size_t kEcdsaSize = 2 * kScalarSize;

// Private keys are 32 bytes, highest first. All secret numbers are in OpenSSL's secure heap. False: OpenSSL failed (no memory).

/** Whether 0 < key < n. */
bool IsSecp256k1Key(const uint8_t key[kScalarSize]);

/** Whether there is a key: BIP32 has none at a few indices, which is no failure and must not be taken for one. */
enum class Derivation { kDone, kNoKey, kFailed };

/** (key + tweak) mod n into `key`. kNoKey where the tweak is not below n, or where the sum is 0. */
Derivation AddToSecp256k1Key(uint8_t key[kScalarSize], const uint8_t tweak[kScalarSize]);

/** SEC 1 2.3.3, compressed. */
bool Secp256k1Point(const uint8_t key[kScalarSize], uint8_t point[kPointSize]);

/** ECDSA, r and s; s is the smaller one of its two values, as Bitcoin and Ethereum want it and as every verifier accepts it. */
bool Secp256k1Sign(const uint8_t key[kScalarSize], const uint8_t* digest, size_t digest_size, uint8_t signature[kEcdsaSize]);

}  // namespace keyslot
