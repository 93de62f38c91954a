#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

#include "deadline.h"

namespace keyslot {

enum class Waited { kReady, kTimedOut, kFailed };

/** Waits until the descriptor has one of `events` (or an error or hang-up, which the next call reports). kFailed leaves errno. */
Waited WaitFor(int descriptor, short events, const Deadline& deadline);

/**
 * Reads until the end of the file or until `size` bytes are there; waits on non-blocking descriptors too.
 * Returns the number of bytes, or -1 with errno.
 */
ssize_t ReadToEnd(int descriptor, uint8_t* into, size_t size);

}  // namespace keyslot
