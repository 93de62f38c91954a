#include "waiting-descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace keyslot {

WaitingDescriptor::~WaitingDescriptor() {
  if (descriptor_ >= 0) close(descriptor_);
}

WaitingDescriptor::WaitingDescriptor(WaitingDescriptor&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), kind_(other.kind_) {}

bool WaitingDescriptor::Copy(int descriptor) {
  descriptor_ = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  struct stat about;
  if (descriptor_ < 0 || fstat(descriptor_, &about) != 0) return false;
  if (S_ISSOCK(about.st_mode)) kind_ = Kind::kSocket;
  if (S_ISREG(about.st_mode)) kind_ = Kind::kFile;
  return true;
}

const Refusal* WaitingDescriptor::Wait(short events, const Patience& patience) const {
  for (;;) {
    pollfd entries[] = {{descriptor_, events, 0}, {patience.interrupt, POLLIN, 0}};
    timespec left = {0, 0};
    const Deadline& deadline = patience.deadline;
    if (!deadline.Never()) {
      const int64_t remaining = deadline.Remaining();
      left.tv_sec = static_cast<time_t>(remaining / kNanosecondsPerSecond);
      left.tv_nsec = static_cast<long>(remaining % kNanosecondsPerSecond);
    }
    const int ready = ppoll(entries, 2, deadline.Never() ? nullptr : &left, nullptr);
    if (ready == 0) return &kTimedOut;
    if (ready < 0 && errno != EINTR) return &kUnreadable;
    if (ready < 0) continue;
    if (entries[1].revents != 0) return &kInterrupted;
    return nullptr;
  }
}

/** One byte, without blocking where the system can do that; -1 with EAGAIN where there is none. */
ssize_t WaitingDescriptor::ReadNow(uint8_t* into, const Patience& patience, const Refusal** refusal) const {
  if (kind_ == Kind::kSocket) return recv(descriptor_, into, 1, MSG_DONTWAIT);
  // Files are always ready, and not waiting for the disk would find nothing for ever.
  if (kind_ == Kind::kFile) return read(descriptor_, into, 1);
  iovec vector = {into, 1};
  const ssize_t count = preadv2(descriptor_, &vector, 1, -1, RWF_NOWAIT);
  if (count >= 0 || (errno != EOPNOTSUPP && errno != EINVAL && errno != ENOSYS)) return count;
  *refusal = Wait(POLLIN, patience);
  return *refusal == nullptr ? read(descriptor_, into, 1) : -1;
}

const Refusal* WaitingDescriptor::Read(uint8_t* into, size_t room, bool line, const Patience& patience, size_t* size) const {
  *size = 0;
  while (*size < room) {
    const Refusal* refusal = nullptr;
    const ssize_t count = ReadNow(into + *size, patience, &refusal);
    if (refusal != nullptr) return refusal;
    if (count == 0) return nullptr;
    if (count > 0) {
      if (line && into[*size] == '\n') return nullptr;
      *size += 1;
    } else if (errno == EAGAIN) {
      refusal = Wait(POLLIN, patience);
      if (refusal != nullptr) return refusal;
    } else if (errno != EINTR) {
      return &kUnreadable;
    }
  }
  return nullptr;
}

const Refusal* WaitingDescriptor::ReadLine(uint8_t* into, size_t room, const Patience& patience, size_t* size) const {
  return Read(into, room, true, patience, size);
}

const Refusal* WaitingDescriptor::ReadAll(uint8_t* into, size_t room, const Patience& patience, size_t* size) const {
  return Read(into, room, false, patience, size);
}

const Refusal* WaitingDescriptor::Write(const uint8_t* bytes, size_t size, const Patience& patience) const {
  for (size_t at = 0; at < size;) {
    const Refusal* refusal = Wait(POLLOUT, patience);
    if (refusal != nullptr) return refusal;
    const bool socket = kind_ == Kind::kSocket;
    const ssize_t count = socket ? send(descriptor_, bytes + at, size - at, MSG_DONTWAIT | MSG_NOSIGNAL) : write(descriptor_, bytes + at, size - at);
    if (count >= 0) {
      at += static_cast<size_t>(count);
    } else if (errno != EAGAIN && errno != EINTR) {
      return &kUnwritable;
    }
  }
  return nullptr;
}

}  // namespace keyslot
