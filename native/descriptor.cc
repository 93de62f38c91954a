#include "descriptor.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

namespace keyslot {

Waited WaitFor(int descriptor, short events, const Deadline& deadline) {
  for (;;) {
    pollfd entry = {descriptor, events, 0};
    timespec left = {0, 0};
    if (!deadline.Never()) {
      int64_t remaining = deadline.Remaining();
      left.tv_sec = static_cast<time_t>(remaining / kNanosecondsPerSecond);
      left.tv_nsec = static_cast<long>(remaining % kNanosecondsPerSecond);
    }
    int ready = ppoll(&entry, 1, deadline.Never() ? nullptr : &left, nullptr);
    if (ready > 0) return Waited::kReady;
    if (ready == 0) return Waited::kTimedOut;
    if (errno != EINTR) return Waited::kFailed;
  }
}

ssize_t ReadToEnd(int descriptor, uint8_t* into, size_t size) {
  const Deadline never(std::numeric_limits<double>::infinity());
  size_t filled = 0;
  while (filled < size) {
    ssize_t count = read(descriptor, into + filled, size - filled);
    if (count == 0) break;
    if (count > 0) {
      filled += static_cast<size_t>(count);
    } else if (errno == EAGAIN) {
      if (WaitFor(descriptor, POLLIN, never) == Waited::kFailed) return -1;
    } else if (errno != EINTR) {
      return -1;
    }
  }
  return static_cast<ssize_t>(filled);
}

}  // namespace keyslot
