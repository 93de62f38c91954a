#include "ed25519.h"

#include "openssl.h"

namespace keyslot {

namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;

PkeyPointer ReadKey(const uint8_t key[kEd25519KeySize]) {
  return PkeyPointer(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, key, kEd25519KeySize));
}

}  // namespace

bool Ed25519PublicKey(const uint8_t key[kEd25519KeySize], uint8_t public_key[kEd25519KeySize]) {
  const PkeyPointer holder = ReadKey(key);
  size_t size = kEd25519KeySize;
  return holder != nullptr && EVP_PKEY_get_raw_public_key(holder.get(), public_key, &size) == 1;
}

bool Ed25519Sign(const uint8_t key[kEd25519KeySize], const uint8_t* message, size_t size, uint8_t signature[kEd25519SignatureSize]) {
  const PkeyPointer holder = ReadKey(key);
  const DigestContext context(EVP_MD_CTX_new());
  if (holder == nullptr || context == nullptr) return false;
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, holder.get()) != 1) return false;
  size_t made = kEd25519SignatureSize;
  return EVP_DigestSign(context.get(), signature, &made, message, size) == 1 && made == kEd25519SignatureSize;
}

}  // namespace keyslot
