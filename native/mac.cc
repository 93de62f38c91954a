#include <openssl/core_names.h>
#include <openssl/params.h>

#include <array>
#include <string>

#include "addon.h"
#include "arguments.h"
#include "openssl.h"

namespace keyslot {

namespace {

using MacAlgorithm = std::unique_ptr<EVP_MAC, OpensslFree<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, OpensslFree<EVP_MAC_CTX_free>>;

struct MacOptions {
  std::string algorithm;  // CMAC, GMAC, KMAC-128, KMAC-256
  Bytes key;
  std::string cipher;  // CMAC, GMAC; else empty
  Bytes extra;  // GMAC: iv; KMAC: customization, may be empty
  int32_t output_length = 0;  // KMAC
  bool xof = false;  // KMAC
};

/** Key, iv and customization are copied into the context. Null on failure. */
MacContext StartMac(const MacOptions& options) {
  const MacAlgorithm algorithm(EVP_MAC_fetch(nullptr, options.algorithm.c_str(), nullptr));
  if (algorithm == nullptr) return nullptr;
  size_t output_length = static_cast<size_t>(options.output_length);
  int xof = options.xof ? 1 : 0;
  std::array<OSSL_PARAM, 4> parameters = {};
  size_t count = 0;
  if (!options.cipher.empty()) {
    parameters[count++] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, const_cast<char*>(options.cipher.c_str()), 0);
  } else {
    parameters[count++] = OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &output_length);
    parameters[count++] = OSSL_PARAM_construct_int(OSSL_MAC_PARAM_XOF, &xof);
  }
  if (options.extra.size > 0) {
    const char* name = options.cipher.empty() ? OSSL_MAC_PARAM_CUSTOM : OSSL_MAC_PARAM_IV;
    parameters[count++] = OSSL_PARAM_construct_octet_string(name, options.extra.data, options.extra.size);
  }
  parameters[count] = OSSL_PARAM_construct_end();
  MacContext context(EVP_MAC_CTX_new(algorithm.get()));
  if (context == nullptr || EVP_MAC_init(context.get(), options.key.data, options.key.size, parameters.data()) != 1) return nullptr;
  return context;
}

/** Overwrites what calls just made have left on the stack: OpenSSL leaves the padded key of KMAC there. */
[[gnu::noinline]] void WipeStackBelow() {
  uint8_t dead[4096];
  OPENSSL_cleanse(dead, sizeof(dead));
}

/** The native half of NativeMac: new Mac(algorithm, key, cipher, extra, outputLength, xof). */
class Mac : public Napi::ObjectWrap<Mac> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Mac",
                       {InstanceMethod<&Mac::Update>("update"), InstanceMethod<&Mac::Digest>("digest"),
                        InstanceMethod<&Mac::Dispose>("dispose")});
  }

  explicit Mac(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Mac>(info) {
    MacOptions options;
    if (!ReadString(info, 0, &options.algorithm) || !ReadBytes(info, 1, &options.key) || !ReadString(info, 2, &options.cipher)) return;
    if (!ReadBytes(info, 3, &options.extra) || !ReadInteger(info, 4, &options.output_length)) return;
    options.xof = IsTrue(info, 5);
    const CleanErrorQueue clean;
    context_ = StartMac(options);
    WipeStackBelow();
    if (context_ == nullptr) Throw(info.Env(), "OPERATION_FAILED", "the MAC could not be started");
  }

 private:
  bool Usable(Napi::Env env) const {
    if (context_ == nullptr) Throw(env, "INVALID_OPERATION", "the MAC was finished or disposed");
    return context_ != nullptr;
  }

  Napi::Value Fail(Napi::Env env) {
    context_.reset();
    return Throw(env, "OPERATION_FAILED", "the MAC could not be calculated");
  }

  /** update(bytes) */
  Napi::Value Update(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    Bytes bytes;
    if (!ReadBytes(info, 0, &bytes) || !Usable(env) || bytes.size == 0) return env.Undefined();
    const CleanErrorQueue clean;
    return EVP_MAC_update(context_.get(), bytes.data, bytes.size) == 1 ? env.Undefined() : Fail(env);
  }

  /** digest(): the MAC; the end of it. */
  Napi::Value Digest(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    if (!Usable(env)) return env.Undefined();
    const CleanErrorQueue clean;
    size_t size = EVP_MAC_CTX_get_mac_size(context_.get());
    Napi::Uint8Array result = Napi::Uint8Array::New(env, size);
    if (result.IsEmpty()) return env.Undefined();
    if (EVP_MAC_final(context_.get(), result.Data(), &size, size) != 1 || size != result.ByteLength()) return Fail(env);
    context_.reset();
    return result;
  }

  void Dispose(const Napi::CallbackInfo&) { context_.reset(); }

  MacContext context_;
};

}  // namespace

void ExportMac(Napi::Env env, Napi::Object exports) { exports.Set("Mac", Mac::Define(env)); }

}  // namespace keyslot
