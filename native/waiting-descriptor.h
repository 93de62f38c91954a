#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "deadline.h"
#include "vault-refusal.h"

namespace keyslot {

/**
 * A descriptor of any kind, blocking or not, that is read or written by somebody who can be interrupted and has a deadline. It is a copy
 * of the caller's, who may close his.
 */
class WaitingDescriptor {
 public:
  WaitingDescriptor() = default;
  ~WaitingDescriptor();
  WaitingDescriptor(WaitingDescriptor&& other) noexcept;
  WaitingDescriptor& operator=(WaitingDescriptor&&) = delete;

  /** False: it is not open. */
  bool Copy(int descriptor);
  bool copied() const { return descriptor_ >= 0; }

  /** `interrupt` ends every wait as soon as it can be read. */
  struct Patience {
    int interrupt;
    Deadline deadline;
  };

  /**
   * Reads what is there up to a newline, which is taken too, or up to the end, or until `room` is full. Byte by byte: what follows the
   * newline is left to the next reader.
   */
  const Refusal* ReadLine(uint8_t* into, size_t room, const Patience& patience, size_t* size) const;
  /** The same up to the end only. */
  const Refusal* ReadAll(uint8_t* into, size_t room, const Patience& patience, size_t* size) const;
  const Refusal* Write(const uint8_t* bytes, size_t size, const Patience& patience) const;

 private:
  const Refusal* Read(uint8_t* into, size_t room, bool line, const Patience& patience, size_t* size) const;
  const Refusal* Wait(short events, const Patience& patience) const;
  ssize_t ReadNow(uint8_t* into, const Patience& patience, const Refusal** refusal) const;

  enum class Kind { kSocket, kFile, kOther };

  int descriptor_ = -1;
  Kind kind_ = Kind::kOther;
};

}  // namespace keyslot
