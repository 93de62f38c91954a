#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kEd25519KeySize = 32;
constexpr size_t kEd25519SignatureSize = 64;

// RFC 8032 5.1; OpenSSL keeps the key in its secure heap meanwhile. False: OpenSSL failed.

bool Ed25519PublicKey(const uint8_t key[kEd25519KeySize], uint8_t public_key[kEd25519KeySize]);

bool Ed25519Sign(const uint8_t key[kEd25519KeySize], const uint8_t* message, size_t size, uint8_t signature[kEd25519SignatureSize]);

}  // namespace keyslot
