#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kAesKeySize = 32;
constexpr size_t kGcmIvSize = 12;
constexpr size_t kGcmTagSize = 16;

struct ConstBytes {
  const uint8_t* data = nullptr;
  size_t size = 0;
};

// AES-256-GCM, NIST SP 800-38D, with an iv of 12 bytes and a tag of 16. OpenSSL's context is on its ordinary heap meanwhile, and wiped.

/** `result` has room for the plaintext and the tag behind it. False: OpenSSL failed. */
bool AesGcmSeal(const uint8_t key[kAesKeySize], const uint8_t iv[kGcmIvSize], ConstBytes aad, ConstBytes plaintext, uint8_t* result);

/**
 * `sealed` is the ciphertext with its tag; `result` has room for the plaintext. False: not sealed with this key, iv and aad; then `result`
 * has to be wiped. OpenSSL compares the tags in constant time (CRYPTO_memcmp).
 */
bool AesGcmOpen(const uint8_t key[kAesKeySize], const uint8_t iv[kGcmIvSize], ConstBytes aad, ConstBytes sealed, uint8_t* result);

}  // namespace keyslot
