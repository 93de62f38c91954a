// Keys of the vault: made, used, handed out.
#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>

#include "ed25519.h"
#include "vault.h"

namespace keyslot {

namespace {

/** Calculates the public key of a private one. */
bool MakePublicKey(KeyKind kind, const uint8_t* key, PublicKey* result) {
  switch (kind) {
    case KeyKind::kEd25519:
      result->size = kEd25519KeySize;
      return Ed25519PublicKey(key, result->bytes.data());
    case KeyKind::kSecp256k1:
      result->size = kPointSize;
      return Secp256k1Point(key, result->bytes.data());
    case KeyKind::kAes256Gcm:
      result->size = 0;
      return true;
  }
  return false;
}

const Refusal* RefusalOf(Derivation derivation) {
  switch (derivation) {
    case Derivation::kDone:
      return nullptr;
    case Derivation::kNoKey:
      return &kNoKeyThere;
    case Derivation::kFailed:
      break;
  }
  return &kNotDerived;
}

}  // namespace

template <typename Work>
const Refusal* Vault::RunWithKey(double handle, std::initializer_list<KeyKind> kinds, Work work) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (seed_size_ == 0) return &kVaultLocked;
  const size_t slot = table_.Find(handle);
  if (slot == kKeySlots) return &kUnknownHandle;
  const KeyKind kind = table_.entry(slot).kind;
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return &kWrongKind;
  const Refusal* refusal = &kNoMemory;
  Run([&] { refusal = work(kind, secrets()->keys[slot]); });
  return refusal;
}

template <typename Work>
const Refusal* Vault::RunIntoSlot(KeyKind kind, NewKey* result, Work work) {
  const size_t slot = table_.FindFree();
  if (slot == kKeySlots) return &kFull;
  const Refusal* refusal = &kNoMemory;
  Run([&] {
    ExtendedKey made;
    refusal = work(&made);
    if (refusal != nullptr) return;
    if (!MakePublicKey(kind, made.key, &result->public_key)) {
      refusal = &kNotDerived;
      return;
    }
    std::memcpy(secrets()->keys[slot], made.key, kPrivateKeySize);
  });
  if (refusal == nullptr) result->handle = table_.Put(slot, kind, result->public_key);
  return refusal;
}

const Refusal* Vault::Derive(KeyKind kind, const Path& path, NewKey* result) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (seed_size_ == 0) return &kVaultLocked;
  return RunIntoSlot(kind, result, [&](ExtendedKey* made) -> const Refusal* {
    const uint8_t* seed = secrets()->seed;
    if (kind == KeyKind::kSecp256k1) {
      return RefusalOf(DeriveSecp256k1(seed, seed_size_, path.data(), path.size(), made));
    }
    return DeriveEd25519(seed, seed_size_, path.data(), path.size(), made) ? nullptr : &kPathNotHardened;
  });
}

const Refusal* Vault::DeriveExtendedPublic(const Path& path, ExtendedPublicKey* result) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (seed_size_ == 0) return &kVaultLocked;
  const Refusal* refusal = &kNoMemory;
  Run([&] {
    ExtendedPublicKey made;
    refusal = RefusalOf(DeriveExtendedPublicKey(secrets()->seed, seed_size_, path.data(), path.size(), &made));
    if (refusal == nullptr) *result = made;
  });
  return refusal;
}

void Vault::Drop(double handle) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  const size_t slot = table_.Find(handle);
  if (slot == kKeySlots) return;
  table_.Remove(slot);
  const Segment& segment = arena_->segment(kSecretsSegment);
  if (segment.Open()) OPENSSL_cleanse(secrets()->keys[slot], kPrivateKeySize);
  segment.Close();
}

const Refusal* Vault::GetPublicKey(double handle, PublicKey* result) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (seed_size_ == 0) return &kVaultLocked;
  const size_t slot = table_.Find(handle);
  if (slot == kKeySlots) return &kUnknownHandle;
  *result = table_.entry(slot).public_key;
  return nullptr;
}

const Refusal* Vault::Sign(double handle, ConstBytes message, uint8_t* signature) {
  return RunWithKey(handle, {KeyKind::kEd25519, KeyKind::kSecp256k1}, [&](KeyKind kind, const uint8_t* key) -> const Refusal* {
    if (kind == KeyKind::kEd25519) return Ed25519Sign(key, message.data, message.size, signature) ? nullptr : &kFailed;
    if (message.size != kScalarSize) return &kDigestSizeWrong;
    return Secp256k1Sign(key, message.data, message.size, signature) ? nullptr : &kFailed;
  });
}

const Refusal* Vault::Seal(double handle, const uint8_t* iv, ConstBytes aad, ConstBytes plaintext, uint8_t* result) {
  return RunWithKey(handle, {KeyKind::kAes256Gcm}, [&](KeyKind, const uint8_t* key) -> const Refusal* {
    return AesGcmSeal(key, iv, aad, plaintext, result) ? nullptr : &kFailed;
  });
}

const Refusal* Vault::Open(double handle, const uint8_t* iv, ConstBytes aad, ConstBytes sealed, uint8_t* result) {
  return RunWithKey(handle, {KeyKind::kAes256Gcm}, [&](KeyKind, const uint8_t* key) -> const Refusal* {
    return AesGcmOpen(key, iv, aad, sealed, result) ? nullptr : &kNotOpened;
  });
}

const Refusal* Vault::Reveal(double handle, uint8_t* result) {
  const std::initializer_list<KeyKind> any = {KeyKind::kEd25519, KeyKind::kSecp256k1, KeyKind::kAes256Gcm};
  return RunWithKey(handle, any, [&](KeyKind, const uint8_t* key) -> const Refusal* {
    std::memcpy(result, key, kPrivateKeySize);
    return nullptr;
  });
}

const Refusal* Vault::ImportFromIntake(KeyKind kind, size_t size, NewKey* result) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (Interrupted()) return &kInterrupted;
  if (seed_size_ == 0) return &kVaultLocked;
  if (size != kPrivateKeySize) return &kKeyWrong;
  return RunIntoSlot(kind, result, [&](ExtendedKey* made) -> const Refusal* {
    std::memcpy(made->key, intake()->phrase, kPrivateKeySize);
    return kind == KeyKind::kSecp256k1 && !IsSecp256k1Key(made->key) ? &kKeyWrong : nullptr;
  });
}

}  // namespace keyslot
