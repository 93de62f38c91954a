#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace keyslot {

/** Why a region could not be had: a KeyslotError code and its message. */
struct AllocationFailure {
  const char* code = nullptr;
  std::string message;
};

/** The message of MEMORY_NOT_LOCKED: what was refused, the limit, and how to raise it. */
std::string LockRefused(size_t bytes, int error);

/**
 * Memory for secrets: [guard][data pages][guard]. The guards can't be touched; the data pages are locked (not swapped), left out of
 * core dumps, zero in a forked child, and wiped before they go back to the system. The data ends at the second guard (16-byte
 * alignment kept), so that reading past it ends the process.
 */
class LockedRegion {
 public:
  /** Null with `failure` filled where the system refuses; then nothing is left mapped. Without `require_lock` only the lock may fail. */
  static std::unique_ptr<LockedRegion> Allocate(size_t size, bool require_lock, AllocationFailure* failure);

  ~LockedRegion();
  LockedRegion(const LockedRegion&) = delete;
  LockedRegion& operator=(const LockedRegion&) = delete;

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  bool locked() const { return locked_; }
  size_t mapped_bytes() const { return body_size_; }

  /** Overwrites all data pages with zeros; the compiler can't leave it out. */
  void Wipe();

  /** Never give the pages back: somebody may still point at them. They stay wiped. */
  void KeepMapped() { keep_mapped_ = true; }

 private:
  LockedRegion(uint8_t* base, size_t page, size_t body_size, size_t size);

  uint8_t* const base_;
  uint8_t* const body_;
  const size_t body_size_;
  const size_t mapped_size_;
  uint8_t* const data_;
  const size_t size_;
  bool locked_ = false;
  bool keep_mapped_ = false;
};

}  // namespace keyslot
