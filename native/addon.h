#pragma once

#include <napi.h>

#include <string>

namespace keyslot {

/** What one environment (the main thread or a worker) owns. The addon has no other state, so nothing is shared between environments. */
struct Addon {
  Napi::FunctionReference make_error;
  Napi::FunctionReference secure_memory;
};

/**
 * Throws a KeyslotError in JavaScript. `field` names the argument at fault, or is null.
 * Returns undefined, so that a callback can `return Throw(...)`.
 */
Napi::Value Throw(Napi::Env env, const char* code, const std::string& message, const char* field = nullptr);

/** The system's own text for an errno value, without strerror's shared buffer. */
std::string SystemMessage(int error);

// One function per subject; each adds its functions and classes to the addon's exports.
void ExportChannel(Napi::Env env, Napi::Object exports);
void ExportFileLock(Napi::Env env, Napi::Object exports);
void ExportPeer(Napi::Env env, Napi::Object exports);
void ExportPkcs11Login(Napi::Env env, Napi::Object exports);
void ExportProcess(Napi::Env env, Napi::Object exports);
void ExportReadable(Napi::Env env, Napi::Object exports);
void ExportSecureMemory(Napi::Env env, Napi::Object exports);

}  // namespace keyslot
