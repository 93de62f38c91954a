#include "arguments.h"

namespace keyslot {

namespace {

bool Refuse(const Napi::CallbackInfo& info, size_t index, const char* wanted) {
  std::string message = "argument " + std::to_string(index) + " of the native call must be " + wanted;
  Napi::TypeError::New(info.Env(), message).ThrowAsJavaScriptException();
  return false;
}

}  // namespace

bool IsBytes(const Napi::Value& value, Bytes* bytes) {
  if (!value.IsTypedArray()) return false;
  napi_typedarray_type type;
  void* data = nullptr;
  size_t length = 0;
  if (napi_get_typedarray_info(value.Env(), value, &type, &length, &data, nullptr, nullptr) != napi_ok) return false;
  if (type != napi_uint8_array) return false;
  bytes->data = static_cast<uint8_t*>(data);
  bytes->size = length;
  return true;
}

bool ReadBytes(const Napi::CallbackInfo& info, size_t index, Bytes* bytes) {
  return IsBytes(info[index], bytes) || Refuse(info, index, "a Uint8Array");
}

bool ReadInteger(const Napi::CallbackInfo& info, size_t index, int32_t* value) {
  return napi_get_value_int32(info.Env(), info[index], value) == napi_ok || Refuse(info, index, "an integer");
}

bool ReadNumber(const Napi::CallbackInfo& info, size_t index, double* value) {
  return napi_get_value_double(info.Env(), info[index], value) == napi_ok || Refuse(info, index, "a number");
}

bool IsTrue(const Napi::CallbackInfo& info, size_t index) {
  // Value::ToBoolean fails, and leaves a value without an environment, in a thread that is being terminated.
  bool value = false;
  return napi_get_value_bool(info.Env(), info[index], &value) == napi_ok && value;
}

bool ReadString(const Napi::CallbackInfo& info, size_t index, std::string* value) {
  if (!info[index].IsString()) return Refuse(info, index, "a string");
  *value = info[index].As<Napi::String>().Utf8Value();
  return true;
}

}  // namespace keyslot
