// Whether the numbers of an RSA private key belong together (RFC 8017 3.2). Whether its primes are prime is not asked: that takes as long as making a key.
#include <array>

#include "addon.h"
#include "arguments.h"
#include "openssl.h"

namespace keyslot {

namespace {

using NumberContext = std::unique_ptr<BN_CTX, OpensslFree<BN_CTX_free>>;

enum Number : size_t { kE, kD, kP, kQ, kDp, kDq, kQi, kNumbers };

using Numbers = std::array<BigNumber, kNumbers>;

BigNumber NewSecret() {
  BigNumber number(BN_secure_new());
  if (number != nullptr) BN_set_flags(number.get(), BN_FLG_CONSTTIME);
  return number;
}

bool ReadNumbers(const Napi::CallbackInfo& info, Numbers* numbers) {
  for (size_t i = 0; i < kNumbers; i++) {
    Bytes magnitude;
    if (!ReadBytes(info, i, &magnitude)) return false;
    BigNumber& number = (*numbers)[i];
    number = NewSecret();
    if (number == nullptr || BN_bin2bn(magnitude.data, static_cast<int>(magnitude.size), number.get()) == nullptr) return false;
  }
  return true;
}

/** (a · b) mod m = 1. */
bool AreInverse(const BIGNUM* a, const BIGNUM* b, const BIGNUM* m, BN_CTX* context) {
  const BigNumber product = NewSecret();
  return product != nullptr && BN_mod_mul(product.get(), a, b, m, context) == 1 && BN_is_one(product.get());
}

/** The exponent of one prime is d mod (prime − 1), and undoes e. */
bool IsExponentOf(const BIGNUM* prime, const BIGNUM* exponent, const Numbers& numbers, BN_CTX* context) {
  const BigNumber less = NewSecret();
  const BigNumber rest = NewSecret();
  if (less == nullptr || rest == nullptr || BN_sub(less.get(), prime, BN_value_one()) != 1) return false;
  BN_set_flags(less.get(), BN_FLG_CONSTTIME);
  if (BN_mod(rest.get(), numbers[kD].get(), less.get(), context) != 1 || BN_cmp(rest.get(), exponent) != 0) return false;
  return AreInverse(numbers[kE].get(), exponent, less.get(), context);
}

bool AreConsistent(const Numbers& numbers) {
  const NumberContext context(BN_CTX_secure_new());
  const BIGNUM* p = numbers[kP].get();
  const BIGNUM* q = numbers[kQ].get();
  return context != nullptr && BN_is_odd(p) && BN_is_odd(q) && BN_cmp(p, q) != 0 &&
         IsExponentOf(p, numbers[kDp].get(), numbers, context.get()) && IsExponentOf(q, numbers[kDq].get(), numbers, context.get()) &&
         BN_cmp(numbers[kQi].get(), p) < 0 && AreInverse(numbers[kQi].get(), q, p, context.get());
}

/** rsaIsConsistent(e, d, p, q, dp, dq, qi): magnitudes, big end first. */
Napi::Value RsaIsConsistent(const Napi::CallbackInfo& info) {
  const CleanErrorQueue clean;
  Numbers numbers;
  if (!ReadNumbers(info, &numbers)) {
    if (info.Env().IsExceptionPending()) return info.Env().Undefined();
    return Throw(info.Env(), "ALLOCATION_FAILED", "no memory for the numbers of a key");
  }
  return Napi::Boolean::New(info.Env(), AreConsistent(numbers));
}

}  // namespace

void ExportRsaConsistency(Napi::Env env, Napi::Object exports) {
  exports.Set("rsaIsConsistent", Napi::Function::New<RsaIsConsistent>(env, "rsaIsConsistent"));
}

}  // namespace keyslot
