#include "secret-arena.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "addon.h"

// The same number everywhere; older headers do not have it.
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif

namespace keyslot {

namespace {

size_t RoundUp(size_t value, size_t unit) { return (value + unit - 1) / unit * unit; }

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    const int error = errno;
    if (value_ >= 0) close(value_);
    errno = error;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int value() const { return value_; }

 private:
  const int value_;
};

}  // namespace

bool Segment::Open() const { return mprotect(data_, size_, PROT_READ | PROT_WRITE) == 0; }

void Segment::Close() const { mprotect(data_, size_, PROT_NONE); }

void Segment::Wipe() const { explicit_bzero(data_, size_); }

SecretArena::SecretArena(const std::vector<size_t>& sizes, size_t page) {
  mapped_size_ = page;
  for (size_t size : sizes) {
    const size_t whole = RoundUp(size, page);
    // An offset until the mapping is made.
    segments_.emplace_back(reinterpret_cast<uint8_t*>(mapped_size_), whole);
    mapped_size_ += whole + page;
    body_size_ += whole;
  }
}

bool SecretArena::Reserve() {
  void* base = mmap(nullptr, mapped_size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return false;
  base_ = static_cast<uint8_t*>(base);
  for (Segment& segment : segments_) segment = Segment(base_ + reinterpret_cast<size_t>(segment.data()), segment.size());
  return true;
}

bool SecretArena::UseMemfdSecret() {
  const Descriptor memory(static_cast<int>(syscall(SYS_memfd_secret, O_CLOEXEC)));
  if (memory.value() < 0 || ftruncate(memory.value(), static_cast<off_t>(body_size_)) != 0) return false;
  off_t offset = 0;
  for (const Segment& segment : segments_) {
    const int flags = MAP_SHARED | MAP_FIXED;
    if (mmap(segment.data(), segment.size(), PROT_READ | PROT_WRITE, flags, memory.value(), offset) == MAP_FAILED) return false;
    if (madvise(segment.data(), segment.size(), MADV_DONTFORK) != 0) return false;
    offset += static_cast<off_t>(segment.size());
  }
  return true;
}

bool SecretArena::UseMlock(bool require_lock, bool* lock_refused) {
  bool locked = true;
  for (const Segment& segment : segments_) {
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    if (mmap(segment.data(), segment.size(), PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED) return false;
    if (madvise(segment.data(), segment.size(), MADV_DONTDUMP) != 0) return false;
    if (madvise(segment.data(), segment.size(), MADV_WIPEONFORK) != 0) return false;
    if (locked) locked = mlock(segment.data(), segment.size()) == 0;
    *lock_refused = !locked;
    if (!locked && require_lock) return false;
  }
  protection_ = locked ? Protection::kMlock : Protection::kNone;
  return true;
}

void SecretArena::WipeAndClose() {
  for (const Segment& segment : segments_) {
    // Also touches every page: none is had for the first time in the middle of an operation.
    if (segment.Open()) segment.Wipe();
    segment.Close();
  }
}

std::unique_ptr<SecretArena> SecretArena::Allocate(const std::vector<size_t>& sizes, const Options& options, AllocationFailure* failure) {
  std::unique_ptr<SecretArena> arena(new SecretArena(sizes, static_cast<size_t>(sysconf(_SC_PAGESIZE))));
  if (!arena->Reserve()) {
    *failure = {"ALLOCATION_FAILED", "no memory for the vault: " + SystemMessage(errno)};
    return nullptr;
  }
  bool lock_refused = false;
  if (options.allow_memfd_secret && arena->UseMemfdSecret()) {
    arena->protection_ = Protection::kMemfdSecret;
  } else if (!arena->UseMlock(options.require_lock, &lock_refused)) {
    const int error = errno;
    if (lock_refused) {
      *failure = {"MEMORY_NOT_LOCKED", LockRefused(arena->body_size_, error)};
    } else {
      *failure = {"ALLOCATION_FAILED", "no protected memory for the vault: " + SystemMessage(error)};
    }
    return nullptr;
  }
  arena->WipeAndClose();
  return arena;
}

SecretArena::~SecretArena() {
  if (base_ == nullptr) return;
  for (const Segment& segment : segments_) {
    if (segment.Open()) segment.Wipe();
  }
  munmap(base_, mapped_size_);
}

size_t SecretArena::locked_bytes() const { return protection_ == Protection::kNone ? 0 : body_size_; }

}  // namespace keyslot
