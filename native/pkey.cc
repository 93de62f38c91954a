#include "pkey.h"

#include "addon.h"
#include "arguments.h"
#include "pkey-import.h"

namespace keyslot {

namespace {

// Marks objects that really wrap a Pkey; a changed prototype can't forge it.
constexpr napi_type_tag kPkeyTag = {0x6b65'7973'6c6f'7400, 0x706b'6579'0000'0001};

/** The native half of NativeKey: new Pkey(isPrivate, der). */
class Pkey : public Napi::ObjectWrap<Pkey> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Pkey",
                       {InstanceAccessor<&Pkey::Type>("type"), InstanceAccessor<&Pkey::Bits>("bits"),
                        InstanceMethod<&Pkey::Dispose>("dispose")});
  }

  explicit Pkey(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Pkey>(info) {
    info.This().As<Napi::Object>().TypeTag(&kPkeyTag);
    Bytes der;
    if (!ReadBytes(info, 1, &der)) return;
    ImportFailure failure;
    key_ = IsTrue(info, 0) ? ImportPrivateKey({der.data, der.size}, &failure) : ImportPublicKey({der.data, der.size}, &failure);
    if (key_ == nullptr) {
      Throw(info.Env(), failure.code, failure.message, "der");
      return;
    }
    is_rsa_ = EVP_PKEY_is_a(key_.get(), "RSA") == 1;
    bits_ = EVP_PKEY_get_bits(key_.get());
  }

  PkeyPointer Share(Napi::Env env) const {
    if (key_ == nullptr) {
      Throw(env, "INVALID_OPERATION", "the key was disposed");
      return nullptr;
    }
    EVP_PKEY_up_ref(key_.get());
    return PkeyPointer(key_.get());
  }

 private:
  Napi::Value Type(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), is_rsa_ ? "rsa" : "ec"); }

  Napi::Value Bits(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), bits_); }

  void Dispose(const Napi::CallbackInfo&) { key_.reset(); }

  PkeyPointer key_;
  bool is_rsa_ = false;
  int bits_ = 0;
};

}  // namespace

PkeyPointer SharePkey(const Napi::CallbackInfo& info, size_t index) {
  if (!info[index].IsObject() || !info[index].As<Napi::Object>().CheckTypeTag(&kPkeyTag)) {
    Napi::TypeError::New(info.Env(), "argument " + std::to_string(index) + " of the native call must be a Pkey").ThrowAsJavaScriptException();
    return nullptr;
  }
  // Null where this thread was terminated just now.
  const Pkey* pkey = Pkey::Unwrap(info[index].As<Napi::Object>());
  return pkey == nullptr ? nullptr : pkey->Share(info.Env());
}

void ExportPkey(Napi::Env env, Napi::Object exports) { exports.Set("Pkey", Pkey::Define(env)); }

}  // namespace keyslot
