#include "aes-gcm.h"

#include <algorithm>
#include <climits>

#include "openssl.h"

namespace keyslot {

namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, OpensslFree<EVP_CIPHER_CTX_free>>;

/** EVP counts in int. A multiple of the block. */
constexpr size_t kPiece = size_t{1} << 30;
static_assert(kPiece <= INT_MAX);

enum Direction { kOpening = 0, kSealing = 1 };

CipherContext Start(const uint8_t* key, const uint8_t* iv, Direction direction) {
  // Fetched once; nothing in it is secret.
  static EVP_CIPHER* const kCipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  CipherContext context(kCipher == nullptr ? nullptr : EVP_CIPHER_CTX_new());
  if (context == nullptr || EVP_CipherInit_ex2(context.get(), kCipher, key, iv, direction, nullptr) != 1) return nullptr;
  return context;
}

/** `into` is null for data that is only authenticated. */
bool Update(EVP_CIPHER_CTX* context, ConstBytes bytes, uint8_t* into) {
  for (size_t at = 0; at < bytes.size; at += kPiece) {
    const int size = static_cast<int>(std::min(kPiece, bytes.size - at));
    int written = 0;
    if (EVP_CipherUpdate(context, into == nullptr ? nullptr : into + at, &written, bytes.data + at, size) != 1) return false;
  }
  return true;
}

bool Finish(EVP_CIPHER_CTX* context) {
  uint8_t nothing[EVP_MAX_BLOCK_LENGTH];
  int written = 0;
  return EVP_CipherFinal_ex(context, nothing, &written) == 1;
}

}  // namespace

bool AesGcmSeal(const uint8_t key[kAesKeySize], const uint8_t iv[kGcmIvSize], ConstBytes aad, ConstBytes plaintext, uint8_t* result) {
  const CipherContext context = Start(key, iv, kSealing);
  if (context == nullptr || !Update(context.get(), aad, nullptr) || !Update(context.get(), plaintext, result)) return false;
  uint8_t* tag = result + plaintext.size;
  return Finish(context.get()) && EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kGcmTagSize, tag) == 1;
}

bool AesGcmOpen(const uint8_t key[kAesKeySize], const uint8_t iv[kGcmIvSize], ConstBytes aad, ConstBytes sealed, uint8_t* result) {
  if (sealed.size < kGcmTagSize) return false;
  const ConstBytes ciphertext = {sealed.data, sealed.size - kGcmTagSize};
  auto* tag = const_cast<uint8_t*>(sealed.data + ciphertext.size);
  const CipherContext context = Start(key, iv, kOpening);
  if (context == nullptr || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kGcmTagSize, tag) != 1) return false;
  return Update(context.get(), aad, nullptr) && Update(context.get(), ciphertext, result) && Finish(context.get());
}

}  // namespace keyslot
