// The vault's seed: from phrases, and phrases for new ones.
#include <openssl/crypto.h>
#include <sys/random.h>

#include <cstdlib>
#include <cstring>

#include "vault.h"

namespace keyslot {

namespace {

constexpr size_t kShortestSeed = 16;

const Refusal* CheckSizes(PhraseFormat format, size_t phrase_size, size_t passphrase_size) {
  if (format == PhraseFormat::kSeed) return phrase_size < kShortestSeed || phrase_size > kSeedSize ? &kSeedSizeWrong : nullptr;
  if (phrase_size == 0 || phrase_size > Intake::kLongest) return &kMnemonicInvalid;
  return passphrase_size > Intake::kLongest ? &kPassphraseTooLong : nullptr;
}

/** For the scan that must find it. */
void Leak([[maybe_unused]] const uint8_t* seed) {
#ifdef KEYSLOT_LEAK_FOR_TEST
  static uint8_t* volatile leaked = nullptr;
  leaked = static_cast<uint8_t*>(std::malloc(kSeedSize));
  if (leaked != nullptr) std::memcpy(leaked, seed, kSeedSize);
#endif
}

}  // namespace

const Refusal* Vault::PutIntoIntake(ConstBytes phrase, ConstBytes passphrase) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  // On the arena's stack, so that no register keeps any of it.
  const bool ran = Run([&] {
    if (phrase.size > 0) std::memcpy(intake()->phrase, phrase.data, phrase.size);
    if (passphrase.size > 0) std::memcpy(intake()->passphrase, passphrase.data, passphrase.size);
  });
  return ran ? nullptr : &kNoMemory;
}

const Refusal* Vault::UnlockFromIntake(PhraseFormat format, size_t phrase_size, size_t passphrase_size) {
  const Refusal* refusal = CheckSizes(format, phrase_size, passphrase_size);
  if (refusal != nullptr) return refusal;
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (Interrupted()) return &kInterrupted;
  if (seed_size_ > 0) return &kAlreadyUnlocked;
  refusal = &kNoMemory;
  Run([&] {
    refusal = nullptr;
    uint8_t* seed = secrets()->seed;
    if (format == PhraseFormat::kSeed) {
      std::memcpy(seed, intake()->phrase, phrase_size);
    } else if (format == PhraseFormat::kEnglish && !IsEnglishPhrase(intake()->phrase, phrase_size)) {
      refusal = &kMnemonicInvalid;
    } else {
      SeedOfPhrase(intake()->phrase, phrase_size, intake()->passphrase, passphrase_size, seed);
      Leak(seed);
    }
  });
  if (refusal == nullptr && Interrupted()) refusal = &kInterrupted;
  if (refusal == nullptr) {
    seed_size_ = format == PhraseFormat::kSeed ? phrase_size : kSeedSize;
  } else {
    WipeSecrets();
  }
  return refusal;
}

const Refusal* Vault::GenerateIntoIntake(int words, size_t* size) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (Interrupted()) return &kInterrupted;
  const Refusal* refusal = &kNoMemory;
  Run([&] {
    uint8_t entropy[kLongestEntropy];
    if (getrandom(entropy, sizeof(entropy), 0) != static_cast<ssize_t>(sizeof(entropy))) {
      refusal = &kFailed;
      return;
    }
    *size = MakeEnglishPhrase(entropy, words, intake()->phrase);
    refusal = nullptr;
  });
  return refusal;
}

}  // namespace keyslot
