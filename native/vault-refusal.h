#pragma once

namespace keyslot {

/** Why the vault does not do something: a KeyslotError's code, message and field (or null). None of it depends on a secret. */
struct Refusal {
  const char* code;
  const char* message;
  const char* field;
};

// Where a function gives a `const Refusal*`, null means that it did what it should.

inline constexpr Refusal kVaultLocked = {"VAULT_LOCKED", "the vault is locked", nullptr};
inline constexpr Refusal kAlreadyUnlocked = {"VAULT_ALREADY_UNLOCKED", "the vault is unlocked already", nullptr};
inline constexpr Refusal kIntakeBusy = {"INVALID_OPERATION", "the vault is reading or writing a phrase or key already", nullptr};
inline constexpr Refusal kInterrupted = {"OPERATION_CANCELLED", "the vault was locked meanwhile", nullptr};
inline constexpr Refusal kTimedOut = {"OPERATION_TIMED_OUT", "the descriptor was not ready in time", nullptr};
inline constexpr Refusal kMnemonicInvalid = {"MNEMONIC_INVALID", "this is no phrase of BIP39", nullptr};
inline constexpr Refusal kPassphraseTooLong = {"INVALID_ARGUMENT", "the passphrase is too long", "passphrase"};
inline constexpr Refusal kSeedSizeWrong = {"INVALID_ARGUMENT", "a seed has 16 to 64 bytes", "seed"};
inline constexpr Refusal kKeyWrong = {"INVALID_ARGUMENT", "this is no private key of 32 bytes of that kind", "key"};
inline constexpr Refusal kUnreadable = {"INVALID_ARGUMENT", "the descriptor can't be read", "descriptor"};
inline constexpr Refusal kPhraseUnreadable = {kUnreadable.code, kUnreadable.message, "phrase"};
inline constexpr Refusal kPassphraseUnreadable = {kUnreadable.code, kUnreadable.message, "passphrase"};
inline constexpr Refusal kUnwritable = {"OPERATION_FAILED", "the descriptor can't be written", "descriptor"};
inline constexpr Refusal kPathNotHardened = {"DERIVATION_PATH_INVALID", "Ed25519 has keys at hardened indices only (SLIP-0010)", "path"};
inline constexpr Refusal kNoKeyThere = {"KEY_DERIVATION_FAILED", "there is no key at this path (BIP32: take the next index)", "path"};
/** Never the one above: whoever takes the next index then has another key than next time. */
inline constexpr Refusal kNotDerived = {"OPERATION_FAILED", "the key could not be derived: OpenSSL's heap for secrets may be full", nullptr};
inline constexpr Refusal kFull = {"QUOTA_EXCEEDED", "the vault holds as many keys as it can: drop one", nullptr};
inline constexpr Refusal kUnknownHandle = {"INVALID_OPERATION", "the key was dropped", "handle"};
inline constexpr Refusal kWrongKind = {"INCOMPATIBLE_KEY_TYPE", "a key of this kind can't do that", "handle"};
inline constexpr Refusal kDigestSizeWrong = {"INVALID_ARGUMENT", "ECDSA signs a digest of 32 bytes", "message"};
inline constexpr Refusal kNotOpened = {"OPERATION_FAILED", "the data can't be opened: another key, iv or additional data, or it was changed", nullptr};
inline constexpr Refusal kFailed = {"OPERATION_FAILED", "the operation failed", nullptr};
inline constexpr Refusal kNoMemory = {"ALLOCATION_FAILED", "no memory for the operation", nullptr};

}  // namespace keyslot
