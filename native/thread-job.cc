#include "thread-job.h"

#include <pthread.h>
#include <signal.h>

#include <cstring>
#include <utility>

#include "addon.h"
#include "bytes-job.h"

namespace keyslot {

namespace {

/** Plain Node-API, as in bytes-job.cc: JavaScript may be at its end whenever this comes back to it. */
class ThreadJob {
 public:
  ThreadJob(std::shared_ptr<Vault> vault, ThreadWork work) : vault_(std::move(vault)), work_(std::move(work)) {}
  ~ThreadJob() {
    if (!running_) vault_->EndIntake();
  }
  ThreadJob(const ThreadJob&) = delete;
  ThreadJob& operator=(const ThreadJob&) = delete;

  /** The promise; null on failure. Belongs to its function from then on, which deletes it. */
  static napi_value Start(napi_env env, std::unique_ptr<ThreadJob> job) {
    napi_value name = nullptr;
    napi_value promise = nullptr;
    if (napi_create_string_utf8(env, "keyslot", NAPI_AUTO_LENGTH, &name) != napi_ok) return nullptr;
    if (napi_create_promise(env, &job->deferred_, &promise) != napi_ok) return nullptr;
    if (napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, job.get(), Finalize, job.get(), Settle, &job->function_) != napi_ok) {
      return nullptr;
    }
    ThreadJob* started = job.release();
    started->running_ = StartQuietly(started);
    if (started->running_) return promise;
    napi_release_threadsafe_function(started->function_, napi_tsfn_abort);
    return nullptr;
  }

 private:
  /** Signals go to the threads that expect them. */
  static bool StartQuietly(ThreadJob* job) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const bool started = pthread_create(&job->thread_, nullptr, Run, job) == 0;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return started;
  }

  static void* Run(void* data) {
    auto* job = static_cast<ThreadJob*>(data);
    {
      const CleanErrorQueue clean;
      job->refusal_ = job->work_(&job->result_);
    }
    job->vault_->EndIntake();
    // When it is closing already the call has released it, too.
    const napi_threadsafe_function function = job->function_;
    if (napi_call_threadsafe_function(function, nullptr, napi_tsfn_nonblocking) == napi_ok) {
      napi_release_threadsafe_function(function, napi_tsfn_release);
    }
    return nullptr;
  }

  static void Settle(napi_env env, napi_value, void* context, void*) {
    if (env == nullptr) return;
    auto* job = static_cast<ThreadJob*>(context);
    job->settled_ = true;
    napi_value value = job->refusal_ == nullptr ? ToUint8Array(env, job->result_) : nullptr;
    if (value != nullptr) {
      napi_resolve_deferred(env, job->deferred_, value);
      return;
    }
    const Refusal& refusal = job->refusal_ == nullptr ? kNoMemory : *job->refusal_;
    bool pending = false;
    if (napi_is_exception_pending(env, &pending) == napi_ok && pending) {
      napi_get_and_clear_last_exception(env, &value);
    } else {
      value = MakeError(env, refusal.code, refusal.message, refusal.field);
    }
    if (value != nullptr) napi_reject_deferred(env, job->deferred_, value);
  }

  static void Finalize(napi_env, void* data, void*) {
    const std::unique_ptr<ThreadJob> job(static_cast<ThreadJob*>(data));
    if (!job->running_) return;
    // The work may be going on: it is the environment that ends.
    if (!job->settled_) job->vault_->Lock();
    pthread_join(job->thread_, nullptr);
  }

  const std::shared_ptr<Vault> vault_;
  const ThreadWork work_;
  napi_deferred deferred_ = nullptr;
  napi_threadsafe_function function_ = nullptr;
  pthread_t thread_ = {};
  bool running_ = false;
  bool settled_ = false;
  WipedBytes result_;
  const Refusal* refusal_ = nullptr;
};

}  // namespace

Napi::Value ThrowRefusal(Napi::Env env, const Refusal& refusal) { return Throw(env, refusal.code, refusal.message, refusal.field); }

Napi::Value StartThread(Napi::Env env, std::shared_ptr<Vault> vault, ThreadWork work) {
  const napi_value promise = ThreadJob::Start(env, std::make_unique<ThreadJob>(std::move(vault), std::move(work)));
  if (promise != nullptr || env.IsExceptionPending()) return Napi::Value(env, promise);
  return ThrowRefusal(env, kNoMemory);
}

}  // namespace keyslot
