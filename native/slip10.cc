#include "slip10.h"

#include <cstring>

#include "hmac-sha512.h"

namespace keyslot {

namespace {

constexpr char kCurve[] = {'e', 'd', '2', '5', '5', '1', '9', ' ', 's', 'e', 'e', 'd'};

static_assert(sizeof(ExtendedKey) == kHmacSize);

}  // namespace

bool DeriveEd25519(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedKey* result) {
  uint8_t digest[kHmacSize];
  HmacSha512 master(kCurve, sizeof(kCurve));
  master.Update(seed, seed_size);
  master.Finish(digest);
  std::memcpy(result, digest, sizeof(digest));
  for (size_t level = 0; level < depth; level++) {
    if ((path[level] & kHardened) == 0) return false;
    constexpr uint8_t kPrivate = 0;
    uint8_t index[4];
    WriteIndex(path[level], index);
    HmacSha512 child(result->chain_code, kChainCodeSize);
    child.Update(&kPrivate, 1);
    child.Update(result->key, kPrivateKeySize);
    child.Update(index, sizeof(index));
    child.Finish(digest);
    std::memcpy(result, digest, sizeof(digest));
  }
  return true;
}

}  // namespace keyslot
