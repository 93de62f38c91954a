#include "pkey-import.h"

#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/params.h>

#include <array>
#include <climits>
#include <cstring>

namespace keyslot {

namespace {

// RFC 3279 2.3.1 and RFC 5480 2.1.1
constexpr uint8_t kRsaEncryption[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01};
constexpr uint8_t kEcPublicKey[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};

constexpr int kEcPrivateKeyVersion = 1;
constexpr int kTwoPrimes = 0;
constexpr int kNewestPrivateKeyInfo = 1;
constexpr int kLeastModulusBits = 512;
constexpr int kMostModulusBits = 16384;

constexpr ImportFailure kMalformed = {"INVALID_FORMAT", "the key is not the DER that was expected"};
constexpr ImportFailure kOtherAlgorithm = {"UNSUPPORTED_ALGORITHM", "the key is neither RSA nor EC"};
constexpr ImportFailure kOtherCurve = {"UNSUPPORTED_ALGORITHM", "the key is not on a named curve that OpenSSL has"};
constexpr ImportFailure kOtherModulus = {"UNSUPPORTED_ALGORITHM", "an RSA key has two primes and 512 to 16384 bits"};

using CurveGroup = std::unique_ptr<EC_GROUP, OpensslFree<EC_GROUP_free>>;
using CurvePoint = std::unique_ptr<EC_POINT, OpensslFree<EC_POINT_clear_free>>;
using ObjectIdentifier = std::unique_ptr<ASN1_OBJECT, OpensslFree<ASN1_OBJECT_free>>;

PkeyPointer Refuse(ImportFailure* failure, const ImportFailure& reason) {
  *failure = reason;
  return nullptr;
}

bool SameBytes(Slice left, Slice right) { return left.size == right.size && std::memcmp(left.data, right.data, left.size) == 0; }

BigNumber ToNumber(Slice magnitude) {
  if (magnitude.size > INT_MAX) return nullptr;
  return BigNumber(BN_bin2bn(magnitude.data, static_cast<int>(magnitude.size), nullptr));
}

/** What EVP_PKEY_fromdata makes a key of. Numbers are copied, and wiped with this object; everything else must outlive it. */
class KeyParts {
 public:
  explicit KeyParts(size_t bytes_of_numbers) : numbers_(bytes_of_numbers) {}

  bool AddNumber(const char* name, Slice magnitude) {
    const BigNumber number = ToNumber(magnitude);
    uint8_t* place = numbers_.data() + used_;
    if (number == nullptr || numbers_.size() - used_ < magnitude.size) return false;
    if (BN_bn2nativepad(number.get(), place, static_cast<int>(magnitude.size)) < 0) return false;
    used_ += magnitude.size;
    parameters_[count_++] = OSSL_PARAM_construct_BN(name, place, magnitude.size);
    return true;
  }

  void AddText(const char* name, const char* text) {
    parameters_[count_++] = OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(text), 0);
  }

  void AddBytes(const char* name, Slice bytes) {
    parameters_[count_++] = OSSL_PARAM_construct_octet_string(name, const_cast<uint8_t*>(bytes.data), bytes.size);
  }

  PkeyPointer Make(const char* type, int selection) {
    parameters_[count_] = OSSL_PARAM_construct_end();
    const PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1) return nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, selection, parameters_.data()) != 1) return nullptr;
    return PkeyPointer(key);
  }

 private:
  WipedBytes numbers_;
  size_t used_ = 0;
  size_t count_ = 0;
  std::array<OSSL_PARAM, 9> parameters_ = {};
};

struct RsaPart {
  const char* name;
  Slice magnitude;
};

bool IsSoundRsaPublic(Slice modulus, Slice exponent) {
  const auto is_odd = [](Slice number) { return (number.data[number.size - 1] & 1) == 1; };
  const bool is_one = exponent.size == 1 && exponent.data[0] == 1;
  return is_odd(modulus) && is_odd(exponent) && !is_one;
}

int BitsOf(Slice magnitude) {
  int bits = static_cast<int>(magnitude.size) * 8;
  for (uint8_t first = magnitude.data[0]; (first & 0x80) == 0; first = static_cast<uint8_t>(first << 1)) bits--;
  return bits;
}

/** `parts` begin with modulus and public exponent. */
template <size_t kCount>
PkeyPointer MakeRsa(const std::array<RsaPart, kCount>& parts, int selection, ImportFailure* failure) {
  const Slice modulus = parts[0].magnitude;
  if (modulus.size > kMostModulusBits / 8 || BitsOf(modulus) < kLeastModulusBits) return Refuse(failure, kOtherModulus);
  if (!IsSoundRsaPublic(modulus, parts[1].magnitude)) return Refuse(failure, kMalformed);
  KeyParts made(kCount * modulus.size);
  for (const RsaPart& part : parts) {
    if (part.magnitude.size > modulus.size || !made.AddNumber(part.name, part.magnitude)) return Refuse(failure, kMalformed);
  }
  PkeyPointer key = made.Make("RSA", selection);
  return key != nullptr ? std::move(key) : Refuse(failure, kMalformed);
}

/** RSAPublicKey, RFC 8017 A.1.1 */
PkeyPointer ReadRsaPublic(Slice der, ImportFailure* failure) {
  DerReader outer(der);
  DerReader fields = outer.Enter(DerTag::kSequence);
  std::array<RsaPart, 2> parts = {{{OSSL_PKEY_PARAM_RSA_N, {}}, {OSSL_PKEY_PARAM_RSA_E, {}}}};
  for (RsaPart& part : parts) part.magnitude = fields.ReadPositive();
  if (!outer.AtEnd() || !fields.AtEnd()) return Refuse(failure, kMalformed);
  return MakeRsa(parts, EVP_PKEY_PUBLIC_KEY, failure);
}

/** RSAPrivateKey, RFC 8017 A.1.2 */
PkeyPointer ReadRsaPrivate(Slice der, ImportFailure* failure) {
  DerReader outer(der);
  DerReader fields = outer.Enter(DerTag::kSequence);
  const int version = fields.ReadSmall();
  if (!fields.Failed() && version != kTwoPrimes) return Refuse(failure, kOtherModulus);
  std::array<RsaPart, 8> parts = {{
      {OSSL_PKEY_PARAM_RSA_N, {}},
      {OSSL_PKEY_PARAM_RSA_E, {}},
      {OSSL_PKEY_PARAM_RSA_D, {}},
      {OSSL_PKEY_PARAM_RSA_FACTOR1, {}},
      {OSSL_PKEY_PARAM_RSA_FACTOR2, {}},
      {OSSL_PKEY_PARAM_RSA_EXPONENT1, {}},
      {OSSL_PKEY_PARAM_RSA_EXPONENT2, {}},
      {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, {}},
  }};
  for (RsaPart& part : parts) part.magnitude = fields.ReadPositive();
  if (!outer.AtEnd() || !fields.AtEnd()) return Refuse(failure, kMalformed);
  return MakeRsa(parts, EVP_PKEY_KEYPAIR, failure);
}

/** A named curve of AlgorithmIdentifier's parameters. */
class Curve {
 public:
  explicit Curve(Slice identifier) : identifier_(identifier) {
    const uint8_t* next = identifier.data;
    const ObjectIdentifier object(d2i_ASN1_OBJECT(nullptr, &next, static_cast<long>(identifier.size)));
    const int nid = object == nullptr ? NID_undef : OBJ_obj2nid(object.get());
    if (nid != NID_undef) group_.reset(EC_GROUP_new_by_curve_name(nid));
    if (group_ != nullptr) name_ = OBJ_nid2sn(nid);
  }

  bool IsKnown() const { return group_ != nullptr; }
  const char* name() const { return name_; }
  /** The OBJECT IDENTIFIER, with tag and length. */
  Slice identifier() const { return identifier_; }

  /** Whether a private key is in [1, order - 1], SEC 1 3.2.1. */
  bool Holds(const BIGNUM* number) const { return !BN_is_zero(number) && BN_cmp(number, EC_GROUP_get0_order(group_.get())) < 0; }

  size_t OrderBytes() const { return static_cast<size_t>(EC_GROUP_order_bits(group_.get()) + 7) / 8; }

  /** The uncompressed point of a private key; empty on failure. */
  WipedBytes PointOf(const BIGNUM* number) const {
    const CurvePoint point(EC_POINT_new(group_.get()));
    if (point == nullptr || EC_POINT_mul(group_.get(), point.get(), number, nullptr, nullptr, nullptr) != 1) return {};
    const size_t size = EC_POINT_point2oct(group_.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, nullptr, 0, nullptr);
    WipedBytes bytes(size);
    const size_t written =
        EC_POINT_point2oct(group_.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes.data(), bytes.size(), nullptr);
    bytes.Shorten(written);
    return bytes;
  }

 private:
  Slice identifier_;
  CurveGroup group_;
  const char* name_ = nullptr;
};

/** Compressed or not, SEC 1 2.3.3; not the point at infinity, which would verify signatures of anybody. */
bool IsPointEncoding(Slice point) { return point.size > 1 && point.data[0] >= 2 && point.data[0] <= 4; }

/** The contents of subjectPublicKey, RFC 5480 2.2 */
PkeyPointer ReadEcPublic(Slice point, const Curve& curve, ImportFailure* failure) {
  if (!IsPointEncoding(point)) return Refuse(failure, kMalformed);
  KeyParts parts(0);
  parts.AddText(OSSL_PKEY_PARAM_GROUP_NAME, curve.name());
  parts.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, point);
  PkeyPointer key = parts.Make("EC", EVP_PKEY_PUBLIC_KEY);
  return key != nullptr ? std::move(key) : Refuse(failure, kMalformed);
}

/** ECPrivateKey, RFC 5915 3. The public key is calculated where it is left out. */
PkeyPointer ReadEcPrivate(Slice der, const Curve& curve, ImportFailure* failure) {
  DerReader outer(der);
  DerReader fields = outer.Enter(DerTag::kSequence);
  const int version = fields.ReadSmall();
  const Slice secret = fields.Read(DerTag::kOctetString);
  bool sound = version == kEcPrivateKeyVersion && secret.size > 0 && secret.size <= curve.OrderBytes();
  if (fields.NextIs(DerTag::kContext0)) {
    DerReader inner = fields.Enter(DerTag::kContext0);
    sound = sound && SameBytes(inner.ReadWhole(DerTag::kObjectIdentifier), curve.identifier()) && inner.AtEnd();
  }
  Slice point;
  if (fields.NextIs(DerTag::kContext1)) {
    DerReader inner = fields.Enter(DerTag::kContext1);
    point = inner.ReadBits();
    sound = sound && inner.AtEnd() && IsPointEncoding(point);
  }
  if (!sound || !fields.AtEnd() || !outer.AtEnd()) return Refuse(failure, kMalformed);

  const BigNumber number = ToNumber(secret);
  if (number == nullptr || !curve.Holds(number.get())) return Refuse(failure, kMalformed);
  WipedBytes calculated;
  if (point.size == 0) {
    calculated = curve.PointOf(number.get());
    point = {calculated.data(), calculated.size()};
  }
  KeyParts parts(secret.size);
  parts.AddText(OSSL_PKEY_PARAM_GROUP_NAME, curve.name());
  parts.AddBytes(OSSL_PKEY_PARAM_PUB_KEY, point);
  if (!parts.AddNumber(OSSL_PKEY_PARAM_PRIV_KEY, secret)) return Refuse(failure, kMalformed);
  PkeyPointer key = parts.Make("EC", EVP_PKEY_KEYPAIR);
  return key != nullptr ? std::move(key) : Refuse(failure, kMalformed);
}

/** AlgorithmIdentifier of a key, RFC 5280 4.1.1.2 */
struct KeyAlgorithm {
  enum class Kind { kUnreadable, kOther, kRsa, kEc };
  Kind kind = Kind::kUnreadable;
  /** The OBJECT IDENTIFIER of the curve, with tag and length; empty where the curve has no name. */
  Slice curve;
};

KeyAlgorithm ReadAlgorithm(DerReader fields) {
  const Slice identifier = fields.Read(DerTag::kObjectIdentifier);
  if (fields.Failed()) return {};
  if (SameBytes(identifier, {kRsaEncryption, sizeof(kRsaEncryption)})) {
    const bool sound = fields.Read(DerTag::kNull).size == 0 && fields.AtEnd();
    return {sound ? KeyAlgorithm::Kind::kRsa : KeyAlgorithm::Kind::kUnreadable, {}};
  }
  if (!SameBytes(identifier, {kEcPublicKey, sizeof(kEcPublicKey)})) return {KeyAlgorithm::Kind::kOther, {}};
  if (fields.NextIs(DerTag::kSequence)) return {KeyAlgorithm::Kind::kEc, {}};
  const Slice curve = fields.ReadWhole(DerTag::kObjectIdentifier);
  return {fields.AtEnd() ? KeyAlgorithm::Kind::kEc : KeyAlgorithm::Kind::kUnreadable, curve};
}

using ReadRsa = PkeyPointer (*)(Slice contents, ImportFailure* failure);
using ReadEc = PkeyPointer (*)(Slice contents, const Curve& curve, ImportFailure* failure);

PkeyPointer ReadContents(const KeyAlgorithm& algorithm, Slice contents, ReadRsa read_rsa, ReadEc read_ec, ImportFailure* failure) {
  if (algorithm.kind == KeyAlgorithm::Kind::kUnreadable) return Refuse(failure, kMalformed);
  if (algorithm.kind == KeyAlgorithm::Kind::kOther) return Refuse(failure, kOtherAlgorithm);
  if (algorithm.kind == KeyAlgorithm::Kind::kRsa) return read_rsa(contents, failure);
  const Curve curve(algorithm.curve);
  return curve.IsKnown() ? read_ec(contents, curve, failure) : Refuse(failure, kOtherCurve);
}

}  // namespace

PkeyPointer ImportPrivateKey(Slice der, ImportFailure* failure) {
  const CleanErrorQueue clean;
  DerReader outer(der);
  DerReader fields = outer.Enter(DerTag::kSequence);
  const int version = fields.ReadSmall();
  const KeyAlgorithm algorithm = ReadAlgorithm(fields.Enter(DerTag::kSequence));
  const Slice contents = fields.Read(DerTag::kOctetString);
  if (fields.NextIs(DerTag::kContext0)) fields.Read(DerTag::kContext0);
  if (version == kNewestPrivateKeyInfo && fields.NextIs(DerTag::kImplicitContext1)) fields.Read(DerTag::kImplicitContext1);
  const bool sound = version >= 0 && version <= kNewestPrivateKeyInfo && fields.AtEnd() && outer.AtEnd();
  if (!sound) return Refuse(failure, kMalformed);
  return ReadContents(algorithm, contents, ReadRsaPrivate, ReadEcPrivate, failure);
}

PkeyPointer ImportPublicKey(Slice der, ImportFailure* failure) {
  const CleanErrorQueue clean;
  DerReader outer(der);
  DerReader fields = outer.Enter(DerTag::kSequence);
  const KeyAlgorithm algorithm = ReadAlgorithm(fields.Enter(DerTag::kSequence));
  const Slice contents = fields.ReadBits();
  if (!fields.AtEnd() || !outer.AtEnd()) return Refuse(failure, kMalformed);
  return ReadContents(algorithm, contents, ReadRsaPublic, ReadEcPublic, failure);
}

}  // namespace keyslot
