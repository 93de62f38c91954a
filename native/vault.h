#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "aes-gcm.h"
#include "bip32.h"
#include "bip39.h"
#include "key-table.h"
#include "owner-first-mutex.h"
#include "secret-arena.h"
#include "secure-stack.h"
#include "vault-refusal.h"

namespace keyslot {

using Path = std::vector<uint32_t>;

struct NewKey {
  double handle = 0;
  PublicKey public_key;
};

struct VaultStatus {
  bool unlocked = false;
  Protection protection = Protection::kNone;
  size_t locked_bytes = 0;
  size_t keys = 0;
};

/** What a phrase or seed that is read is. */
enum class PhraseFormat : int32_t {
  kEnglish = 0,  // checked here
  kBytes = 1,  // UTF-8 in NFKD, checked by whoever gives it
  kSeed = 2,  // no phrase but the seed itself
};

/** Where phrases, passphrases and keys come in and go out; in the arena, open while it is in use. */
struct Intake {
  static constexpr size_t kLongest = 1024;
  // One byte more than allowed shows what is too long.
  uint8_t phrase[kLongest + 1];
  uint8_t passphrase[kLongest + 1];
};

/**
 * The seed and the keys made of it. They are in one arena, which nobody can touch but the one operation that runs; it runs on a stack in
 * that arena. Any thread may call any of it; calls wait for each other. The thread that made the vault waits for one call of others at
 * most, which takes a millisecond for ordinary sizes, however many wait with it.
 */
class Vault {
 public:
  struct Options {
    SecretArena::Options memory;
    /** Bytes of OpenSSL's secure heap, see StartSecureHeap. */
    size_t secure_heap = 0;
  };

  /** Null with `failure` filled: there is one in this process already, or no such memory. */
  static std::shared_ptr<Vault> Create(const Options& options, AllocationFailure* failure);

  ~Vault();
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  VaultStatus Status();
  bool require_lock() const { return require_lock_; }

  /** Wipes seed and keys before it returns; what runs on other threads finishes before that or is refused. Ends the use of the intake. */
  void Lock();
  /** Locks for good. */
  void Close();

  const Refusal* Derive(KeyKind kind, const Path& path, NewKey* result);
  const Refusal* DeriveExtendedPublic(const Path& path, ExtendedPublicKey* result);
  void Drop(double handle);
  const Refusal* GetPublicKey(double handle, PublicKey* result);
  /** Ed25519 of a message of any size, or ECDSA of a digest; 64 bytes. */
  const Refusal* Sign(double handle, ConstBytes message, uint8_t* signature);
  /** Room as for AesGcmSeal. */
  const Refusal* Seal(double handle, const uint8_t* iv, ConstBytes aad, ConstBytes plaintext, uint8_t* result);
  const Refusal* Open(double handle, const uint8_t* iv, ConstBytes aad, ConstBytes sealed, uint8_t* result);
  /** Copies the key into `result`, which has room for 32 bytes. */
  const Refusal* Reveal(double handle, uint8_t* result);

  /** To unlock, the vault must be locked; to import, unlocked. */
  enum class IntakeUse { kUnlock, kGenerate, kImport };
  /** The intake for one user until EndIntake. */
  const Refusal* BeginIntake(IntakeUse use);
  void EndIntake();
  /** Copies bytes, each at most Intake::kLongest + 1, to where they would have been read to. By its user. */
  const Refusal* PutIntoIntake(ConstBytes phrase, ConstBytes passphrase);
  Intake* intake() const { return reinterpret_cast<Intake*>(arena_->segment(kIntakeSegment).data()); }
  /** Since BeginIntake. */
  bool Interrupted() const { return interrupted_; }
  /** Readable once it is interrupted. */
  int interrupt_descriptor() const { return interrupt_; }

  // The user of the intake calls these, with the sizes of what lies there.
  const Refusal* UnlockFromIntake(PhraseFormat format, size_t phrase_size, size_t passphrase_size);
  const Refusal* GenerateIntoIntake(int words, size_t* size);
  const Refusal* ImportFromIntake(KeyKind kind, size_t size, NewKey* result);

 private:
  struct Secrets {
    uint8_t seed[kSeedSize];
    uint8_t keys[kKeySlots][kPrivateKeySize];
  };

  enum SegmentIndex { kSecretsSegment, kIntakeSegment, kStackSegment };

  Vault(std::unique_ptr<SecretArena> arena, int interrupt, bool require_lock);

  Secrets* secrets() const { return reinterpret_cast<Secrets*>(arena_->segment(kSecretsSegment).data()); }

  /** Runs work() on the arena's stack with the secrets open; the mutex is held. False: it was not run. */
  template <typename Work>
  bool Run(Work work) {
    return RunInArena([](void* data) { (*static_cast<Work*>(data))(); }, &work);
  }
  bool RunInArena(void (*work)(void*), void* data);

  /** Runs work(kind, key) with the key of a handle, which must be of one of the kinds. */
  template <typename Work>
  const Refusal* RunWithKey(double handle, std::initializer_list<KeyKind> kinds, Work work);

  /** Puts the key that work(key) makes into a free slot; the mutex is held. */
  template <typename Work>
  const Refusal* RunIntoSlot(KeyKind kind, NewKey* result, Work work);

  void WipeSecrets();

  const std::unique_ptr<SecretArena> arena_;
  SecureStack stack_;
  const int interrupt_;
  const bool require_lock_;

  OwnerFirstMutex mutex_;
  std::condition_variable_any intake_free_;
  KeyTable table_;
  size_t seed_size_ = 0;  // 0: locked
  bool intake_in_use_ = false;
  bool closed_ = false;
  std::atomic<bool> interrupted_{false};
};

}  // namespace keyslot
