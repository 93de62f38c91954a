#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>

#include "addon.h"
#include "arguments.h"

namespace keyslot {

namespace {

Napi::Value Refused(Napi::Env env, const char* what) {
  return Throw(env, "OPERATION_FAILED", std::string(what) + ": " + SystemMessage(errno));
}

/** hardenProcess(dumpable) */
Napi::Value HardenProcess(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const bool dumpable = IsTrue(info, 0);
  const rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) return Refused(env, "core dumps can't be switched off");
  // The limit alone does not stop a core handler behind a pipe; this does, and it closes /proc/PID/mem to others of the same user.
  if (!dumpable && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return Refused(env, "the process can't be made undumpable");
  return env.Undefined();
}

Napi::Value IsDumpable(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0);
}

/** dieWithParent(expectedParent) */
Napi::Value DieWithParent(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  int32_t expected = 0;
  if (!ReadInteger(info, 0, &expected)) return env.Undefined();
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return Refused(env, "the parent's death can't be followed");
  // Asked after the request took effect: a parent that died before it left no signal.
  if (getppid() != expected) _exit(1);
  return env.Undefined();
}

/** exitNow(status) */
Napi::Value ExitNow(const Napi::CallbackInfo& info) {
  int32_t status = 0;
  if (!ReadInteger(info, 0, &status)) return info.Env().Undefined();
  _exit(status);
}

}  // namespace

void ExportProcess(Napi::Env env, Napi::Object exports) {
  exports.Set("hardenProcess", Napi::Function::New<HardenProcess>(env, "hardenProcess"));
  exports.Set("isDumpable", Napi::Function::New<IsDumpable>(env, "isDumpable"));
  exports.Set("dieWithParent", Napi::Function::New<DieWithParent>(env, "dieWithParent"));
  exports.Set("exitNow", Napi::Function::New<ExitNow>(env, "exitNow"));
}

}  // namespace keyslot
