#include "locked-region.h"

#include <strings.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "addon.h"

namespace keyslot {

namespace {

constexpr size_t kAlignment = 16;

size_t RoundUp(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

/** Fork and dump behaviour. A kernel before 4.14 can't show zeros to a child: there the child gets no such pages at all. */
bool Advise(uint8_t* body, size_t size) {
  if (madvise(body, size, MADV_DONTDUMP) != 0) return false;
  return madvise(body, size, MADV_WIPEONFORK) == 0 || madvise(body, size, MADV_DONTFORK) == 0;
}

std::unique_ptr<LockedRegion> Refuse(AllocationFailure* failure, const char* code, std::string message) {
  failure->code = code;
  failure->message = std::move(message);
  return nullptr;
}

}  // namespace

std::string LockRefused(size_t bytes, int error) {
  rlimit limit;
  std::string limit_text = "unknown";
  if (getrlimit(RLIMIT_MEMLOCK, &limit) == 0) {
    limit_text = limit.rlim_cur == RLIM_INFINITY ? "unlimited" : std::to_string(limit.rlim_cur) + " bytes";
  }
  return "the system refuses to lock " + std::to_string(bytes) + " bytes of memory (" + SystemMessage(error) +
         "); RLIMIT_MEMLOCK of this process is " + limit_text +
         ": raise it with `ulimit -l`, with LimitMEMLOCK= in the systemd unit or with memlock in limits.conf, or free other locked memory";
}

LockedRegion::LockedRegion(uint8_t* base, size_t page, size_t body_size, size_t size)
    : base_(base),
      body_(base + page),
      body_size_(body_size),
      mapped_size_(body_size + 2 * page),
      data_(body_ + body_size - RoundUp(size, kAlignment)),
      size_(size) {}

std::unique_ptr<LockedRegion> LockedRegion::Allocate(size_t size, bool require_lock, AllocationFailure* failure) {
  const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  const size_t body_size = RoundUp(size, page);
  void* base = mmap(nullptr, body_size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return Refuse(failure, "ALLOCATION_FAILED", "no memory for a secure buffer: " + SystemMessage(errno));

  uint8_t* body = static_cast<uint8_t*>(base) + page;
  if (mprotect(body, body_size, PROT_READ | PROT_WRITE) != 0 || !Advise(body, body_size)) {
    const int error = errno;
    munmap(base, body_size + 2 * page);
    return Refuse(failure, "ALLOCATION_FAILED", "no protected memory for a secure buffer: " + SystemMessage(error));
  }
  // From here the destructor unmaps, on every way out.
  std::unique_ptr<LockedRegion> region(new LockedRegion(static_cast<uint8_t*>(base), page, body_size, size));
  region->locked_ = mlock(region->body_, body_size) == 0;
  if (!region->locked_ && require_lock) return Refuse(failure, "MEMORY_NOT_LOCKED", LockRefused(body_size, errno));
  return region;
}

LockedRegion::~LockedRegion() {
  Wipe();
  if (keep_mapped_) return;
  munmap(base_, mapped_size_);
}

void LockedRegion::Wipe() { explicit_bzero(body_, body_size_); }

}  // namespace keyslot
