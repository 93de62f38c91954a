#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "addon.h"
#include "arguments.h"

#ifndef SO_PEERGROUPS
#define SO_PEERGROUPS 59
#endif
#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

namespace keyslot {

namespace {

constexpr int kStartTimeField = 22;

/** The peer's supplementary groups; the buffer grows as long as the kernel has more. */
bool ReadGroups(int descriptor, std::vector<gid_t>* groups) {
  socklen_t length = 64 * sizeof(gid_t);
  for (;;) {
    groups->resize(length / sizeof(gid_t));
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups->data(), &length) == 0) break;
    if (errno != ERANGE) return false;
  }
  groups->resize(length / sizeof(gid_t));
  return true;
}

/** Clock ticks since boot at which the process began (field 22); 0 when it can't be seen. */
double ReadStartTime(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char line[4096];
  const ssize_t count = read(file, line, sizeof(line) - 1);
  close(file);
  if (count <= 0) return 0;
  const std::string text(line, static_cast<size_t>(count));
  // The name of the program is field 2 and may hold spaces and parentheses; the last one closes it.
  size_t at = text.rfind(')');
  for (int field = 2; at != std::string::npos && field < kStartTimeField; field++) at = text.find(' ', at + 1);
  return at == std::string::npos ? 0 : static_cast<double>(std::strtoull(text.c_str() + at + 1, nullptr, 10));
}

/** Whether the peer itself has ended, so that its number may by now be another process's. Kernels before 6.5 can't tell: false. */
bool HasEnded(int descriptor) {
  int handle = -1;
  socklen_t length = sizeof(handle);
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERPIDFD, &handle, &length) != 0) return errno == ESRCH;
  pollfd entry = {handle, POLLIN, 0};
  const bool ended = poll(&entry, 1, 0) > 0;
  close(handle);
  return ended;
}

/** peerCredentials(descriptor) */
Napi::Value PeerCredentials(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  int32_t descriptor = -1;
  if (!ReadInteger(info, 0, &descriptor)) return env.Undefined();
  ucred peer = {0, 0, 0};
  socklen_t length = sizeof(peer);
  std::vector<gid_t> groups;
  // A socket without a known peer (TCP, or not connected) answers with uid -1; that it has no groups gives it away.
  if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0 || !ReadGroups(descriptor, &groups)) {
    return Throw(env, "INVALID_ARGUMENT", "the descriptor is no connected Unix socket", "descriptor");
  }
  // In this order: a start time read while the peer lived is the peer's.
  double start_time = peer.pid > 0 ? ReadStartTime(peer.pid) : 0;
  if (start_time > 0 && HasEnded(descriptor)) start_time = 0;

  Napi::Array list = Napi::Array::New(env, groups.size());
  for (uint32_t i = 0; i < groups.size(); i++) list.Set(i, Napi::Number::New(env, groups[i]));
  Napi::Object result = Napi::Object::New(env);
  result.Set("pid", Napi::Number::New(env, peer.pid));
  result.Set("uid", Napi::Number::New(env, peer.uid));
  result.Set("gid", Napi::Number::New(env, peer.gid));
  result.Set("groups", list);
  result.Set("startTime", Napi::Number::New(env, start_time));
  return result;
}

}  // namespace

void ExportPeer(Napi::Env env, Napi::Object exports) {
  exports.Set("peerCredentials", Napi::Function::New<PeerCredentials>(env, "peerCredentials"));
}

}  // namespace keyslot
