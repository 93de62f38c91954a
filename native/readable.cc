#include <poll.h>

#include <cstdint>
#include <ctime>

#include "addon.h"
#include "arguments.h"

namespace keyslot {

namespace {

double NowMicroseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/** spinUntilReadable(descriptor, microseconds): whether something can be read, or the peer is gone, before the time is over. */
Napi::Value SpinUntilReadable(const Napi::CallbackInfo& info) {
  int32_t descriptor = -1;
  double microseconds = 0;
  if (!ReadInteger(info, 0, &descriptor) || !ReadNumber(info, 1, &microseconds)) return info.Env().Undefined();
  pollfd readable{descriptor, POLLIN, 0};
  const double until = NowMicroseconds() + microseconds;
  do {
    if (poll(&readable, 1, 0) > 0) return Napi::Boolean::New(info.Env(), true);
  } while (NowMicroseconds() < until);
  return Napi::Boolean::New(info.Env(), false);
}

}  // namespace

void ExportReadable(Napi::Env env, Napi::Object exports) {
  exports.Set("spinUntilReadable", Napi::Function::New<SpinUntilReadable>(env, "spinUntilReadable"));
}

}  // namespace keyslot
