#pragma once

#include <cstddef>

namespace keyslot {

/**
 * OpenSSL's own heap for secrets (CRYPTO_secure_malloc_init): numbers of EC and RSA keys and the bytes of Ed25519 keys of the whole
 * process live there from then on, node:crypto's too, and where it is full such keys can't be made. `size` is a power of two; 0 asks for
 * none. Nothing happens where the process has one already (node --secure-heap). 0, or the errno of the system that refuses to lock it.
 */
int StartSecureHeap(size_t size);

/** Whether there is one. One that this addon started counts only when it is locked. */
bool HasSecureHeap();

/** A size for this process: 4 MiB, or less so that three quarters of RLIMIT_MEMLOCK are left to others. */
size_t FittingSecureHeap();

}  // namespace keyslot
