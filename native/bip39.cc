#include "bip39.h"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <cstring>

#include "hmac-sha512.h"

namespace keyslot {

namespace {

constexpr int kRounds = 2048;
constexpr char kSalt[] = {'m', 'n', 'e', 'm', 'o', 'n', 'i', 'c'};
constexpr size_t kLongestWord = 8;
constexpr int kBitsOfWord = 11;
constexpr int kMostWords = 24;

/** A word's letters, the first one lowest. */
constexpr uint64_t Pack(const char* word) {
  uint64_t packed = 0;
  for (int at = 0; word[at] != 0; at++) packed |= static_cast<uint64_t>(static_cast<uint8_t>(word[at])) << (8 * at);
  return packed;
}

#define WORD(word) Pack(word),
constexpr uint64_t kWords[] = {
#include "bip39-english.inc"
};
#undef WORD
static_assert(sizeof(kWords) / sizeof(kWords[0]) == 1 << kBitsOfWord);

/** All ones where the values are equal, else 0. */
uint64_t EqualMask(uint64_t left, uint64_t right) {
  const uint64_t difference = left ^ right;
  // The highest bit is clear before and set after the subtraction for 0 alone.
  return 0 - (((difference - 1) & ~difference) >> 63);
}

/** The number of a packed word; `known` loses its bits where there is none. */
uint32_t NumberOf(uint64_t word, uint64_t* known) {
  using Pair [[gnu::vector_size(16)]] = uint64_t;
  const Pair wanted = {word, word};
  // One more than the number, so that it also says whether there is one.
  Pair next = {1, 2};
  Pair found = {};
  for (size_t i = 0; i < 1 << kBitsOfWord; i += 2, next += 2) {
    const Pair candidates = {kWords[i], kWords[i + 1]};
    found |= static_cast<Pair>(candidates == wanted) & next;
  }
  const uint64_t number = found[0] | found[1];
  *known &= ~EqualMask(number, 0);
  return static_cast<uint32_t>(number - 1) & ((1 << kBitsOfWord) - 1);
}

uint64_t WordOf(uint64_t number) {
  uint64_t word = 0;
  for (uint64_t i = 0; i < 1 << kBitsOfWord; i++) word |= EqualMask(number, i) & kWords[i];
  return word;
}

/** Numbers of eleven bits, one behind the other, highest bit first. */
class Bits {
 public:
  explicit Bits(uint8_t* bytes) : bytes_(bytes) {}

  void Put(uint32_t number) {
    for (int bit = kBitsOfWord - 1; bit >= 0; bit--, at_++) {
      bytes_[at_ / 8] = static_cast<uint8_t>(bytes_[at_ / 8] | ((number >> bit) & 1) << (7 - at_ % 8));
    }
  }

  uint32_t Take() {
    uint32_t number = 0;
    for (int bit = 0; bit < kBitsOfWord; bit++, at_++) number = number << 1 | (bytes_[at_ / 8] >> (7 - at_ % 8) & 1u);
    return number;
  }

 private:
  uint8_t* const bytes_;
  size_t at_ = 0;
};

/** Entropy and its checksum, as far as a phrase has it. */
struct Contents {
  uint8_t bytes[kLongestEntropy + 1] = {};
};

size_t EntropySize(int words) { return static_cast<size_t>(words) / 3 * 4; }

/** The checksum's bits in the byte behind the entropy. */
uint8_t ChecksumOf(const uint8_t* entropy, int words) {
  uint8_t hash[SHA256_DIGEST_LENGTH];
  SHA256(entropy, EntropySize(words), hash);
  return static_cast<uint8_t>(hash[0] & 0xff << (8 - words / 3));
}

}  // namespace

bool IsPhraseLength(int words) { return words >= 12 && words <= kMostWords && words % 3 == 0; }

bool IsEnglishPhrase(const uint8_t* phrase, size_t size) {
  Contents contents;
  Bits bits(contents.bytes);
  uint64_t known = ~uint64_t{0};
  int words = 0;
  for (size_t at = 0; at <= size; at++) {
    uint64_t word = 0;
    size_t length = 0;
    for (; at < size && phrase[at] != ' '; at++, length++) {
      if (length == kLongestWord || phrase[at] == 0) return false;
      word |= static_cast<uint64_t>(phrase[at]) << (8 * length);
    }
    if (++words > kMostWords) return false;
    bits.Put(NumberOf(word, &known));
  }
  if (!IsPhraseLength(words)) return false;
  const uint8_t wanted = ChecksumOf(contents.bytes, words);
  const uint8_t right = CRYPTO_memcmp(&wanted, contents.bytes + EntropySize(words), 1) == 0 ? 1 : 0;
  return (known & right) != 0;
}

size_t MakeEnglishPhrase(const uint8_t* entropy, int words, uint8_t* phrase) {
  Contents contents;
  std::memcpy(contents.bytes, entropy, EntropySize(words));
  contents.bytes[EntropySize(words)] = ChecksumOf(entropy, words);
  Bits bits(contents.bytes);
  size_t size = 0;
  for (int i = 0; i < words; i++) {
    if (i > 0) phrase[size++] = ' ';
    for (uint64_t word = WordOf(bits.Take()); word != 0; word >>= 8) phrase[size++] = static_cast<uint8_t>(word & 0xff);
  }
  return size;
}

void SeedOfPhrase(const uint8_t* phrase, size_t phrase_size, const uint8_t* passphrase, size_t passphrase_size, uint8_t seed[kSeedSize]) {
  Pbkdf2Sha512(phrase, phrase_size, kSalt, sizeof(kSalt), passphrase, passphrase_size, kRounds, seed);
}

}  // namespace keyslot
