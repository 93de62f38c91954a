#include "secure-heap.h"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

#include "openssl.h"

namespace keyslot {

namespace {

constexpr size_t kWanted = size_t{4} << 20;
constexpr size_t kLeast = size_t{64} << 10;
constexpr size_t kSmallestPiece = 16;

/** The errno of the first attempt, which no later one can undo; 0 where it was locked. */
std::atomic<int> refusal{0};

}  // namespace

int StartSecureHeap(size_t size) {
  if (size == 0) return 0;
  if (CRYPTO_secure_malloc_initialized() == 0) {
    const CleanErrorQueue clean;
    errno = 0;
    // 2: there is a heap, but the system refused its lock or a guard page.
    if (CRYPTO_secure_malloc_init(size, kSmallestPiece) != 1) refusal = errno == 0 ? ENOMEM : errno;
  }
  return refusal;
}

bool HasSecureHeap() { return CRYPTO_secure_malloc_initialized() != 0 && refusal == 0; }

size_t FittingSecureHeap() {
  rlimit limit;
  if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kWanted;
  size_t size = kWanted;
  while (size > kLeast && size > limit.rlim_cur / 4) size /= 2;
  return std::max(size, kLeast);
}

}  // namespace keyslot
