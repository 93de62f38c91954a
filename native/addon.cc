#include "addon.h"

#include <system_error>

namespace keyslot {

Napi::Value Throw(Napi::Env env, const char* code, const std::string& message, const char* field) {
  Addon* addon = env.GetInstanceData<Addon>();
  if (addon == nullptr || addon->make_error.IsEmpty()) {
    Napi::Error::New(env, message).ThrowAsJavaScriptException();
    return env.Undefined();
  }
  Napi::Value field_name = field == nullptr ? env.Undefined() : Napi::String::New(env, field);
  Napi::Value error = addon->make_error.Call({Napi::String::New(env, code), Napi::String::New(env, message), field_name});
  if (!env.IsExceptionPending()) napi_throw(env, error);
  return env.Undefined();
}

std::string SystemMessage(int error) { return std::generic_category().message(error); }

namespace {

/** setErrorFactory((code, message, field) => Error): what `Throw` throws. */
void SetErrorFactory(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) {
    Napi::TypeError::New(info.Env(), "setErrorFactory wants a function").ThrowAsJavaScriptException();
    return;
  }
  info.Env().GetInstanceData<Addon>()->make_error = Napi::Persistent(info[0].As<Napi::Function>());
}

Napi::Object Initialize(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new Addon());
  exports.Set("setErrorFactory", Napi::Function::New<SetErrorFactory>(env, "setErrorFactory"));
  ExportChannel(env, exports);
  ExportFileLock(env, exports);
  ExportPeer(env, exports);
  ExportPkcs11Login(env, exports);
  ExportProcess(env, exports);
  ExportReadable(env, exports);
  ExportSecureMemory(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(keyslot, Initialize)

}  // namespace keyslot
