#pragma once

#include <cstddef>
#include <cstdint>

#include "secp256k1.h"
#include "slip10.h"

namespace keyslot {

/** What the standards call an extended public key. */
struct ExtendedPublicKey {
  uint8_t point[kPointSize];
  uint8_t chain_code[kChainCodeSize];
  uint8_t parent_fingerprint[4];
  uint8_t depth;
  uint8_t index[4];
};

/** BIP32, which is SLIP-0010 for secp256k1. kNoKey: there is none at one of the indices (chance 2^-127). */
Derivation DeriveSecp256k1(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedKey* result);

/** The same path, public; `depth` at most 255. */
Derivation DeriveExtendedPublicKey(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedPublicKey* result);

}  // namespace keyslot
