#pragma once

#include <ucontext.h>

#include <cstddef>
#include <cstdint>

namespace keyslot {

/**
 * Runs functions on a stack in memory of the owner's choice, so that what they and OpenSSL leave there, and registers saved by a signal,
 * are in that memory and can be wiped. One call at a time. Nothing called may touch JavaScript or throw.
 */
class SecureStack {
 public:
  /** 16-byte aligned. Must be accessible during Call. */
  SecureStack(uint8_t* base, size_t size) : base_(base), size_(size) {}
  SecureStack(const SecureStack&) = delete;
  SecureStack& operator=(const SecureStack&) = delete;

  /** False: the system can't switch stacks, nothing was run. Afterwards the stack is zero, and so are the registers the callee may change. */
  bool Call(void (*function)(void*), void* argument);

 private:
  static void Enter(uint32_t high, uint32_t low);

  uint8_t* const base_;
  const size_t size_;
  ucontext_t outside_ = {};
  ucontext_t inside_ = {};
  void (*function_)(void*) = nullptr;
  void* argument_ = nullptr;
};

}  // namespace keyslot
