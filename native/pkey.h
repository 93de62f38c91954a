#pragma once

#include <napi.h>

#include "openssl.h"

namespace keyslot {

/**
 * The key of an argument that is a Pkey, to be used on any thread: it lives on when the Pkey is disposed. Null with an exception pending
 * where the argument is none or is disposed.
 */
PkeyPointer SharePkey(const Napi::CallbackInfo& info, size_t index);

}  // namespace keyslot
