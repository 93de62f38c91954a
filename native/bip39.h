#pragma once

#include <cstddef>
#include <cstdint>

namespace keyslot {

constexpr size_t kSeedSize = 64;
/** 24 words of eight letters and the spaces between them. */
constexpr size_t kLongestEnglishPhrase = 24 * 9 - 1;
constexpr size_t kLongestEntropy = 32;

/** Whether a phrase of so many words exists: 12, 15, 18, 21, 24. */
bool IsPhraseLength(int words);

/**
 * Whether these bytes are a phrase of BIP39 in English: words of the list in lower case, one space between two, right checksum. No table
 * is looked into at a place that depends on a word; the time depends on the lengths of the words and on where something is no word at all.
 */
bool IsEnglishPhrase(const uint8_t* phrase, size_t size);

/** The phrase of `4 * words / 3` bytes of entropy; its size. `phrase` has room for kLongestEnglishPhrase. */
size_t MakeEnglishPhrase(const uint8_t* entropy, int words, uint8_t* phrase);

/** BIP39, "From mnemonic to seed". Both are UTF-8 in NFKD already. */
void SeedOfPhrase(const uint8_t* phrase, size_t phrase_size, const uint8_t* passphrase, size_t passphrase_size, uint8_t seed[kSeedSize]);

}  // namespace keyslot
