#pragma once

#include <napi.h>

#include <functional>
#include <memory>

#include "openssl.h"
#include "vault.h"

namespace keyslot {

/** Work for a thread of its own, because it waits for people: it owns all that it uses, and uses the vault's intake. */
using ThreadWork = std::function<const Refusal*(WipedBytes* result)>;

/**
 * Runs it and ends the use of the intake: a promise of its bytes. The event loop stays alive meanwhile. When the environment ends the
 * vault is locked, which interrupts the work, and its end is waited for.
 */
Napi::Value StartThread(Napi::Env env, std::shared_ptr<Vault> vault, ThreadWork work);

/** A KeyslotError is thrown for it; undefined. */
Napi::Value ThrowRefusal(Napi::Env env, const Refusal& refusal);

}  // namespace keyslot
