#include <openssl/core_names.h>
#include <openssl/params.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <climits>
#include <string>

#include "addon.h"
#include "arguments.h"
#include "bytes-job.h"
#include "openssl.h"
#include "pkey.h"

namespace keyslot {

namespace {

using AsymmetricCipher = std::unique_ptr<EVP_ASYM_CIPHER, OpensslFree<EVP_ASYM_CIPHER_free>>;

// OSSL_ASYM_CIPHER_PARAM_IMPLICIT_REJECTION, which the headers have since OpenSSL 3.2.
constexpr char kImplicitRejection[] = "implicit-rejection";

struct Padding {
  std::string name;  // oaep, pkcs1
  std::string hash;  // oaep
  std::string mgf_hash;  // oaep
  std::string label;  // oaep; bytes
};

/** padding, hash, mgfHash, label from argument `index` on. */
bool ReadPadding(const Napi::CallbackInfo& info, size_t index, Padding* padding) {
  Bytes label;
  if (!ReadString(info, index, &padding->name) || !ReadString(info, index + 1, &padding->hash)) return false;
  if (!ReadString(info, index + 2, &padding->mgf_hash) || !ReadBytes(info, index + 3, &label)) return false;
  padding->label.assign(reinterpret_cast<const char*>(label.data), label.size);
  return true;
}

bool SetLabel(EVP_PKEY_CTX* context, const std::string& label) {
  if (label.empty()) return true;
  if (label.size() > INT_MAX) return false;
  void* copy = OPENSSL_memdup(label.data(), label.size());
  if (copy == nullptr) return false;
  if (EVP_PKEY_CTX_set0_rsa_oaep_label(context, copy, static_cast<int>(label.size())) > 0) return true;
  OPENSSL_free(copy);
  return false;
}

bool SetPadding(EVP_PKEY_CTX* context, const Padding& padding) {
  if (padding.name == "pkcs1") return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) > 0;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) > 0 &&
         EVP_PKEY_CTX_set_rsa_oaep_md_name(context, padding.hash.c_str(), nullptr) > 0 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, padding.mgf_hash.c_str(), nullptr) > 0 && SetLabel(context, padding.label);
}

/** Default since OpenSSL 3.2, but a configuration file can't be trusted with it. Fails where there is none. */
bool SetImplicitRejection(EVP_PKEY_CTX* context) {
  unsigned int on = 1;
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_uint(kImplicitRejection, &on), OSSL_PARAM_construct_end()};
  const OSSL_PARAM* settable = EVP_PKEY_CTX_settable_params(context);
  if (settable == nullptr || OSSL_PARAM_locate_const(settable, kImplicitRejection) == nullptr) return false;
  return EVP_PKEY_CTX_set_params(context, parameters) > 0;
}

/** A job on data of the caller, which it copies and wipes. */
class CipherJob : public BytesJob {
 public:
  CipherJob(PkeyPointer key, const Bytes& data, Padding padding)
      : key_(std::move(key)), data_(data.size), padding_(std::move(padding)) {
    if (data_.data() != nullptr) std::copy(data.data, data.data + data.size, data_.data());
    copied_ = data_.size() == data.size;
  }

 protected:
  using Initialize = int (*)(EVP_PKEY_CTX*);
  using Transform = int (*)(EVP_PKEY_CTX*, unsigned char* out, size_t* out_size, const unsigned char* in, size_t in_size);

  PkeyContext MakeContext(Initialize initialize) const {
    PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    if (!copied_ || context == nullptr || initialize(context.get()) <= 0 || !SetPadding(context.get(), padding_)) return nullptr;
    return context;
  }

  /** A result is never longer than the modulus. */
  bool Apply(EVP_PKEY_CTX* context, Transform transform, WipedBytes* result) const {
    // OpenSSL takes null for an empty input as a missing one.
    static constexpr uint8_t kNothing = 0;
    WipedBytes output(ModulusSize());
    size_t size = output.size();
    if (output.data() == nullptr) return false;
    if (transform(context, output.data(), &size, data_.size() == 0 ? &kNothing : data_.data(), data_.size()) <= 0) return false;
    output.Shorten(size);
    *result = std::move(output);
    return true;
  }

  size_t ModulusSize() const { return static_cast<size_t>(EVP_PKEY_get_size(key_.get())); }
  size_t DataSize() const { return data_.size(); }
  bool IsPkcs1() const { return padding_.name == "pkcs1"; }

 private:
  const PkeyPointer key_;
  WipedBytes data_;
  const Padding padding_;
  bool copied_ = false;
};

class EncryptJob : public CipherJob {
 public:
  using CipherJob::CipherJob;

  bool Run(WipedBytes* result) override {
    const PkeyContext context = MakeContext(EVP_PKEY_encrypt_init);
    return context != nullptr && Apply(context.get(), EVP_PKEY_encrypt, result);
  }

  const char* Failure() const override { return "the data could not be encrypted"; }
};

class DecryptJob : public CipherJob {
 public:
  using CipherJob::CipherJob;

  bool Run(WipedBytes* result) override {
    // RFC 8017 7.1.2 and 7.2.2; OpenSSL lets shorter ones pass.
    if (DataSize() != ModulusSize()) return false;
    const PkeyContext context = MakeContext(EVP_PKEY_decrypt_init);
    if (context == nullptr || (IsPkcs1() && !SetImplicitRejection(context.get()))) return false;
    return Apply(context.get(), EVP_PKEY_decrypt, result);
  }

  const char* Failure() const override { return "the data could not be decrypted"; }
};

/** Null with an exception pending where an argument is wrong. */
template <typename Job>
std::unique_ptr<BytesJob> ReadJob(const Napi::CallbackInfo& info) {
  Bytes data;
  Padding padding;
  if (!ReadBytes(info, 1, &data) || !ReadPadding(info, 2, &padding)) return nullptr;
  PkeyPointer key = SharePkey(info, 0);
  if (key == nullptr) return nullptr;
  return std::make_unique<Job>(std::move(key), data, std::move(padding));
}

/** pkeyEncrypt(key, data, padding, hash, mgfHash, label) and pkeyDecrypt(…): the result. */
template <typename Job>
Napi::Value Run(const Napi::CallbackInfo& info) {
  std::unique_ptr<BytesJob> job = ReadJob<Job>(info);
  return job == nullptr ? info.Env().Undefined() : RunJob(info.Env(), std::move(job));
}

/** pkeyDecryptAsync(key, data, padding, hash, mgfHash, label): a promise of the result. */
Napi::Value DecryptAsync(const Napi::CallbackInfo& info) {
  std::unique_ptr<BytesJob> job = ReadJob<DecryptJob>(info);
  return job == nullptr ? info.Env().Undefined() : QueueJob(info.Env(), std::move(job));
}

/** hasImplicitRejection(): asked of the cipher and not of the version: distributions carry it back, and a FIPS module may be older. */
Napi::Value HasImplicitRejection(const Napi::CallbackInfo& info) {
  const CleanErrorQueue clean;
  const AsymmetricCipher cipher(EVP_ASYM_CIPHER_fetch(nullptr, "RSA", nullptr));
  const OSSL_PARAM* settable = cipher == nullptr ? nullptr : EVP_ASYM_CIPHER_settable_ctx_params(cipher.get());
  const bool has = settable != nullptr && OSSL_PARAM_locate_const(settable, kImplicitRejection) != nullptr;
  return Napi::Boolean::New(info.Env(), has);
}

}  // namespace

void ExportPkeyEncryption(Napi::Env env, Napi::Object exports) {
  exports.Set("pkeyEncrypt", Napi::Function::New<Run<EncryptJob>>(env, "pkeyEncrypt"));
  exports.Set("pkeyDecrypt", Napi::Function::New<Run<DecryptJob>>(env, "pkeyDecrypt"));
  exports.Set("pkeyDecryptAsync", Napi::Function::New<DecryptAsync>(env, "pkeyDecryptAsync"));
  exports.Set("hasImplicitRejection", Napi::Function::New<HasImplicitRejection>(env, "hasImplicitRejection"));
}

}  // namespace keyslot
