#include "vault.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "addon.h"
#include "secure-heap.h"

namespace keyslot {

namespace {

constexpr size_t kStackSize = size_t{64} << 10;
/** A reader that is interrupted lets go at once, unless its descriptor stops a read that the system promised. */
constexpr auto kLongestWaitForIntake = std::chrono::seconds(1);

std::atomic<bool> exists{false};

}  // namespace

Vault::Vault(std::unique_ptr<SecretArena> arena, int interrupt, bool require_lock)
    : arena_(std::move(arena)),
      stack_(arena_->segment(kStackSegment).data(), arena_->segment(kStackSegment).size()),
      interrupt_(interrupt),
      require_lock_(require_lock) {}

std::shared_ptr<Vault> Vault::Create(const Options& options, AllocationFailure* failure) {
  const auto refuse = [failure](const char* code, std::string message) {
    *failure = {code, std::move(message)};
    exists = false;
    return nullptr;
  };
  if (exists.exchange(true)) {
    *failure = {"ALREADY_INITIALIZED", "this process has a vault already, maybe in another thread"};
    return nullptr;
  }
  auto arena = SecretArena::Allocate({sizeof(Secrets), sizeof(Intake), kStackSize}, options.memory, failure);
  if (arena == nullptr) return refuse(failure->code, failure->message);
  const int heap_error = StartSecureHeap(options.secure_heap);
  if (heap_error != 0 && options.memory.require_lock) return refuse("MEMORY_NOT_LOCKED", LockRefused(options.secure_heap, heap_error));
  const int interrupt = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (interrupt < 0) return refuse("ALLOCATION_FAILED", "no descriptor for the vault: " + SystemMessage(errno));
  std::shared_ptr<Vault> vault(new Vault(std::move(arena), interrupt, options.memory.require_lock));
  // The stack stays open: it is zero between operations. This also finds out whether the system can switch stacks.
  if (!vault->arena_->segment(kStackSegment).Open() || !vault->Run([] {})) {
    *failure = {"UNSUPPORTED_OPERATION", "the vault needs makecontext (glibc): this system's C library has none"};
    return nullptr;
  }
  return vault;
}

Vault::~Vault() {
  Close();
  close(interrupt_);
}

VaultStatus Vault::Status() {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  return {seed_size_ > 0, arena_->protection(), arena_->locked_bytes(), table_.Count()};
}

bool Vault::RunInArena(void (*work)(void*), void* data) {
  const Segment& secrets = arena_->segment(kSecretsSegment);
  const bool ran = secrets.Open() && stack_.Call(work, data);
  secrets.Close();
  return ran;
}

void Vault::WipeSecrets() {
  const Segment& secrets = arena_->segment(kSecretsSegment);
  if (secrets.Open()) secrets.Wipe();
  secrets.Close();
  table_.Clear();
  seed_size_ = 0;
}

void Vault::Lock() {
  interrupted_ = true;
  const uint64_t one = 1;
  static_cast<void>(write(interrupt_, &one, sizeof(one)) == sizeof(one));
  std::unique_lock<OwnerFirstMutex> lock(mutex_);
  WipeSecrets();
  const bool free = intake_free_.wait_for(lock, kLongestWaitForIntake, [this] { return !intake_in_use_; });
  // Its user finds the rest gone, and wipes once more.
  if (!free) arena_->segment(kIntakeSegment).Wipe();
}

void Vault::Close() {
  Lock();
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  // Work that is on its way may keep this one for a moment: empty, and no obstacle to the next.
  if (!closed_) exists = false;
  closed_ = true;
}

const Refusal* Vault::BeginIntake(IntakeUse use) {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  if (closed_) return &kVaultLocked;
  if (use == IntakeUse::kUnlock && seed_size_ > 0) return &kAlreadyUnlocked;
  if (use == IntakeUse::kImport && seed_size_ == 0) return &kVaultLocked;
  if (intake_in_use_) return &kIntakeBusy;
  if (!arena_->segment(kIntakeSegment).Open()) return &kNoMemory;
  uint64_t signals = 0;
  static_cast<void>(read(interrupt_, &signals, sizeof(signals)) == sizeof(signals));
  interrupted_ = false;
  intake_in_use_ = true;
  return nullptr;
}

void Vault::EndIntake() {
  const std::lock_guard<OwnerFirstMutex> lock(mutex_);
  arena_->segment(kIntakeSegment).Wipe();
  arena_->segment(kIntakeSegment).Close();
  intake_in_use_ = false;
  intake_free_.notify_all();
}

}  // namespace keyslot
