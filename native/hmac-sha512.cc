#include "hmac-sha512.h"

#include <endian.h>

#include <cstring>
#include <initializer_list>

namespace keyslot {

namespace {

constexpr uint8_t kInnerPad = 0x36;
constexpr uint8_t kOuterPad = 0x5c;
constexpr int kWords = 8;

using Pair [[gnu::vector_size(16)]] = uint64_t;

void WriteBigEndian(uint64_t value, uint8_t* bytes) {
  value = htobe64(value);
  std::memcpy(bytes, &value, sizeof(value));
}

uint64_t ReadBigEndian(const uint8_t* bytes) {
  uint64_t value;
  std::memcpy(&value, bytes, sizeof(value));
  return be64toh(value);
}

/** The last block of a message of one block and a digest, with the padding of FIPS 180-4 5.1.2. */
struct LastBlock {
  alignas(64) uint8_t bytes[SHA512_CBLOCK] = {};

  LastBlock() {
    bytes[kHmacSize] = 0x80;
    WriteBigEndian(8 * (SHA512_CBLOCK + kHmacSize), bytes + SHA512_CBLOCK - 8);
  }

  /** Two words at a time, as the compression reads them: the processor would have to wait for halves. */
  void Put(const SHA512_CTX& state) {
    for (int i = 0; i < kWords; i += 2) {
      const Pair pair = {htobe64(state.h[i]), htobe64(state.h[i + 1])};
      std::memcpy(bytes + 8 * i, &pair, sizeof(pair));
    }
  }
};

}  // namespace

HmacSha512::HmacSha512(const void* key, size_t size) {
  uint8_t block[SHA512_CBLOCK] = {};
  if (size > sizeof(block)) {
    SHA512_Init(&inner_);
    SHA512_Update(&inner_, key, size);
    SHA512_Final(block, &inner_);
  } else {
    std::memcpy(block, key, size);
  }
  for (uint8_t& byte : block) byte ^= kInnerPad;
  SHA512_Init(&inner_start_);
  SHA512_Update(&inner_start_, block, sizeof(block));
  for (uint8_t& byte : block) byte ^= kInnerPad ^ kOuterPad;
  SHA512_Init(&outer_start_);
  SHA512_Update(&outer_start_, block, sizeof(block));
  inner_ = inner_start_;
}

void HmacSha512::Update(const void* data, size_t size) { SHA512_Update(&inner_, data, size); }

void HmacSha512::Finish(uint8_t result[kHmacSize]) {
  SHA512_Final(result, &inner_);
  inner_ = outer_start_;
  SHA512_Update(&inner_, result, kHmacSize);
  SHA512_Final(result, &inner_);
}

void HmacSha512::Iterate(int times, const uint8_t first[kHmacSize], uint8_t sum[kHmacSize]) const {
  LastBlock block;
  SHA512_CTX state = inner_start_;
  uint64_t words[kWords];
  for (int i = 0; i < kWords; i++) state.h[i] = words[i] = ReadBigEndian(first + 8 * i);
  for (int round = 0; round < times; round++) {
    for (const SHA512_CTX* start : {&inner_start_, &outer_start_}) {
      block.Put(state);
      std::memcpy(state.h, start->h, sizeof(state.h));
      SHA512_Transform(&state, block.bytes);
    }
    for (int i = 0; i < kWords; i++) words[i] ^= state.h[i];
  }
  for (int i = 0; i < kWords; i++) WriteBigEndian(words[i], sum + 8 * i);
}

void Pbkdf2Sha512(const void* password, size_t password_size, const void* salt_head, size_t salt_head_size, const void* salt_tail,
                  size_t salt_tail_size, int iterations, uint8_t result[kHmacSize]) {
  constexpr uint8_t kFirstBlock[] = {0, 0, 0, 1};
  HmacSha512 hmac(password, password_size);
  uint8_t first[kHmacSize];
  hmac.Update(salt_head, salt_head_size);
  hmac.Update(salt_tail, salt_tail_size);
  hmac.Update(kFirstBlock, sizeof(kFirstBlock));
  hmac.Finish(first);
  hmac.Iterate(iterations - 1, first, result);
}

}  // namespace keyslot
