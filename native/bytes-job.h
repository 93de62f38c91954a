#pragma once

#include <napi.h>

#include <memory>

#include "openssl.h"

namespace keyslot {

/** Work that gives bytes and needs no JavaScript. It owns all that it uses. */
class BytesJob {
 public:
  virtual ~BytesJob() = default;
  /** On any thread. False: it failed, for a reason that is nobody's business. */
  virtual bool Run(WipedBytes* result) = 0;
  /** What failed, for the message. */
  virtual const char* Failure() const = 0;
  /** The code of the failure's error. */
  virtual const char* Code() const { return "OPERATION_FAILED"; }
  /** The argument at fault, or null. */
  virtual const char* Field() const { return nullptr; }
};

/** A copy for JavaScript. Null where there is no memory; an exception may be pending then. */
napi_value ToUint8Array(napi_env env, const WipedBytes& bytes);

/** Runs a job here and gives its bytes as a Uint8Array that belongs to the caller, or throws its failure. */
Napi::Value RunJob(Napi::Env env, std::unique_ptr<BytesJob> job);

/** Runs a job on the thread pool: a promise of the same. */
Napi::Value QueueJob(Napi::Env env, std::unique_ptr<BytesJob> job);

}  // namespace keyslot
