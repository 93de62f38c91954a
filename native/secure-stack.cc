#include "secure-stack.h"

#include <string.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace keyslot {

namespace {

/** Vector registers, and the general ones that a callee need not preserve: secrets pass through all of them. */
[[gnu::noinline]] void ClearRegisters() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    __asm__ volatile(
        "vpxord %%zmm16, %%zmm16, %%zmm16\n vpxord %%zmm17, %%zmm17, %%zmm17\n"
        "vpxord %%zmm18, %%zmm18, %%zmm18\n vpxord %%zmm19, %%zmm19, %%zmm19\n"
        "vpxord %%zmm20, %%zmm20, %%zmm20\n vpxord %%zmm21, %%zmm21, %%zmm21\n"
        "vpxord %%zmm22, %%zmm22, %%zmm22\n vpxord %%zmm23, %%zmm23, %%zmm23\n"
        "vpxord %%zmm24, %%zmm24, %%zmm24\n vpxord %%zmm25, %%zmm25, %%zmm25\n"
        "vpxord %%zmm26, %%zmm26, %%zmm26\n vpxord %%zmm27, %%zmm27, %%zmm27\n"
        "vpxord %%zmm28, %%zmm28, %%zmm28\n vpxord %%zmm29, %%zmm29, %%zmm29\n"
        "vpxord %%zmm30, %%zmm30, %%zmm30\n vpxord %%zmm31, %%zmm31, %%zmm31\n" ::
            : "memory");
  }
  if (__builtin_cpu_supports("avx")) {
    __asm__ volatile("vzeroall" ::: "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10",
                     "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
  } else {
    __asm__ volatile(
        "pxor %%xmm0, %%xmm0\n pxor %%xmm1, %%xmm1\n pxor %%xmm2, %%xmm2\n pxor %%xmm3, %%xmm3\n"
        "pxor %%xmm4, %%xmm4\n pxor %%xmm5, %%xmm5\n pxor %%xmm6, %%xmm6\n pxor %%xmm7, %%xmm7\n"
        "pxor %%xmm8, %%xmm8\n pxor %%xmm9, %%xmm9\n pxor %%xmm10, %%xmm10\n pxor %%xmm11, %%xmm11\n"
        "pxor %%xmm12, %%xmm12\n pxor %%xmm13, %%xmm13\n pxor %%xmm14, %%xmm14\n pxor %%xmm15, %%xmm15\n" ::
            : "memory", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13",
              "xmm14", "xmm15");
  }
  __asm__ volatile(
      "xor %%eax, %%eax\n xor %%ecx, %%ecx\n xor %%edx, %%edx\n xor %%esi, %%esi\n xor %%edi, %%edi\n"
      "xor %%r8d, %%r8d\n xor %%r9d, %%r9d\n xor %%r10d, %%r10d\n xor %%r11d, %%r11d\n" ::
          : "memory", "cc", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11");
#elif defined(__aarch64__)
  __asm__ volatile(
      "movi v0.16b, #0\n movi v1.16b, #0\n movi v2.16b, #0\n movi v3.16b, #0\n movi v4.16b, #0\n movi v5.16b, #0\n"
      "movi v6.16b, #0\n movi v7.16b, #0\n movi v16.16b, #0\n movi v17.16b, #0\n movi v18.16b, #0\n movi v19.16b, #0\n"
      "movi v20.16b, #0\n movi v21.16b, #0\n movi v22.16b, #0\n movi v23.16b, #0\n movi v24.16b, #0\n movi v25.16b, #0\n"
      "movi v26.16b, #0\n movi v27.16b, #0\n movi v28.16b, #0\n movi v29.16b, #0\n movi v30.16b, #0\n movi v31.16b, #0\n"
      "mov x9, #0\n mov x10, #0\n mov x11, #0\n mov x12, #0\n mov x13, #0\n mov x14, #0\n mov x15, #0\n" ::
          : "memory", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v16", "v17", "v18", "v19", "v20", "v21", "v22", "v23", "v24", "v25",
            "v26", "v27", "v28", "v29", "v30", "v31", "x9", "x10", "x11", "x12", "x13", "x14", "x15");
#endif
}

}  // namespace

void SecureStack::Enter(uint32_t high, uint32_t low) {
  auto* stack = reinterpret_cast<SecureStack*>((static_cast<uintptr_t>(high) << 32) | low);
#ifdef __SANITIZE_ADDRESS__
  const void* outside = nullptr;
  size_t outside_size = 0;
  __sanitizer_finish_switch_fiber(nullptr, &outside, &outside_size);
#endif
  stack->function_(stack->argument_);
  ClearRegisters();
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_start_switch_fiber(nullptr, outside, outside_size);
#endif
}

bool SecureStack::Call(void (*function)(void*), void* argument) {
// musl declares these calls and has none of them.
#ifdef __GLIBC__
  if (getcontext(&inside_) != 0) return false;
  inside_.uc_stack.ss_sp = base_;
  inside_.uc_stack.ss_size = size_;
  inside_.uc_link = &outside_;
  function_ = function;
  argument_ = argument;
  const auto self = reinterpret_cast<uintptr_t>(this);
  // makecontext hands over integers only.
  makecontext(&inside_, reinterpret_cast<void (*)()>(&SecureStack::Enter), 2, static_cast<uint32_t>(self >> 32), static_cast<uint32_t>(self));
#ifdef __SANITIZE_ADDRESS__
  void* fake = nullptr;
  __sanitizer_start_switch_fiber(&fake, base_, size_);
#endif
  const bool switched = swapcontext(&outside_, &inside_) == 0;
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
  __asan_unpoison_memory_region(base_, size_);
#endif
  explicit_bzero(base_, size_);
  return switched;
#else
  (void)function;
  (void)argument;
  return false;
#endif
}

}  // namespace keyslot
