#include <cstring>
#include <memory>
#include <utility>

#include "addon.h"
#include "arguments.h"
#include "bytes-job.h"
#include "ed25519.h"
#include "locked-region.h"
#include "secure-heap.h"
#include "thread-job.h"
#include "vault.h"
#include "waiting-descriptor.h"

namespace keyslot {

namespace {

static_assert(kEcdsaSize == kEd25519SignatureSize);

/** Work on the vault that gives bytes, for RunJob or QueueJob. Work: const Refusal* (Vault&, WipedBytes* result). */
template <typename Work>
class VaultJob : public BytesJob {
 public:
  VaultJob(std::shared_ptr<Vault> vault, Work work) : vault_(std::move(vault)), work_(std::move(work)) {}

  bool Run(WipedBytes* result) override {
    refusal_ = work_(*vault_, result);
    return refusal_ == nullptr;
  }

  const char* Failure() const override { return refusal_->message; }
  const char* Code() const override { return refusal_->code; }
  const char* Field() const override { return refusal_->field; }

 private:
  const std::shared_ptr<Vault> vault_;
  const Work work_;
  const Refusal* refusal_ = &kNoMemory;
};

/** Bytes of an argument: borrowed for work that is done at once, else copied. */
class Input {
 public:
  Input(const Bytes& bytes, bool copy) : view_{bytes.data, bytes.size} {
    if (!copy) return;
    copy_ = WipedBytes(bytes.size);
    complete_ = copy_.size() == bytes.size;
    if (complete_ && bytes.size > 0) std::memcpy(copy_.data(), bytes.data, bytes.size);
    view_ = {copy_.data(), copy_.size()};
  }

  ConstBytes view() const { return view_; }
  bool complete() const { return complete_; }

 private:
  WipedBytes copy_;
  ConstBytes view_;
  bool complete_ = true;
};

/** Bytes of `size`, or null with the refusal. */
const Refusal* MakeRoom(size_t size, WipedBytes* result) {
  *result = WipedBytes(size);
  return result->size() == size ? nullptr : &kNoMemory;
}

/** The handle as a double of this machine, then the public key. */
const Refusal* Encode(const NewKey& key, WipedBytes* result) {
  const Refusal* refusal = MakeRoom(sizeof(key.handle) + key.public_key.size, result);
  if (refusal != nullptr) return refusal;
  std::memcpy(result->data(), &key.handle, sizeof(key.handle));
  std::memcpy(result->data() + sizeof(key.handle), key.public_key.bytes.data(), key.public_key.size);
  return nullptr;
}

const char* NameOf(Protection protection) {
  switch (protection) {
    case Protection::kMemfdSecret:
      return "memfd_secret";
    case Protection::kMlock:
      return "mlock";
    case Protection::kNone:
      break;
  }
  return "none";
}

/** The native half of NativeVault: new Vault(requireLock, secretMemory, secureHeap); secureHeap -1 chooses. */
class VaultBinding : public Napi::ObjectWrap<VaultBinding> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(
        env, "Vault",
        {InstanceMethod<&VaultBinding::Status>("status"), InstanceMethod<&VaultBinding::Unlock>("unlock"),
         InstanceMethod<&VaultBinding::Generate>("generate"), InstanceMethod<&VaultBinding::ImportKey>("importKey"),
         InstanceMethod<&VaultBinding::Lock>("lock"), InstanceMethod<&VaultBinding::Dispose>("dispose"),
         InstanceMethod<&VaultBinding::Derive>("derive"), InstanceMethod<&VaultBinding::ExtendedPublic>("extendedPublicKey"),
         InstanceMethod<&VaultBinding::Drop>("drop"), InstanceMethod<&VaultBinding::GetPublicKey>("publicKey"),
         InstanceMethod<&VaultBinding::Sign>("sign"), InstanceMethod<&VaultBinding::Seal>("seal"),
         InstanceMethod<&VaultBinding::Open>("open"), InstanceMethod<&VaultBinding::Reveal>("reveal")});
  }

  explicit VaultBinding(const Napi::CallbackInfo& info) : Napi::ObjectWrap<VaultBinding>(info) {
    Vault::Options options;
    int32_t heap = -1;
    if (!ReadInteger(info, 2, &heap)) return;
    options.memory.require_lock = IsTrue(info, 0);
    options.memory.allow_memfd_secret = IsTrue(info, 1);
    options.secure_heap = heap < 0 ? FittingSecureHeap() : static_cast<size_t>(heap);
    AllocationFailure failure;
    vault_ = Vault::Create(options, &failure);
    if (vault_ == nullptr) {
      Throw(info.Env(), failure.code, failure.message);
      return;
    }
    napi_add_env_cleanup_hook(info.Env(), OnEnvironmentEnd, vault_.get());
  }

  void Finalize(Napi::Env env) override { Release(env); }

 private:
  static void OnEnvironmentEnd(void* vault) { static_cast<Vault*>(vault)->Close(); }

  void Release(Napi::Env env) {
    if (vault_ == nullptr) return;
    napi_remove_env_cleanup_hook(env, OnEnvironmentEnd, vault_.get());
    vault_->Close();
    vault_.reset();
  }

  bool Usable(Napi::Env env) const {
    if (vault_ == nullptr) Throw(env, "INVALID_OPERATION", "the vault was disposed");
    return vault_ != nullptr;
  }

  /** Does the work here, or on the thread pool and gives a promise. */
  template <typename Work>
  Napi::Value Start(Napi::Env env, bool queued, Work work) {
    if (!Usable(env)) return env.Undefined();
    auto job = std::make_unique<VaultJob<Work>>(vault_, std::move(work));
    return queued ? QueueJob(env, std::move(job)) : RunJob(env, std::move(job));
  }

  /** Begins the use of the intake; false with an exception pending. */
  bool BeginIntake(Napi::Env env, Vault::IntakeUse use) {
    if (!Usable(env)) return false;
    const Refusal* refusal = vault_->BeginIntake(use);
    if (refusal != nullptr) ThrowRefusal(env, *refusal);
    return refusal == nullptr;
  }

  static std::shared_ptr<WaitingDescriptor> CopyDescriptor(Napi::Env env, int32_t descriptor, const char* field) {
    auto copy = std::make_shared<WaitingDescriptor>();
    if (copy->Copy(descriptor)) return copy;
    Throw(env, "INVALID_ARGUMENT", "the descriptor is not open", field);
    return nullptr;
  }

  /** A phrase or passphrase: to be read, or bytes that are good until the next call into JavaScript (their size stays). */
  struct SecretInput {
    WaitingDescriptor descriptor;
    ConstBytes bytes = {};
  };

  /** A negative number is none. False with an exception pending. */
  static bool ReadSecret(const Napi::CallbackInfo& info, size_t index, const char* field, SecretInput* input) {
    Bytes bytes;
    int32_t descriptor = -1;
    if (info[index].IsNumber()) {
      if (!ReadInteger(info, index, &descriptor)) return false;
      if (descriptor < 0 || input->descriptor.Copy(descriptor)) return true;
      Throw(info.Env(), "INVALID_ARGUMENT", "the descriptor is not open", field);
      return false;
    }
    if (!ReadSecretBytes(info, index, &bytes)) return false;
    input->bytes = {bytes.data, bytes.size};
    if (bytes.size <= Intake::kLongest) return true;
    Throw(info.Env(), "INVALID_ARGUMENT", "this is too long", field);
    return false;
  }

  static WaitingDescriptor::Patience PatienceOf(const Vault& vault, double milliseconds) {
    return {vault.interrupt_descriptor(), Deadline(milliseconds)};
  }

  /** status() */
  Napi::Value Status(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    if (!Usable(env)) return env.Undefined();
    const VaultStatus status = vault_->Status();
    Napi::Object result = Napi::Object::New(env);
    result.Set("unlocked", status.unlocked);
    result.Set("protection", NameOf(status.protection));
    result.Set("lockedBytes", static_cast<double>(status.locked_bytes));
    result.Set("secureHeap", HasSecureHeap());
    result.Set("keys", static_cast<double>(status.keys));
    return result;
  }

  /** unlock(phrase, passphrase or -1, format, milliseconds), each a descriptor or bytes: a promise of no bytes; undefined where it was done at once. */
  Napi::Value Unlock(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    const auto phrase = std::make_shared<SecretInput>();
    const auto passphrase = std::make_shared<SecretInput>();
    int32_t format_number = 0;
    double milliseconds = 0;
    if (!ReadSecret(info, 0, "phrase", phrase.get()) || !ReadSecret(info, 1, "passphrase", passphrase.get())) return env.Undefined();
    if (!ReadInteger(info, 2, &format_number) || !ReadNumber(info, 3, &milliseconds)) return env.Undefined();
    if (!BeginIntake(env, Vault::IntakeUse::kUnlock)) return env.Undefined();
    const auto format = static_cast<PhraseFormat>(format_number);
    const Refusal* refusal = vault_->PutIntoIntake(phrase->bytes, passphrase->bytes);
    const bool complete = !phrase->descriptor.copied() && !passphrase->descriptor.copied();
    if (refusal == nullptr && !complete) return UnlockWhenRead(env, phrase, passphrase, format, PatienceOf(*vault_, milliseconds));
    if (refusal == nullptr) refusal = vault_->UnlockFromIntake(format, phrase->bytes.size, passphrase->bytes.size);
    vault_->EndIntake();
    return refusal == nullptr ? env.Undefined() : ThrowRefusal(env, *refusal);
  }

  Napi::Value UnlockWhenRead(Napi::Env env, const std::shared_ptr<SecretInput>& phrase, const std::shared_ptr<SecretInput>& passphrase,
                             PhraseFormat format, WaitingDescriptor::Patience patience) {
    return StartThread(env, vault_, [vault = vault_.get(), phrase, passphrase, format, patience](WipedBytes*) -> const Refusal* {
      Intake* intake = vault->intake();
      size_t phrase_size = phrase->bytes.size;
      size_t passphrase_size = passphrase->bytes.size;
      const Refusal* failed = nullptr;
      const auto read = format == PhraseFormat::kSeed ? &WaitingDescriptor::ReadAll : &WaitingDescriptor::ReadLine;
      if (phrase->descriptor.copied()) {
        failed = (phrase->descriptor.*read)(intake->phrase, sizeof(intake->phrase), patience, &phrase_size);
        if (failed == &kUnreadable) failed = &kPhraseUnreadable;
      }
      if (failed == nullptr && passphrase->descriptor.copied()) {
        failed = passphrase->descriptor.ReadLine(intake->passphrase, sizeof(intake->passphrase), patience, &passphrase_size);
        if (failed == &kUnreadable) failed = &kPassphraseUnreadable;
      }
      return failed == nullptr ? vault->UnlockFromIntake(format, phrase_size, passphrase_size) : failed;
    });
  }

  /** generate(words, descriptor, milliseconds): a promise of no bytes. */
  Napi::Value Generate(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    int32_t words = 0;
    int32_t descriptor = -1;
    double milliseconds = 0;
    if (!ReadInteger(info, 0, &words) || !ReadInteger(info, 1, &descriptor) || !ReadNumber(info, 2, &milliseconds)) return env.Undefined();
    if (!IsPhraseLength(words)) return Throw(env, "INVALID_ARGUMENT", "a phrase has 12, 15, 18, 21 or 24 words", "words");
    const auto out = CopyDescriptor(env, descriptor, "descriptor");
    if (out == nullptr || !BeginIntake(env, Vault::IntakeUse::kGenerate)) return env.Undefined();
    const auto patience = PatienceOf(*vault_, milliseconds);
    return StartThread(env, vault_, [vault = vault_.get(), out, words, patience](WipedBytes*) -> const Refusal* {
      Intake* intake = vault->intake();
      size_t size = 0;
      const Refusal* refusal = vault->GenerateIntoIntake(words, &size);
      if (refusal != nullptr) return refusal;
      intake->phrase[size] = '\n';
      return out->Write(intake->phrase, size + 1, patience);
    });
  }

  /** importKey(kind, descriptor, milliseconds): a promise of handle and public key. */
  Napi::Value ImportKey(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    int32_t kind_number = 0;
    int32_t descriptor = -1;
    double milliseconds = 0;
    if (!ReadInteger(info, 0, &kind_number) || !ReadInteger(info, 1, &descriptor) || !ReadNumber(info, 2, &milliseconds)) {
      return env.Undefined();
    }
    const auto in = CopyDescriptor(env, descriptor, "descriptor");
    if (in == nullptr || !BeginIntake(env, Vault::IntakeUse::kImport)) return env.Undefined();
    const auto kind = static_cast<KeyKind>(kind_number);
    const auto patience = PatienceOf(*vault_, milliseconds);
    return StartThread(env, vault_, [vault = vault_.get(), in, kind, patience](WipedBytes* result) -> const Refusal* {
      size_t size = 0;
      const Refusal* refusal = in->ReadAll(vault->intake()->phrase, kPrivateKeySize + 1, patience, &size);
      if (refusal != nullptr) return refusal;
      NewKey key;
      refusal = vault->ImportFromIntake(kind, size, &key);
      return refusal == nullptr ? Encode(key, result) : refusal;
    });
  }

  void Lock(const Napi::CallbackInfo&) {
    if (vault_ != nullptr) vault_->Lock();
  }

  void Dispose(const Napi::CallbackInfo& info) { Release(info.Env()); }

  /** The indices, from the bytes of a Uint32Array. */
  static bool ReadPath(const Napi::CallbackInfo& info, size_t index, Path* path) {
    Bytes bytes;
    if (!ReadBytes(info, index, &bytes)) return false;
    path->resize(bytes.size / sizeof(uint32_t));
    if (!path->empty()) std::memcpy(path->data(), bytes.data, path->size() * sizeof(uint32_t));
    return true;
  }

  /** derive(kind, path, queued): handle and public key. */
  Napi::Value Derive(const Napi::CallbackInfo& info) {
    int32_t kind = 0;
    Path path;
    if (!ReadInteger(info, 0, &kind) || !ReadPath(info, 1, &path)) return info.Env().Undefined();
    const auto work = [kind = static_cast<KeyKind>(kind), path = std::move(path)](Vault& vault, WipedBytes* result) -> const Refusal* {
      NewKey key;
      const Refusal* refusal = vault.Derive(kind, path, &key);
      return refusal == nullptr ? Encode(key, result) : refusal;
    };
    return Start(info.Env(), IsTrue(info, 2), work);
  }

  /** extendedPublicKey(path, queued): key, chain code, fingerprint of the parent, depth, index. */
  Napi::Value ExtendedPublic(const Napi::CallbackInfo& info) {
    Path path;
    if (!ReadPath(info, 0, &path)) return info.Env().Undefined();
    const auto work = [path = std::move(path)](Vault& vault, WipedBytes* result) -> const Refusal* {
      static_assert(sizeof(ExtendedPublicKey) == kPointSize + kChainCodeSize + 4 + 1 + 4);
      ExtendedPublicKey key;
      const Refusal* refusal = vault.DeriveExtendedPublic(path, &key);
      if (refusal == nullptr) refusal = MakeRoom(sizeof(key), result);
      if (refusal == nullptr) std::memcpy(result->data(), &key, sizeof(key));
      return refusal;
    };
    return Start(info.Env(), IsTrue(info, 1), work);
  }

  /** drop(handle) */
  void Drop(const Napi::CallbackInfo& info) {
    double handle = 0;
    if (ReadNumber(info, 0, &handle) && vault_ != nullptr) vault_->Drop(handle);
  }

  /** publicKey(handle) */
  Napi::Value GetPublicKey(const Napi::CallbackInfo& info) {
    double handle = 0;
    if (!ReadNumber(info, 0, &handle)) return info.Env().Undefined();
    return Start(info.Env(), false, [handle](Vault& vault, WipedBytes* result) -> const Refusal* {
      PublicKey key;
      const Refusal* refusal = vault.GetPublicKey(handle, &key);
      if (refusal == nullptr) refusal = MakeRoom(key.size, result);
      if (refusal == nullptr && key.size > 0) std::memcpy(result->data(), key.bytes.data(), key.size);
      return refusal;
    });
  }

  /** sign(handle, message, queued) */
  Napi::Value Sign(const Napi::CallbackInfo& info) {
    double handle = 0;
    Bytes message;
    if (!ReadNumber(info, 0, &handle) || !ReadBytes(info, 1, &message)) return info.Env().Undefined();
    const bool queued = IsTrue(info, 2);
    auto work = [handle, input = Input(message, queued)](Vault& vault, WipedBytes* result) -> const Refusal* {
      const Refusal* refusal = input.complete() ? MakeRoom(kEcdsaSize, result) : &kNoMemory;
      return refusal == nullptr ? vault.Sign(handle, input.view(), result->data()) : refusal;
    };
    return Start(info.Env(), queued, std::move(work));
  }

  /** What seal and open have in common: handle, iv, aad, data. */
  struct GcmInput {
    double handle;
    Input iv;
    Input aad;
    Input data;
    bool complete() const { return iv.complete() && aad.complete() && data.complete(); }
  };

  using GcmOperation = const Refusal* (Vault::*)(double, const uint8_t*, ConstBytes, ConstBytes, uint8_t*);

  /** `grows`: bytes that the result has more than the data. */
  Napi::Value StartGcm(const Napi::CallbackInfo& info, GcmOperation operation, ptrdiff_t grows) {
    double handle = 0;
    Bytes iv;
    Bytes aad;
    Bytes data;
    if (!ReadNumber(info, 0, &handle) || !ReadBytes(info, 1, &iv) || !ReadBytes(info, 2, &aad) || !ReadBytes(info, 3, &data)) {
      return info.Env().Undefined();
    }
    if (iv.size != kGcmIvSize) return ThrowRefusal(info.Env(), kFailed);
    if (grows < 0 && data.size < kGcmTagSize) return ThrowRefusal(info.Env(), kNotOpened);
    const bool queued = IsTrue(info, 4);
    GcmInput input = {handle, Input(iv, queued), Input(aad, queued), Input(data, queued)};
    auto work = [input = std::move(input), operation, grows](Vault& vault, WipedBytes* result) -> const Refusal* {
      if (!input.complete()) return &kNoMemory;
      const ConstBytes given = input.data.view();
      const Refusal* refusal = MakeRoom(static_cast<size_t>(static_cast<ptrdiff_t>(given.size) + grows), result);
      if (refusal != nullptr) return refusal;
      return (vault.*operation)(input.handle, input.iv.view().data, input.aad.view(), given, result->data());
    };
    return Start(info.Env(), queued, std::move(work));
  }

  /** seal(handle, iv, aad, plaintext, queued): ciphertext and tag. */
  Napi::Value Seal(const Napi::CallbackInfo& info) { return StartGcm(info, &Vault::Seal, kGcmTagSize); }

  /** open(handle, iv, aad, sealed, queued): the plaintext. */
  Napi::Value Open(const Napi::CallbackInfo& info) { return StartGcm(info, &Vault::Open, -static_cast<ptrdiff_t>(kGcmTagSize)); }

  /** reveal(handle): a SecureMemory of 32 bytes. */
  Napi::Value Reveal(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    double handle = 0;
    if (!ReadNumber(info, 0, &handle) || !Usable(env)) return env.Undefined();
    AllocationFailure failure;
    auto copy = LockedRegion::Allocate(kPrivateKeySize, vault_->require_lock(), &failure);
    if (copy == nullptr) return Throw(env, failure.code, failure.message);
    const Refusal* refusal = vault_->Reveal(handle, copy->data());
    if (refusal != nullptr) return ThrowRefusal(env, *refusal);
    return env.GetInstanceData<Addon>()->secure_memory.New({Napi::External<std::unique_ptr<LockedRegion>>::New(env, &copy)});
  }

  std::shared_ptr<Vault> vault_;
};

}  // namespace

void ExportVault(Napi::Env env, Napi::Object exports) { exports.Set("Vault", VaultBinding::Define(env)); }

}  // namespace keyslot
