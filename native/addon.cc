#include "addon.h"

#include <system_error>

namespace keyslot {

napi_value MakeError(napi_env env, const char* code, const std::string& message, const char* field) {
  Addon* addon = Napi::Env(env).GetInstanceData<Addon>();
  napi_value error = nullptr;
  napi_value arguments[3] = {};
  napi_create_string_utf8(env, code, NAPI_AUTO_LENGTH, &arguments[0]);
  napi_create_string_utf8(env, message.c_str(), message.size(), &arguments[1]);
  if (addon == nullptr || addon->make_error.IsEmpty()) {
    napi_create_error(env, nullptr, arguments[1], &error);
    return error;
  }
  napi_get_undefined(env, &arguments[2]);
  if (field != nullptr) napi_create_string_utf8(env, field, NAPI_AUTO_LENGTH, &arguments[2]);
  // Plain Node-API: node-addon-api ends the process where its thread is being terminated.
  napi_call_function(env, arguments[2], addon->make_error.Value(), 3, arguments, &error);
  return error;
}

Napi::Value Throw(Napi::Env env, const char* code, const std::string& message, const char* field) {
  const napi_value error = MakeError(env, code, message, field);
  if (error != nullptr) napi_throw(env, error);
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
  ExportMac(env, exports);
  ExportPeer(env, exports);
  ExportPkcs11Login(env, exports);
  ExportPkey(env, exports);
  ExportPkeyEncryption(env, exports);
  ExportPkeySignature(env, exports);
  ExportProcess(env, exports);
  ExportReadable(env, exports);
  ExportRsaConsistency(env, exports);
  ExportSecureMemory(env, exports);
  ExportVault(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(keyslot, Initialize)

}  // namespace keyslot
