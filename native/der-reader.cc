#include "der-reader.h"

namespace keyslot {

namespace {

constexpr size_t kLongestLength = 4;
constexpr uint8_t kLongForm = 0x80;

}  // namespace

Slice DerReader::Fail() {
  failed_ = true;
  left_ = {};
  return {};
}

size_t DerReader::ReadHeader(DerTag tag, size_t* size) const {
  if (!NextIs(tag) || left_.size < 2) return 0;
  const uint8_t first = left_.data[1];
  size_t header = 2;
  *size = first;
  if (first >= kLongForm) {
    const size_t count = first & 0x7f;
    if (count == 0 || count > kLongestLength || left_.size < 2 + count || left_.data[2] == 0) return 0;
    *size = 0;
    for (size_t i = 0; i < count; i++) *size = *size << 8 | left_.data[2 + i];
    if (*size < kLongForm) return 0;
    header += count;
  }
  return *size <= left_.size - header ? header : 0;
}

Slice DerReader::Read(DerTag tag) {
  size_t size = 0;
  const size_t header = ReadHeader(tag, &size);
  if (header == 0) return Fail();
  const Slice contents = {left_.data + header, size};
  left_ = {contents.data + size, left_.size - header - size};
  return contents;
}

Slice DerReader::ReadWhole(DerTag tag) {
  const uint8_t* start = left_.data;
  const Slice contents = Read(tag);
  if (failed_) return {};
  return {start, static_cast<size_t>(contents.data + contents.size - start)};
}

DerReader DerReader::Enter(DerTag tag) {
  DerReader inner(Read(tag));
  if (failed_) inner.Fail();
  return inner;
}

Slice DerReader::ReadPositive() {
  const Slice contents = Read(DerTag::kInteger);
  if (contents.size == 0 || contents.data[0] >= 0x80) return Fail();
  if (contents.data[0] != 0) return contents;
  if (contents.size == 1 || contents.data[1] < 0x80) return Fail();
  return {contents.data + 1, contents.size - 1};
}

int DerReader::ReadSmall() {
  const Slice contents = Read(DerTag::kInteger);
  if (contents.size == 1 && contents.data[0] < 0x80) return contents.data[0];
  Fail();
  return -1;
}

Slice DerReader::ReadBits() {
  const Slice contents = Read(DerTag::kBitString);
  if (contents.size == 0 || contents.data[0] != 0) return Fail();
  return {contents.data + 1, contents.size - 1};
}

}  // namespace keyslot
