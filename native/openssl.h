#pragma once

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace keyslot {

// The OpenSSL of the node binary. Only calls that OpenSSL 3.0 has, and that later ones keep: the addon is built once for all of them.

template <auto kFree>
struct OpensslFree {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using PkeyPointer = std::unique_ptr<EVP_PKEY, OpensslFree<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD, OpensslFree<EVP_MD_free>>;
/** Wiped when it is freed. */
using BigNumber = std::unique_ptr<BIGNUM, OpensslFree<BN_clear_free>>;

/** Leaves the thread's error queue empty, as node expects it, whatever happens in its scope. */
class CleanErrorQueue {
 public:
  CleanErrorQueue() { ERR_clear_error(); }
  ~CleanErrorQueue() { ERR_clear_error(); }
  CleanErrorQueue(const CleanErrorQueue&) = delete;
  CleanErrorQueue& operator=(const CleanErrorQueue&) = delete;
};

/** Bytes that are wiped before they are freed. */
class WipedBytes {
 public:
  WipedBytes() = default;
  /** Zeros; data() is null where there is no memory, and for a size of 0. */
  explicit WipedBytes(size_t size)
      : data_(size == 0 ? nullptr : static_cast<uint8_t*>(OPENSSL_zalloc(size))), capacity_(size), size_(data_ == nullptr ? 0 : size) {}
  ~WipedBytes() { OPENSSL_clear_free(data_, capacity_); }

  WipedBytes(WipedBytes&& other) noexcept { Swap(&other); }
  WipedBytes& operator=(WipedBytes&& other) noexcept {
    Swap(&other);
    return *this;
  }

  uint8_t* data() const { return data_; }
  size_t size() const { return size_; }

  /** Forgets what lies behind `size`, which must not be more than the size now. */
  void Shorten(size_t size) { size_ = size; }

 private:
  void Swap(WipedBytes* other) {
    std::swap(data_, other->data_);
    std::swap(capacity_, other->capacity_);
    std::swap(size_, other->size_);
  }

  uint8_t* data_ = nullptr;
  size_t capacity_ = 0;
  size_t size_ = 0;
};

}  // namespace keyslot
