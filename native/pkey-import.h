#pragma once

#include "der-reader.h"
#include "openssl.h"

namespace keyslot {

/** Why a key could not be taken: a KeyslotError code and its message. */
struct ImportFailure {
  const char* code = nullptr;
  const char* message = nullptr;
};

/**
 * The key of an unencrypted PrivateKeyInfo (RFC 5208 5, RFC 5958 2): RSA of two primes, or EC on a named curve. Null with `failure`
 * filled otherwise. OpenSSL's own decoders are not used: they leave a copy of the whole DER in freed memory.
 */
PkeyPointer ImportPrivateKey(Slice der, ImportFailure* failure);

/** The key of a SubjectPublicKeyInfo (RFC 5280 4.1.2.7), RSA or EC on a named curve. Null with `failure` filled otherwise. */
PkeyPointer ImportPublicKey(Slice der, ImportFailure* failure);

}  // namespace keyslot
