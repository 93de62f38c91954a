#pragma once

#include <mutex>
#include <thread>

namespace keyslot {

/**
 * A mutex for the thread that made it, which waits for one holder at most, and for others, which wait as long as it takes. An ordinary
 * one goes to whoever comes at the right moment: threads with a queue of work take it again and again, and the owner, who has just been
 * woken, comes too late for all of that queue.
 */
class OwnerFirstMutex {
 public:
  OwnerFirstMutex() = default;
  OwnerFirstMutex(const OwnerFirstMutex&) = delete;
  OwnerFirstMutex& operator=(const OwnerFirstMutex&) = delete;

  void lock() {
    if (!IsOwner()) others_.lock();
    // While the owner waits it has this, so that none of the others can come between.
    const std::lock_guard<std::mutex> next(next_);
    held_.lock();
  }

  void unlock() {
    held_.unlock();
    if (!IsOwner()) others_.unlock();
  }

 private:
  bool IsOwner() const { return std::this_thread::get_id() == owner_; }

  const std::thread::id owner_ = std::this_thread::get_id();
  /** Held by the one of the others that holds, or waits for, `held_`. */
  std::mutex others_;
  std::mutex next_;
  std::mutex held_;
};

}  // namespace keyslot
