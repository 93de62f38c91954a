#pragma once

// Its structures belong to the caller and need no heap, which EVP can't do.
#ifndef OPENSSL_SUPPRESS_DEPRECATED
#define OPENSSL_SUPPRESS_DEPRECATED
#endif
#include <openssl/sha.h>

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kHmacSize = SHA512_DIGEST_LENGTH;

/** HMAC-SHA-512 (RFC 2104) without any heap: all of it, and all that it leaves, is on the stack of its user. */
class HmacSha512 {
 public:
  HmacSha512(const void* key, size_t size);

  void Update(const void* data, size_t size);
  void Finish(uint8_t result[kHmacSize]);
  /**
   * PBKDF2's rounds: the HMAC of `first`, the HMAC of that and so on, added up (exclusive or) with `first`. One compression after the
   * other, with nothing in between: two for an HMAC, which is as fast as this hash can be had.
   */
  void Iterate(int times, const uint8_t first[kHmacSize], uint8_t sum[kHmacSize]) const;

 private:
  SHA512_CTX inner_start_;
  SHA512_CTX outer_start_;
  SHA512_CTX inner_;
};

/** PBKDF2 (RFC 8018 5.2) with HMAC-SHA-512, one block, for the salt `salt_head || salt_tail`. */
void Pbkdf2Sha512(const void* password, size_t password_size, const void* salt_head, size_t salt_head_size, const void* salt_tail,
                  size_t salt_tail_size, int iterations, uint8_t result[kHmacSize]);

}  // namespace keyslot
