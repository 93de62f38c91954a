#include <dlfcn.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "addon.h"
#include "arguments.h"
#include "descriptor.h"
#include "locked-region.h"

namespace keyslot {

namespace {

// The few types of PKCS#11 v2.40 (OASIS, "PKCS #11 Cryptographic Token Interface Base Specification") that a login needs.
// On Unix they have the platform's ordinary alignment.
using CkUlong = unsigned long;
using CkLogin = CkUlong (*)(CkUlong session, CkUlong user_type, unsigned char* pin, CkUlong pin_length);

struct CkVersion {
  unsigned char major;
  unsigned char minor;
};

struct CkFunctionList {
  CkVersion version;
  void (*before_login[18])();  // C_Initialize to C_SetOperationState
  CkLogin login;
};

using CkGetFunctionList = CkUlong (*)(CkFunctionList** list);

constexpr CkUlong kOk = 0;
constexpr size_t kLongestPin = 256;

struct CloseModule {
  void operator()(void* handle) const { dlclose(handle); }
};

std::string LoaderMessage() {
  const char* message = dlerror();
  return message == nullptr ? "unknown error of the dynamic loader" : message;
}

/** Reads a PIN from the start of a file, or what a pipe still holds. -1 leaves errno. One byte more than allowed shows a longer one. */
ssize_t ReadPin(int descriptor, LockedRegion* pin) {
  if (lseek(descriptor, 0, SEEK_SET) < 0 && errno != ESPIPE) return -1;
  const ssize_t count = ReadToEnd(descriptor, pin->data(), pin->size());
  const bool newline = count > 0 && pin->data()[count - 1] == '\n';
  return newline ? count - 1 : count;
}

/** pkcs11Login(modulePath, session, userType, pinDescriptor): the CK_RV of C_Login. */
Napi::Value Login(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  std::string path;
  Bytes session_bytes;
  double user_type = 0;
  int32_t descriptor = -1;
  if (!ReadString(info, 0, &path) || !ReadBytes(info, 1, &session_bytes) || !ReadNumber(info, 2, &user_type) ||
      !ReadInteger(info, 3, &descriptor)) {
    return env.Undefined();
  }
  CkUlong session = 0;
  if (session_bytes.size != sizeof(session)) return Throw(env, "INVALID_ARGUMENT", "a session handle has 8 bytes", "session");
  std::memcpy(&session, session_bytes.data, sizeof(session));

  std::unique_ptr<void, CloseModule> module(dlopen(path.c_str(), RTLD_NOW | RTLD_NOLOAD));
  if (module == nullptr) return Throw(env, "PROVIDER_NOT_AVAILABLE", "the PKCS#11 module is not loaded in this process", "modulePath");
  auto get_list = reinterpret_cast<CkGetFunctionList>(dlsym(module.get(), "C_GetFunctionList"));
  CkFunctionList* functions = nullptr;
  if (get_list == nullptr || get_list(&functions) != kOk || functions == nullptr || functions->login == nullptr) {
    return Throw(env, "PROVIDER_NOT_AVAILABLE", "the file is no PKCS#11 module: it gives no list of functions", "modulePath");
  }

  AllocationFailure failure;
  auto pin = LockedRegion::Allocate(kLongestPin + 2, true, &failure);
  if (pin == nullptr) return Throw(env, failure.code, failure.message);
  const ssize_t length = ReadPin(descriptor, pin.get());
  if (length < 0) return Throw(env, "INVALID_ARGUMENT", "the PIN can't be read: " + SystemMessage(errno), "pinDescriptor");
  if (length == 0) return Throw(env, "INVALID_ARGUMENT", "the descriptor holds no PIN", "pinDescriptor");
  if (static_cast<size_t>(length) > kLongestPin) {
    return Throw(env, "INVALID_ARGUMENT", "a PIN has at most 256 bytes", "pinDescriptor");
  }
  const CkUlong result = functions->login(session, static_cast<CkUlong>(user_type), pin->data(), static_cast<CkUlong>(length));
  pin->Wipe();
  return Napi::Number::New(env, static_cast<double>(result));
}

/** preloadPkcs11Module(modulePath) */
Napi::Value Preload(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  std::string path;
  if (!ReadString(info, 0, &path)) return env.Undefined();
  int flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;
// A sanitizer's run time refuses to be shadowed; musl has no such flag.
#if defined(RTLD_DEEPBIND) && !defined(__SANITIZE_ADDRESS__)
  flags |= RTLD_DEEPBIND;
#endif
  std::unique_ptr<void, CloseModule> module(dlopen(path.c_str(), flags));
  if (module == nullptr) return Throw(env, "PROVIDER_NOT_AVAILABLE", "the PKCS#11 module can't be loaded: " + LoaderMessage(), "modulePath");
  return env.Undefined();
}

}  // namespace

void ExportPkcs11Login(Napi::Env env, Napi::Object exports) {
  exports.Set("pkcs11Login", Napi::Function::New<Login>(env, "pkcs11Login"));
  exports.Set("preloadPkcs11Module", Napi::Function::New<Preload>(env, "preloadPkcs11Module"));
}

}  // namespace keyslot
