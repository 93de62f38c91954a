#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "addon.h"
#include "arguments.h"
#include "descriptor.h"

namespace keyslot {

namespace {

bool HasSeveralProcessors() {
  cpu_set_t allowed;
  // EINVAL: the machine has more processors than the set holds.
  return sched_getaffinity(0, sizeof(allowed), &allowed) != 0 || CPU_COUNT(&allowed) > 1;
}

/**
 * Decides whether to wait busily for a moment before sleeping: waking a sleeping process costs more than most answers take.
 * Where busy waiting keeps failing it is left out for 64 waits, then 128, up to 1024.
 */
class BusyWait {
 public:
  static constexpr int64_t kNanoseconds = 50'000;

  bool Wanted() {
    if (!possible_) return false;
    if (skip_ == 0) return true;
    skip_--;
    return false;
  }

  void Succeeded() {
    misses_ = 0;
    penalty_ = kFirstPenalty;
  }

  void Failed() {
    if (++misses_ < kTolerated) return;
    skip_ = penalty_;
    penalty_ = std::min(penalty_ * 2, kLastPenalty);
  }

 private:
  static constexpr int kTolerated = 3;
  static constexpr int kFirstPenalty = 64;
  static constexpr int kLastPenalty = 1024;
  const bool possible_ = HasSeveralProcessors();
  int misses_ = 0;
  int skip_ = 0;
  int penalty_ = kFirstPenalty;
};

/** The native half of BlockingChannel: new Channel(path, timeout) connects. */
class Channel : public Napi::ObjectWrap<Channel> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Channel",
                       {InstanceMethod<&Channel::Send>("send"), InstanceMethod<&Channel::Receive>("receive"),
                        InstanceMethod<&Channel::Close>("close"), InstanceAccessor<&Channel::Descriptor>("descriptor")});
  }

  explicit Channel(const Napi::CallbackInfo& info) : Napi::ObjectWrap<Channel>(info) {
    std::string path;
    double timeout = 0;
    if (!ReadString(info, 0, &path) || !ReadNumber(info, 1, &timeout)) return;
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) {
      Throw(info.Env(), "INVALID_ARGUMENT", "a socket's path has at most 107 bytes", "path");
      return;
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    Connect(info.Env(), path, address, Deadline(timeout));
  }

  ~Channel() override { CloseSocket(); }

 private:
  void Connect(Napi::Env env, const std::string& path, const sockaddr_un& address, const Deadline& deadline) {
    socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int error = socket_ < 0 ? errno : ConnectUntil(address, deadline);
    if (error == 0 && fcntl(socket_, F_SETFL, O_NONBLOCK) != 0) error = errno;
    if (error == 0) return;
    CloseSocket();
    if (error == EAGAIN) {
      Throw(env, "OPERATION_TIMED_OUT", "no connection to " + path + " before the deadline");
    } else {
      Throw(env, "CONNECTION_FAILED", "no connection to " + path + ": " + SystemMessage(error));
    }
  }

  /**
   * 0, or an errno value; EAGAIN when the deadline has passed. The socket still blocks here: a full backlog can't be polled,
   * but the kernel's own wait for room obeys SO_SNDTIMEO.
   */
  int ConnectUntil(const sockaddr_un& address, const Deadline& deadline) {
    for (;;) {
      timeval left = {0, 0};  // zero: no limit
      if (!deadline.Never()) {
        const int64_t microseconds = std::max<int64_t>(deadline.Remaining() / 1000, 1);
        left.tv_sec = static_cast<time_t>(microseconds / 1'000'000);
        left.tv_usec = static_cast<suseconds_t>(microseconds % 1'000'000);
      }
      if (setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &left, sizeof(left)) != 0) return errno;
      if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0) return 0;
      if (errno != EINTR && errno != EAGAIN) return errno;
      if (deadline.Passed()) return EAGAIN;
    }
  }

  /** send(data, timeout) */
  Napi::Value Send(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    Bytes data;
    double timeout = 0;
    if (!ReadBytes(info, 0, &data) || !ReadNumber(info, 1, &timeout) || !IsOpen(env)) return env.Undefined();
    const Deadline deadline(timeout);
    size_t sent = 0;
    while (sent < data.size) {
      const ssize_t count = send(socket_, data.data + sent, data.size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (count >= 0) {
        sent += static_cast<size_t>(count);
      } else if (errno == EAGAIN) {
        if (!Wait(env, POLLOUT, deadline)) return env.Undefined();
      } else if (errno != EINTR) {
        return Lost(env, errno);
      }
    }
    return env.Undefined();
  }

  /** receive(into, timeout): the number of bytes, 0 when the peer has closed. */
  Napi::Value Receive(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    Bytes into;
    double timeout = 0;
    if (!ReadBytes(info, 0, &into) || !ReadNumber(info, 1, &timeout) || !IsOpen(env)) return env.Undefined();
    const Deadline deadline(timeout);
    ssize_t count = TryReceive(into);
    if (count < 0 && errno == EAGAIN && busy_wait_.Wanted()) count = ReceiveBusily(into, deadline);
    while (count < 0) {
      if (errno == EAGAIN) {
        if (!Wait(env, POLLIN, deadline)) return env.Undefined();
      } else if (errno != EINTR) {
        return Lost(env, errno);
      }
      count = TryReceive(into);
    }
    return Napi::Number::New(env, static_cast<double>(count));
  }

  ssize_t TryReceive(const Bytes& into) const { return recv(socket_, into.data, into.size, MSG_DONTWAIT); }

  ssize_t ReceiveBusily(const Bytes& into, const Deadline& deadline) {
    const int64_t until = MonotonicNow() + std::min(BusyWait::kNanoseconds, deadline.Never() ? BusyWait::kNanoseconds : deadline.Remaining());
    do {
      const ssize_t count = TryReceive(into);
      if (count >= 0 || errno != EAGAIN) {
        busy_wait_.Succeeded();
        return count;
      }
    } while (MonotonicNow() < until);
    busy_wait_.Failed();
    errno = EAGAIN;
    return -1;
  }

  bool Wait(Napi::Env env, short events, const Deadline& deadline) const {
    const Waited waited = WaitFor(socket_, events, deadline);
    if (waited == Waited::kReady) return true;
    if (waited == Waited::kFailed) {
      Lost(env, errno);
    } else {
      Throw(env, "OPERATION_TIMED_OUT", "the peer did not answer before the deadline");
    }
    return false;
  }

  static Napi::Value Lost(Napi::Env env, int error) {
    return Throw(env, "CONNECTION_FAILED", "the connection is lost: " + SystemMessage(error));
  }

  bool IsOpen(Napi::Env env) const {
    if (socket_ < 0) Throw(env, "INVALID_OPERATION", "the channel is closed");
    return socket_ >= 0;
  }

  void Close(const Napi::CallbackInfo&) { CloseSocket(); }

  void CloseSocket() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

  Napi::Value Descriptor(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), socket_); }

  int socket_ = -1;
  BusyWait busy_wait_;
};

}  // namespace

void ExportChannel(Napi::Env env, Napi::Object exports) { exports.Set("Channel", Channel::Define(env)); }

}  // namespace keyslot
