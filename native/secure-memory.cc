#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include "addon.h"
#include "arguments.h"
#include "descriptor.h"
#include "locked-region.h"

namespace keyslot {

namespace {

// Marks objects that really wrap a SecureMemory; a changed prototype can't forge it.
constexpr napi_type_tag kSecureMemoryTag = {0x6b65'7973'6c6f'7400, 0x7365'6375'7265'0001};

constexpr size_t kFirstRead = 4096;

/** Whether two strings of bytes are equal, in a time that depends on the length only. */
bool EqualInConstantTime(const uint8_t* left, const uint8_t* right, size_t size) {
  volatile uint8_t difference = 0;
  for (size_t i = 0; i < size; i++) difference = static_cast<uint8_t>(difference | (left[i] ^ right[i]));
  return difference == 0;
}

/** What an ArrayBuffer over a region holds until its finalizer runs. */
struct ViewHold {
  std::shared_ptr<LockedRegion> region;
};

void ReleaseHold(napi_env, void*, void* hint) { delete static_cast<ViewHold*>(hint); }

/** Whether JavaScript may still run. Not so when its thread is being terminated; Node 20 then aborts on an attempt to detach. */
bool CanRun(napi_env env) {
  napi_value probe;
  return napi_create_object(env, &probe) == napi_ok && napi_object_freeze(env, probe) == napi_ok;
}

enum class Closed {
  kDetached,
  kMoved,  // The callee has transferred the memory to an ArrayBuffer of its own, which can't be detached any more.
  kStuck,  // JavaScript was stopped; the ArrayBuffer lives until it is collected.
};

/** A Uint8Array over a region that can be cut off. */
class View {
 public:
  /** False where the runtime has no external buffers; nothing is left behind then. */
  bool Open(napi_env env, const std::shared_ptr<LockedRegion>& region) {
    hold_ = new ViewHold{region};
    if (napi_create_external_arraybuffer(env, region->data(), region->size(), ReleaseHold, hold_, &buffer_) != napi_ok) {
      delete hold_;
      return false;
    }
    return napi_create_typedarray(env, napi_uint8_array, region->size(), buffer_, 0, &array_) == napi_ok;
  }

  napi_value array() const { return array_; }

  Closed Close(napi_env env) {
    bool detached = false;
    if (napi_is_detached_arraybuffer(env, buffer_, &detached) != napi_ok || detached) return Closed::kMoved;
    if (napi_detach_arraybuffer(env, buffer_) != napi_ok) return Closed::kStuck;
    // Dropped now and not by the finalizer, which runs a tick later: a loop without ticks would use up the memory that may be locked.
    hold_->region.reset();
    return Closed::kDetached;
  }

 private:
  ViewHold* hold_ = nullptr;
  napi_value buffer_ = nullptr;
  napi_value array_ = nullptr;
};

void ThrowDisposed(Napi::Env env) { Throw(env, "INVALID_OPERATION", "the secure buffer was disposed"); }

/** The native half of SecureBuffer: new SecureMemory(size, requireLock). */
class SecureMemory : public Napi::ObjectWrap<SecureMemory> {
 public:
  /** Whether the value wraps one; `bytes` are null where it was disposed. */
  static bool IsSecure(const Napi::Value& value, Bytes* bytes) {
    if (!value.IsObject() || !value.As<Napi::Object>().CheckTypeTag(&kSecureMemoryTag)) return false;
    const SecureMemory* memory = Unwrap(value.As<Napi::Object>());
    // The first where this thread was terminated just now.
    *bytes = memory == nullptr || memory->region_ == nullptr ? Bytes() : Bytes{memory->region_->data(), memory->region_->size()};
    return true;
  }

  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "SecureMemory",
                       {StaticMethod<&SecureMemory::FromFile>("fromFile"), InstanceAccessor<&SecureMemory::Size>("size"),
                        InstanceAccessor<&SecureMemory::Locked>("locked"), InstanceMethod<&SecureMemory::Use>("use"),
                        InstanceMethod<&SecureMemory::Equals>("equals"), InstanceMethod<&SecureMemory::Zeroize>("zeroize"),
                        InstanceMethod<&SecureMemory::Dispose>("dispose")});
  }

  explicit SecureMemory(const Napi::CallbackInfo& info) : Napi::ObjectWrap<SecureMemory>(info) {
    info.This().As<Napi::Object>().TypeTag(&kSecureMemoryTag);
    if (info[0].IsExternal()) {
      Adopt(info.Env(), std::move(*info[0].As<Napi::External<std::unique_ptr<LockedRegion>>>().Data()));
      return;
    }
    int32_t size = 0;
    if (!ReadInteger(info, 0, &size)) return;
    AllocationFailure failure;
    auto region = LockedRegion::Allocate(static_cast<size_t>(std::max(size, 1)), IsTrue(info, 1), &failure);
    if (region == nullptr) {
      Throw(info.Env(), failure.code, failure.message);
      return;
    }
    Adopt(info.Env(), std::move(region));
  }

  void Finalize(Napi::Env env) override { Release(env); }

 private:
  void Adopt(Napi::Env env, std::unique_ptr<LockedRegion> region) {
    size_ = region->size();
    region_ = std::move(region);
    Napi::MemoryManagement::AdjustExternalMemory(env, static_cast<int64_t>(region_->mapped_bytes()));
  }

  void Release(Napi::Env env) {
    if (region_ == nullptr) return;
    Napi::MemoryManagement::AdjustExternalMemory(env, -static_cast<int64_t>(region_->mapped_bytes()));
    region_->Wipe();
    region_.reset();
  }

  bool Usable(Napi::Env env) const {
    if (region_ == nullptr) ThrowDisposed(env);
    return region_ != nullptr;
  }

  /** fromFile(descriptor, maxSize) */
  static Napi::Value FromFile(const Napi::CallbackInfo& info);

  Napi::Value Size(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), static_cast<double>(size_)); }

  Napi::Value Locked(const Napi::CallbackInfo& info) {
    return Napi::Boolean::New(info.Env(), region_ != nullptr && region_->locked());
  }

  /** use(callee): what callee(view) gives. */
  Napi::Value Use(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    if (!Usable(env)) return env.Undefined();
    if (!info[0].IsFunction()) return Throw(env, "INVALID_ARGUMENT", "use must be a function", "use");
    // Kept here too: the callee may dispose this buffer while it looks at it.
    std::shared_ptr<LockedRegion> region = region_;
    View view;
    if (!view.Open(env, region)) {
      if (env.IsExceptionPending()) return env.Undefined();
      return Throw(env, "UNSUPPORTED_OPERATION", "this JavaScript runtime does not allow buffers outside its own heap");
    }
    napi_value argument = view.array();
    napi_value result = nullptr;
    if (napi_call_function(env, env.Undefined(), info[0], 1, &argument, &result) == napi_ok) {
      if (CloseView(env, &view, region.get()) == Closed::kDetached) return Napi::Value(env, result);
      return Throw(env, "INVALID_OPERATION", "the bytes of a secure buffer were transferred; it was wiped and disposed", "use");
    }
    napi_value thrown = nullptr;
    napi_get_and_clear_last_exception(env, &thrown);
    if (CloseView(env, &view, region.get()) != Closed::kStuck) napi_throw(env, thrown);
    return env.Undefined();
  }

  /** Fails closed: where a view can't be cut off the buffer is disposed, and the view, maybe in another thread, sees zeros. */
  Closed CloseView(Napi::Env env, View* view, LockedRegion* region) {
    const Closed closed = CanRun(env) ? view->Close(env) : Closed::kStuck;
    if (closed == Closed::kDetached) return closed;
    if (closed == Closed::kMoved) region->KeepMapped();
    Release(env);
    return closed;
  }

  /** equals(SecureMemory or Uint8Array) */
  Napi::Value Equals(const Napi::CallbackInfo& info) {
    Napi::Env env = info.Env();
    if (!Usable(env)) return env.Undefined();
    Bytes other;
    if (!ReadSecretBytes(info, 0, &other)) return env.Undefined();
    const bool equal = other.size == size_ && EqualInConstantTime(region_->data(), other.data, size_);
    return Napi::Boolean::New(env, equal);
  }

  void Zeroize(const Napi::CallbackInfo&) {
    if (region_ != nullptr) region_->Wipe();
  }

  void Dispose(const Napi::CallbackInfo& info) { Release(info.Env()); }

  std::shared_ptr<LockedRegion> region_;
  size_t size_ = 0;
};

Napi::Value ReadFailed(Napi::Env env, int error) {
  return Throw(env, "INVALID_ARGUMENT", "the descriptor can't be read: " + SystemMessage(error), "descriptor");
}

/** Grows in locked memory, so that a small file needs little of it however large `max_size` is. */
std::unique_ptr<LockedRegion> ReadFile(Napi::Env env, int descriptor, size_t max_size, size_t* filled) {
  AllocationFailure failure;
  std::unique_ptr<LockedRegion> region;
  const size_t limit = max_size + 1;
  *filled = 0;
  for (size_t capacity = std::min(kFirstRead, limit);; capacity = std::min(capacity * 2, limit)) {
    auto larger = LockedRegion::Allocate(capacity, true, &failure);
    if (larger == nullptr) {
      Throw(env, failure.code, failure.message);
      return nullptr;
    }
    if (region != nullptr) std::memcpy(larger->data(), region->data(), *filled);
    region = std::move(larger);
    const ssize_t count = ReadToEnd(descriptor, region->data() + *filled, capacity - *filled);
    if (count < 0) {
      ReadFailed(env, errno);
      return nullptr;
    }
    *filled += static_cast<size_t>(count);
    if (*filled < capacity || capacity == limit) return region;
  }
}

Napi::Value SecureMemory::FromFile(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  int32_t descriptor = -1;
  int32_t max_size = 0;
  if (!ReadInteger(info, 0, &descriptor) || !ReadInteger(info, 1, &max_size)) return env.Undefined();
  size_t filled = 0;
  auto contents = ReadFile(env, descriptor, static_cast<size_t>(std::max(max_size, 1)), &filled);
  if (contents == nullptr) return env.Undefined();
  if (filled == 0) return Throw(env, "INVALID_ARGUMENT", "there is nothing to read from the descriptor", "descriptor");
  if (filled > static_cast<size_t>(max_size)) {
    return Throw(env, "INVALID_ARGUMENT", "the descriptor holds more than " + std::to_string(max_size) + " bytes", "descriptor");
  }
  AllocationFailure failure;
  auto exact = LockedRegion::Allocate(filled, true, &failure);
  if (exact == nullptr) return Throw(env, failure.code, failure.message);
  std::memcpy(exact->data(), contents->data(), filled);
  return env.GetInstanceData<Addon>()->secure_memory.New({Napi::External<std::unique_ptr<LockedRegion>>::New(env, &exact)});
}

}  // namespace

bool ReadSecretBytes(const Napi::CallbackInfo& info, size_t index, Bytes* bytes) {
  if (!SecureMemory::IsSecure(info[index], bytes)) return ReadBytes(info, index, bytes);
  if (bytes->data == nullptr) ThrowDisposed(info.Env());
  return bytes->data != nullptr;
}

void ExportSecureMemory(Napi::Env env, Napi::Object exports) {
  Napi::Function constructor = SecureMemory::Define(env);
  env.GetInstanceData<Addon>()->secure_memory = Napi::Persistent(constructor);
  exports.Set("SecureMemory", constructor);
}

}  // namespace keyslot
