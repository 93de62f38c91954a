#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace keyslot {

enum class KeyKind : int32_t { kEd25519 = 0, kSecp256k1 = 1, kAes256Gcm = 2 };

constexpr size_t kKeySlots = 64;
constexpr size_t kLongestPublicKey = 33;

struct PublicKey {
  std::array<uint8_t, kLongestPublicKey> bytes = {};
  /** 0 for an AES key. */
  size_t size = 0;
};

/** What is known of the vault's keys outside its protected memory: none of it is secret. A handle is never given twice. */
class KeyTable {
 public:
  struct Entry {
    uint64_t serial = 0;  // 0: free
    KeyKind kind = KeyKind::kEd25519;
    PublicKey public_key;
  };

  /** kKeySlots where none is free. */
  size_t FindFree() const;
  /** kKeySlots where the handle is of no key. */
  size_t Find(double handle) const;
  /** The new handle of a free slot. */
  double Put(size_t slot, KeyKind kind, const PublicKey& public_key);
  const Entry& entry(size_t slot) const { return entries_[slot]; }
  void Remove(size_t slot) { entries_[slot] = {}; }
  void Clear() { entries_.fill({}); }
  size_t Count() const;

 private:
  std::array<Entry, kKeySlots> entries_;
  uint64_t last_serial_ = 0;
};

}  // namespace keyslot
