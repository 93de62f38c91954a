// The calls on keys that need no copy of them on the ordinary heap.
#define OPENSSL_SUPPRESS_DEPRECATED

#include "secp256k1.h"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>

#include "openssl.h"

namespace keyslot {

namespace {

using Point = std::unique_ptr<EC_POINT, OpensslFree<EC_POINT_free>>;
using Key = std::unique_ptr<EC_KEY, OpensslFree<EC_KEY_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;
using NumberContext = std::unique_ptr<BN_CTX, OpensslFree<BN_CTX_free>>;

/** Made once; nothing in it is secret. Null where there was no memory. */
const EC_GROUP* Group() {
  static const EC_GROUP* const kGroup = EC_GROUP_new_by_curve_name(NID_secp256k1);
  return kGroup;
}

/** A secret number, null on failure. */
BigNumber ReadScalar(const uint8_t bytes[kScalarSize]) {
  BigNumber number(BN_secure_new());
  if (number == nullptr || BN_bin2bn(bytes, kScalarSize, number.get()) == nullptr) return nullptr;
  BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

/** 0 <= number < n, in the same time for all numbers. False also without memory. */
bool IsBelowOrder(const uint8_t number[kScalarSize]) {
  uint8_t order[kScalarSize];
  if (Group() == nullptr || BN_bn2binpad(EC_GROUP_get0_order(Group()), order, kScalarSize) != kScalarSize) return false;
  unsigned borrow = 0;
  for (size_t i = kScalarSize; i-- > 0;) borrow = (unsigned{number[i]} - order[i] - borrow) >> 8 & 1;
  return borrow != 0;
}

/** The same. */
bool IsZero(const uint8_t number[kScalarSize]) {
  unsigned bits = 0;
  for (size_t i = 0; i < kScalarSize; i++) bits |= number[i];
  return bits == 0;
}

bool WriteScalar(const BIGNUM* number, uint8_t bytes[kScalarSize]) { return BN_bn2binpad(number, bytes, kScalarSize) == kScalarSize; }

/** The smaller one of s and n - s. False on failure. */
bool LowerS(const BIGNUM* s, uint8_t bytes[kScalarSize]) {
  const BIGNUM* order = EC_GROUP_get0_order(Group());
  const BigNumber other(BN_new());
  if (other == nullptr || BN_sub(other.get(), order, s) != 1) return false;
  return WriteScalar(BN_cmp(other.get(), s) < 0 ? other.get() : s, bytes);
}

}  // namespace

bool IsSecp256k1Key(const uint8_t key[kScalarSize]) { return IsBelowOrder(key) && !IsZero(key); }

Derivation AddToSecp256k1Key(uint8_t key[kScalarSize], const uint8_t tweak[kScalarSize]) {
  if (Group() == nullptr) return Derivation::kFailed;
  if (!IsBelowOrder(tweak)) return Derivation::kNoKey;
  const BigNumber number = ReadScalar(key);
  const BigNumber added = ReadScalar(tweak);
  if (number == nullptr || added == nullptr) return Derivation::kFailed;
  // Takes the same time for all numbers below the order.
  const int done = BN_mod_add_quick(number.get(), number.get(), added.get(), EC_GROUP_get0_order(Group()));
  if (done != 1 || !WriteScalar(number.get(), key)) return Derivation::kFailed;
  return IsZero(key) ? Derivation::kNoKey : Derivation::kDone;
}

bool Secp256k1Point(const uint8_t key[kScalarSize], uint8_t point[kPointSize]) {
  if (Group() == nullptr) return false;
  const BigNumber number = ReadScalar(key);
  const NumberContext context(BN_CTX_secure_new());
  const Point made(EC_POINT_new(Group()));
  if (number == nullptr || context == nullptr || made == nullptr) return false;
  if (EC_POINT_mul(Group(), made.get(), number.get(), nullptr, nullptr, context.get()) != 1) return false;
  return EC_POINT_point2oct(Group(), made.get(), POINT_CONVERSION_COMPRESSED, point, kPointSize, context.get()) == kPointSize;
}

bool Secp256k1Sign(const uint8_t key[kScalarSize], const uint8_t* digest, size_t digest_size, uint8_t signature[kEcdsaSize]) {
  if (Group() == nullptr) return false;
  const BigNumber number = ReadScalar(key);
  const Key holder(EC_KEY_new());
  if (number == nullptr || holder == nullptr || EC_KEY_set_group(holder.get(), Group()) != 1) return false;
  if (EC_KEY_set_private_key(holder.get(), number.get()) != 1) return false;
  const Signature made(ECDSA_do_sign(digest, static_cast<int>(digest_size), holder.get()));
  if (made == nullptr) return false;
  return WriteScalar(ECDSA_SIG_get0_r(made.get()), signature) && LowerS(ECDSA_SIG_get0_s(made.get()), signature + kScalarSize);
}

}  // namespace keyslot
