#pragma once

#include <napi.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace keyslot {

/** Bytes that belong to JavaScript; good until the next call into JavaScript. */
struct Bytes {
  uint8_t* data = nullptr;
  size_t size = 0;
};

// src/native.ts checks arguments and words the errors. These only assert it: a wrong type throws a TypeError and gives false.
bool ReadBytes(const Napi::CallbackInfo& info, size_t index, Bytes* bytes);
bool ReadInteger(const Napi::CallbackInfo& info, size_t index, int32_t* value);
bool ReadNumber(const Napi::CallbackInfo& info, size_t index, double* value);
bool ReadString(const Napi::CallbackInfo& info, size_t index, std::string* value);
/** Whether it is `true`; nothing is thrown. */
bool IsTrue(const Napi::CallbackInfo& info, size_t index);
/** A SecureMemory too; one that was disposed is INVALID_OPERATION. In secure-memory.cc. */
bool ReadSecretBytes(const Napi::CallbackInfo& info, size_t index, Bytes* bytes);

/** Whether the value is a Uint8Array (or Buffer); nothing is thrown. */
bool IsBytes(const Napi::Value& value, Bytes* bytes);

}  // namespace keyslot
