#include <openssl/ecdsa.h>
#include <openssl/rsa.h>

#include <climits>
#include <cstring>
#include <string>
#include <vector>

#include "addon.h"
#include "arguments.h"
#include "bytes-job.h"
#include "openssl.h"
#include "pkey.h"

namespace keyslot {

namespace {

using EcdsaSignature = std::unique_ptr<ECDSA_SIG, OpensslFree<ECDSA_SIG_free>>;

/** How a ready digest is signed. */
struct Scheme {
  std::string name;  // p1363, der, pkcs1, pss
  std::string hash;  // pkcs1, pss
  std::string mgf_hash;  // pss
  int32_t salt_length = 0;  // pss
};

/** scheme, hash, mgfHash, saltLength from argument `index` on. */
bool ReadScheme(const Napi::CallbackInfo& info, size_t index, Scheme* scheme) {
  return ReadString(info, index, &scheme->name) && ReadString(info, index + 1, &scheme->hash) &&
         ReadString(info, index + 2, &scheme->mgf_hash) && ReadInteger(info, index + 3, &scheme->salt_length);
}

bool SetRsaScheme(EVP_PKEY_CTX* context, const Scheme& scheme) {
  const bool pss = scheme.name == "pss";
  const Digest hash(EVP_MD_fetch(nullptr, scheme.hash.c_str(), nullptr));
  if (hash == nullptr) return false;
  if (EVP_PKEY_CTX_set_rsa_padding(context, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING) <= 0) return false;
  if (EVP_PKEY_CTX_set_signature_md(context, hash.get()) <= 0) return false;
  if (!pss) return true;
  return EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, scheme.mgf_hash.c_str(), nullptr) > 0 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, scheme.salt_length) > 0;
}

bool IsEcdsa(const Scheme& scheme) { return scheme.name == "p1363" || scheme.name == "der"; }

/** A context of the key with the scheme set; null on failure. */
PkeyContext MakeContext(EVP_PKEY* key, const Scheme& scheme, int (*initialize)(EVP_PKEY_CTX*)) {
  PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (context == nullptr || initialize(context.get()) <= 0) return nullptr;
  if (!IsEcdsa(scheme) && !SetRsaScheme(context.get(), scheme)) return nullptr;
  return context;
}

/** The size of r and of s in P1363: the bytes of the curve's order. */
size_t HalfSize(const EVP_PKEY* key) { return static_cast<size_t>(EVP_PKEY_get_bits(key) + 7) / 8; }

/** ECDSA-Sig-Value (RFC 3279 2.2.3) of r and s; empty on failure. */
std::vector<uint8_t> DerOf(const ECDSA_SIG* signature) {
  const int size = i2d_ECDSA_SIG(signature, nullptr);
  if (size <= 0) return {};
  std::vector<uint8_t> der(static_cast<size_t>(size));
  uint8_t* next = der.data();
  if (i2d_ECDSA_SIG(signature, &next) != size) return {};
  return der;
}

bool DerToP1363(const WipedBytes& der, size_t half, WipedBytes* result) {
  const uint8_t* next = der.data();
  const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(der.size())));
  WipedBytes joined(2 * half);
  if (signature == nullptr || joined.data() == nullptr) return false;
  const int size = static_cast<int>(half);
  if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), joined.data(), size) < 0) return false;
  if (BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), joined.data() + half, size) < 0) return false;
  *result = std::move(joined);
  return true;
}

/** Empty where the signature can't be one. */
std::vector<uint8_t> P1363ToDer(const Bytes& joined, size_t half) {
  if (joined.size != 2 * half) return {};
  const EcdsaSignature signature(ECDSA_SIG_new());
  BigNumber r(BN_bin2bn(joined.data, static_cast<int>(half), nullptr));
  BigNumber s(BN_bin2bn(joined.data + half, static_cast<int>(half), nullptr));
  if (signature == nullptr || r == nullptr || s == nullptr) return {};
  if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
  r.release();
  s.release();
  return DerOf(signature.get());
}

/** Whether this is the DER of two numbers and not only some BER of them. */
bool IsStrictDer(const Bytes& bytes) {
  if (bytes.size == 0 || bytes.size > INT_MAX) return false;
  const uint8_t* next = bytes.data;
  const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &next, static_cast<long>(bytes.size)));
  if (signature == nullptr) return false;
  const std::vector<uint8_t> again = DerOf(signature.get());
  return again.size() == bytes.size && std::memcmp(again.data(), bytes.data, bytes.size) == 0;
}

class SignJob : public BytesJob {
 public:
  SignJob(PkeyPointer key, const Bytes& digest, Scheme scheme)
      : key_(std::move(key)), digest_(digest.data, digest.data + digest.size), scheme_(std::move(scheme)) {}

  bool Run(WipedBytes* result) override {
    const PkeyContext context = MakeContext(key_.get(), scheme_, EVP_PKEY_sign_init);
    size_t size = 0;
    if (context == nullptr || EVP_PKEY_sign(context.get(), nullptr, &size, digest_.data(), digest_.size()) <= 0) return false;
    WipedBytes signature(size);
    if (signature.data() == nullptr) return false;
    if (EVP_PKEY_sign(context.get(), signature.data(), &size, digest_.data(), digest_.size()) <= 0) return false;
    signature.Shorten(size);
    if (scheme_.name == "p1363") return DerToP1363(signature, HalfSize(key_.get()), result);
    *result = std::move(signature);
    return true;
  }

  const char* Failure() const override { return "the signature could not be made"; }

 private:
  const PkeyPointer key_;
  const std::vector<uint8_t> digest_;
  const Scheme scheme_;
};

/** Null with an exception pending where an argument is wrong. */
std::unique_ptr<BytesJob> ReadSignJob(const Napi::CallbackInfo& info) {
  Bytes digest;
  Scheme scheme;
  if (!ReadBytes(info, 1, &digest) || !ReadScheme(info, 2, &scheme)) return nullptr;
  PkeyPointer key = SharePkey(info, 0);
  if (key == nullptr) return nullptr;
  return std::make_unique<SignJob>(std::move(key), digest, std::move(scheme));
}

/** pkeySign(key, digest, scheme, hash, mgfHash, saltLength): the signature. */
Napi::Value Sign(const Napi::CallbackInfo& info) {
  std::unique_ptr<BytesJob> job = ReadSignJob(info);
  return job == nullptr ? info.Env().Undefined() : RunJob(info.Env(), std::move(job));
}

/** pkeySignAsync(key, digest, scheme, hash, mgfHash, saltLength): a promise of the signature. */
Napi::Value SignAsync(const Napi::CallbackInfo& info) {
  std::unique_ptr<BytesJob> job = ReadSignJob(info);
  return job == nullptr ? info.Env().Undefined() : QueueJob(info.Env(), std::move(job));
}

bool IsSignature(EVP_PKEY* key, const Bytes& digest, const Bytes& signature, const Scheme& scheme) {
  const CleanErrorQueue clean;
  if (scheme.name == "der" && !IsStrictDer(signature)) return false;
  std::vector<uint8_t> der;
  Bytes wanted = signature;
  if (scheme.name == "p1363") {
    der = P1363ToDer(signature, HalfSize(key));
    wanted = {der.data(), der.size()};
  }
  if (wanted.size == 0) return false;
  const PkeyContext context = MakeContext(key, scheme, EVP_PKEY_verify_init);
  return context != nullptr && EVP_PKEY_verify(context.get(), wanted.data, wanted.size, digest.data, digest.size) == 1;
}

/** pkeyVerify(key, digest, signature, scheme, hash, mgfHash, saltLength): whether the signature is right. */
Napi::Value Verify(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  Bytes digest;
  Bytes signature;
  Scheme scheme;
  if (!ReadBytes(info, 1, &digest) || !ReadBytes(info, 2, &signature) || !ReadScheme(info, 3, &scheme)) return env.Undefined();
  const PkeyPointer key = SharePkey(info, 0);
  if (key == nullptr) return env.Undefined();
  return Napi::Boolean::New(env, IsSignature(key.get(), digest, signature, scheme));
}

}  // namespace

void ExportPkeySignature(Napi::Env env, Napi::Object exports) {
  exports.Set("pkeySign", Napi::Function::New<Sign>(env, "pkeySign"));
  exports.Set("pkeySignAsync", Napi::Function::New<SignAsync>(env, "pkeySignAsync"));
  exports.Set("pkeyVerify", Napi::Function::New<Verify>(env, "pkeyVerify"));
}

}  // namespace keyslot
