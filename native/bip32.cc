// RIPEMD-160 is in no provider of some OpenSSLs.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "bip32.h"

#include <openssl/ripemd.h>
#include <openssl/sha.h>

#include <cstring>

#include "hmac-sha512.h"

namespace keyslot {

namespace {

constexpr char kCurve[] = {'B', 'i', 't', 'c', 'o', 'i', 'n', ' ', 's', 'e', 'e', 'd'};

/** "Serialization format", key identifiers: the first bytes of RIPEMD160(SHA256(point)). */
void Fingerprint(const uint8_t point[kPointSize], uint8_t result[4]) {
  uint8_t hash[SHA256_DIGEST_LENGTH];
  uint8_t identifier[RIPEMD160_DIGEST_LENGTH];
  SHA256(point, kPointSize, hash);
  RIPEMD160(hash, sizeof(hash), identifier);
  std::memcpy(result, identifier, 4);
}

Derivation DeriveChild(uint32_t index, ExtendedKey* key) {
  uint8_t head[kPointSize] = {};
  if ((index & kHardened) != 0) {
    std::memcpy(head + 1, key->key, kPrivateKeySize);
  } else if (!Secp256k1Point(key->key, head)) {
    return Derivation::kFailed;
  }
  uint8_t tail[4];
  uint8_t digest[kHmacSize];
  WriteIndex(index, tail);
  HmacSha512 hmac(key->chain_code, kChainCodeSize);
  hmac.Update(head, sizeof(head));
  hmac.Update(tail, sizeof(tail));
  hmac.Finish(digest);
  std::memcpy(key->chain_code, digest + kPrivateKeySize, kChainCodeSize);
  return AddToSecp256k1Key(key->key, digest);
}

}  // namespace

Derivation DeriveSecp256k1(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedKey* result) {
  uint8_t digest[kHmacSize];
  HmacSha512 master(kCurve, sizeof(kCurve));
  master.Update(seed, seed_size);
  master.Finish(digest);
  std::memcpy(result, digest, sizeof(digest));
  if (!IsSecp256k1Key(result->key)) return Derivation::kNoKey;
  for (size_t level = 0; level < depth; level++) {
    const Derivation made = DeriveChild(path[level], result);
    if (made != Derivation::kDone) return made;
  }
  return Derivation::kDone;
}

Derivation DeriveExtendedPublicKey(const uint8_t* seed, size_t seed_size, const uint32_t* path, size_t depth, ExtendedPublicKey* result) {
  ExtendedKey key;
  *result = {};
  result->depth = static_cast<uint8_t>(depth);
  Derivation made = DeriveSecp256k1(seed, seed_size, path, depth == 0 ? 0 : depth - 1, &key);
  if (made != Derivation::kDone) return made;
  if (depth > 0) {
    uint8_t parent[kPointSize];
    if (!Secp256k1Point(key.key, parent)) return Derivation::kFailed;
    Fingerprint(parent, result->parent_fingerprint);
    WriteIndex(path[depth - 1], result->index);
    made = DeriveChild(path[depth - 1], &key);
    if (made != Derivation::kDone) return made;
  }
  std::memcpy(result->chain_code, key.chain_code, kChainCodeSize);
  return Secp256k1Point(key.key, result->point) ? Derivation::kDone : Derivation::kFailed;
}

}  // namespace keyslot
