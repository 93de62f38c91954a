#include <sys/file.h>

#include <cerrno>

#include "addon.h"
#include "arguments.h"

namespace keyslot {

namespace {

/** lockFile(descriptor): whether the exclusive lock is ours. */
Napi::Value LockFile(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  int32_t descriptor = -1;
  if (!ReadInteger(info, 0, &descriptor)) return env.Undefined();
  int result;
  do {
    result = flock(descriptor, LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return Napi::Boolean::New(env, true);
  if (errno == EWOULDBLOCK) return Napi::Boolean::New(env, false);
  return Throw(env, "INVALID_ARGUMENT", "the descriptor can't be locked: " + SystemMessage(errno), "descriptor");
}

}  // namespace

void ExportFileLock(Napi::Env env, Napi::Object exports) {
  exports.Set("lockFile", Napi::Function::New<LockFile>(env, "lockFile"));
}

}  // namespace keyslot
