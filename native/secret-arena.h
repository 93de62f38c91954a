#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "locked-region.h"

namespace keyslot {

/** What keeps the pages of an arena out of swap and away from others. */
enum class Protection {
  kMemfdSecret,  // memfd_secret(2): locked, and out of the reach of the kernel's own map, of /proc/PID/mem and of debuggers
  kMlock,
  kNone,
};

/** Pages between two guard pages. Nobody can touch them until they are opened. */
class Segment {
 public:
  Segment(uint8_t* data, size_t size) : data_(data), size_(size) {}

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

  /** Readable and writable from here on. False, with errno, where the kernel has no memory for it. */
  bool Open() const;
  void Close() const;
  /** Overwrites all of it with zeros; it must be open. */
  void Wipe() const;

 private:
  uint8_t* data_;
  size_t size_;
};

/**
 * One mapping of [guard][segment][guard][segment] … [guard], each segment of whole pages: not swapped, left out of core dumps, and zero
 * in a forked child (memfd_secret: not there at all).
 */
class SecretArena {
 public:
  struct Options {
    bool require_lock = true;
    bool allow_memfd_secret = true;
  };

  /** All segments closed and zero. Null with `failure` filled where the system refuses; then nothing is left mapped. */
  static std::unique_ptr<SecretArena> Allocate(const std::vector<size_t>& sizes, const Options& options, AllocationFailure* failure);

  /** Wipes all of it first. */
  ~SecretArena();
  SecretArena(const SecretArena&) = delete;
  SecretArena& operator=(const SecretArena&) = delete;

  const Segment& segment(size_t index) const { return segments_[index]; }
  Protection protection() const { return protection_; }
  size_t locked_bytes() const;

 private:
  SecretArena(const std::vector<size_t>& sizes, size_t page);

  bool Reserve();
  bool UseMemfdSecret();
  /** False with errno: the pages can't be had, or (`require_lock`) not locked. */
  bool UseMlock(bool require_lock, bool* lock_refused);
  void WipeAndClose();

  std::vector<Segment> segments_;
  uint8_t* base_ = nullptr;
  size_t mapped_size_ = 0;
  size_t body_size_ = 0;
  Protection protection_ = Protection::kNone;
};

}  // namespace keyslot
