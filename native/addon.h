#pragma once

#include <napi.h>

#include <string>

namespace keyslot {

/** What one environment (the main thread or a worker) owns. The addon has no other state, so nothing is shared between environments. */
struct Addon {
  Napi::FunctionReference make_error;
  Napi::FunctionReference secure_memory;
};

/** A KeyslotError to throw or to reject with; null where JavaScript can't run any more. `field` names the argument at fault, or is null. */
napi_value MakeError(napi_env env, const char* code, const std::string& message, const char* field = nullptr);

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
void ExportMac(Napi::Env env, Napi::Object exports);
void ExportPeer(Napi::Env env, Napi::Object exports);
void ExportPkcs11Login(Napi::Env env, Napi::Object exports);
void ExportPkey(Napi::Env env, Napi::Object exports);
void ExportPkeyEncryption(Napi::Env env, Napi::Object exports);
void ExportPkeySignature(Napi::Env env, Napi::Object exports);
void ExportProcess(Napi::Env env, Napi::Object exports);
void ExportReadable(Napi::Env env, Napi::Object exports);
void ExportRsaConsistency(Napi::Env env, Napi::Object exports);
void ExportSecureMemory(Napi::Env env, Napi::Object exports);
void ExportVault(Napi::Env env, Napi::Object exports);

}  // namespace keyslot
