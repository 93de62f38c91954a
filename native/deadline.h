#pragma once

#include <cstdint>
#include <ctime>

namespace keyslot {

constexpr int64_t kNanosecondsPerSecond = 1'000'000'000;

/** Nanoseconds of the monotonic clock: setting the wall clock moves no deadline. */
inline int64_t MonotonicNow() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kNanosecondsPerSecond + now.tv_nsec;
}

/** A moment after which a wait ends. Milliseconds from now; anything above a hundred years (Infinity too) is "never". */
class Deadline {
 public:
  explicit Deadline(double milliseconds)
      : never_(!(milliseconds < kNeverMilliseconds)), at_(never_ ? 0 : MonotonicNow() + static_cast<int64_t>(milliseconds * 1e6)) {}

  bool Never() const { return never_; }

  /** Nanoseconds left, never below 0. Not for a deadline that is never. */
  int64_t Remaining() const {
    int64_t left = at_ - MonotonicNow();
    return left > 0 ? left : 0;
  }

  bool Passed() const { return !never_ && Remaining() == 0; }

 private:
  static constexpr double kNeverMilliseconds = 100.0 * 365 * 24 * 3600 * 1000;
  const bool never_;
  const int64_t at_;
};

}  // namespace keyslot
