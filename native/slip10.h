#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kPrivateKeySize = 32;
constexpr size_t kChainCodeSize = 32;
constexpr uint32_t kHardened = 0x8000'0000;

/** A private key with what its children are made of. */
struct ExtendedKey {
  uint8_t key[kPrivateKeySize];
  uint8_t chain_code[kChainCodeSize];
};

/** An index in the order of the standards. */
inline void WriteIndex(uint32_t index, uint8_t result[4]) {
  for (int i = 0; i < 4; i++) result[i] = static_cast<uint8_t>(index >> (24 - 8 * i));
}

/** SLIP-0010 for Ed25519. False: an index is not hardened. */
bool DeriveEd25519(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedKey* result);

}  // namespace keyslot
