#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

/** A part of somebody else's bytes. */
struct Slice {
  const uint8_t* data = nullptr;
  size_t size = 0;
};

/** Tags of X.690 8.1.2, as they stand in DER: one byte each. */
enum class DerTag : uint8_t {
  kInteger = 0x02,
  kBitString = 0x03,
  kOctetString = 0x04,
  kNull = 0x05,
  kObjectIdentifier = 0x06,
  kSequence = 0x30,
  kContext0 = 0xa0,
  kContext1 = 0xa1,
  kImplicitContext1 = 0x81,
};

/**
 * Reads DER (X.690) strictly and without copying: definite lengths of the shortest form only. After a failure every later call fails,
 * so that only AtEnd needs to be asked.
 */
class DerReader {
 public:
  explicit DerReader(Slice input) : left_(input) {}

  bool NextIs(DerTag tag) const { return left_.size > 0 && left_.data[0] == static_cast<uint8_t>(tag); }

  /** The contents of the next element, which must have this tag; empty on failure. */
  Slice Read(DerTag tag);

  /** The contents of the next element, which must have this tag, as a reader of its own. */
  DerReader Enter(DerTag tag);

  /** The next element with its tag and length. */
  Slice ReadWhole(DerTag tag);

  /** The big-endian magnitude of a positive INTEGER. Zero, negative and padded ones are failures. */
  Slice ReadPositive();

  /** An INTEGER of one byte, 0 to 127; -1 on failure. */
  int ReadSmall();

  /** The bytes of a BIT STRING of whole bytes. */
  Slice ReadBits();

  /** Whether everything was read and nothing has failed. */
  bool AtEnd() const { return !failed_ && left_.size == 0; }
  bool Failed() const { return failed_; }

 private:
  Slice Fail();
  /** The size of tag and length, with the size of the contents in `size`; 0 on failure. */
  size_t ReadHeader(DerTag tag, size_t* size) const;

  Slice left_;
  bool failed_ = false;
};

}  // namespace keyslot
