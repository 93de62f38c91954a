#include "key-table.h"

#include <algorithm>

namespace keyslot {

namespace {

double HandleOf(size_t slot, uint64_t serial) { return static_cast<double>(serial * kKeySlots + slot); }

}  // namespace

size_t KeyTable::FindFree() const {
  const auto free = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.serial == 0; });
  return static_cast<size_t>(free - entries_.begin());
}

size_t KeyTable::Find(double handle) const {
  for (size_t slot = 0; slot < kKeySlots; slot++) {
    const uint64_t serial = entries_[slot].serial;
    if (serial != 0 && HandleOf(slot, serial) == handle) return slot;
  }
  return kKeySlots;
}

double KeyTable::Put(size_t slot, KeyKind kind, const PublicKey& public_key) {
  entries_[slot] = {++last_serial_, kind, public_key};
  return HandleOf(slot, last_serial_);
}

size_t KeyTable::Count() const {
  return static_cast<size_t>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.serial != 0; }));
}

}  // namespace keyslot
