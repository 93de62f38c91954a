#include "bytes-job.h"

#include <cstring>
#include <utility>

#include "addon.h"

namespace keyslot {

namespace {

constexpr const char* kNoRoomCode = "ALLOCATION_FAILED";
constexpr const char* kNoRoom = "no memory for the result";

/**
 * A job on its way through the thread pool. Plain Node-API: its thread may be terminated at any time, every call into JavaScript then
 * fails, and node-addon-api ends the process on that.
 */
class QueuedJob {
 public:
  explicit QueuedJob(std::unique_ptr<BytesJob> job) : job_(std::move(job)) {}

  /** The promise; null on failure. Deletes itself when it is settled. */
  static napi_value Queue(napi_env env, std::unique_ptr<QueuedJob> queued) {
    napi_value name = nullptr;
    napi_value promise = nullptr;
    if (napi_create_string_utf8(env, "keyslot", NAPI_AUTO_LENGTH, &name) != napi_ok) return nullptr;
    if (napi_create_async_work(env, nullptr, name, Execute, Complete, queued.get(), &queued->work_) != napi_ok) return nullptr;
    if (napi_create_promise(env, &queued->deferred_, &promise) != napi_ok || napi_queue_async_work(env, queued->work_) != napi_ok) {
      napi_delete_async_work(env, queued->work_);
      return nullptr;
    }
    // Complete deletes it from here on.
    static_cast<void>(queued.release());
    return promise;
  }

 private:
  static void Execute(napi_env, void* data) {
    const CleanErrorQueue clean;
    auto* queued = static_cast<QueuedJob*>(data);
    queued->done_ = queued->job_->Run(&queued->result_);
  }

  static void Complete(napi_env env, napi_status, void* data) {
    const std::unique_ptr<QueuedJob> queued(static_cast<QueuedJob*>(data));
    napi_delete_async_work(env, queued->work_);
    queued->Settle(env);
  }

  /** Where JavaScript can't run any more nobody waits for the promise either. */
  void Settle(napi_env env) {
    napi_value bytes = done_ ? ToUint8Array(env, result_) : nullptr;
    if (bytes != nullptr) {
      napi_resolve_deferred(env, deferred_, bytes);
      return;
    }
    napi_value reason = nullptr;
    bool pending = false;
    if (napi_is_exception_pending(env, &pending) == napi_ok && pending) {
      napi_get_and_clear_last_exception(env, &reason);
    } else if (done_) {
      // The job has no failure to tell of.
      reason = MakeError(env, kNoRoomCode, kNoRoom);
    } else {
      reason = MakeError(env, job_->Code(), job_->Failure(), job_->Field());
    }
    if (reason != nullptr) napi_reject_deferred(env, deferred_, reason);
  }

  const std::unique_ptr<BytesJob> job_;
  napi_async_work work_ = nullptr;
  napi_deferred deferred_ = nullptr;
  WipedBytes result_;
  bool done_ = false;
};

}  // namespace

napi_value ToUint8Array(napi_env env, const WipedBytes& bytes) {
  void* data = nullptr;
  napi_value buffer = nullptr;
  napi_value array = nullptr;
  if (napi_create_arraybuffer(env, bytes.size(), &data, &buffer) != napi_ok) return nullptr;
  if (bytes.size() > 0) std::memcpy(data, bytes.data(), bytes.size());
  if (napi_create_typedarray(env, napi_uint8_array, bytes.size(), buffer, 0, &array) != napi_ok) return nullptr;
  return array;
}

Napi::Value RunJob(Napi::Env env, std::unique_ptr<BytesJob> job) {
  const CleanErrorQueue clean;
  WipedBytes result;
  if (!job->Run(&result)) return Throw(env, job->Code(), job->Failure(), job->Field());
  const napi_value bytes = ToUint8Array(env, result);
  if (bytes != nullptr || env.IsExceptionPending()) return Napi::Value(env, bytes);
  return Throw(env, kNoRoomCode, kNoRoom);
}

Napi::Value QueueJob(Napi::Env env, std::unique_ptr<BytesJob> job) {
  const napi_value promise = QueuedJob::Queue(env, std::make_unique<QueuedJob>(std::move(job)));
  if (promise != nullptr || env.IsExceptionPending()) return Napi::Value(env, promise);
  return Throw(env, "ALLOCATION_FAILED", "the work could not be queued");
}

}  // namespace keyslot
