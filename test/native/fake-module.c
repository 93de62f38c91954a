/*
 * A PKCS#11 module that has only C_Login. It writes to the file in FAKE_LOG what it was given, but of the PIN only the length, a hash
 * (FNV-1a, 64 bit) and whether its page is locked; and with which OpenSSL it was bound.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned long CK_ULONG;
typedef CK_ULONG (*function)();

struct function_list {
  unsigned char version[2];
  function functions[68];
};

/* libcrypto has this name, too, and Node exports it. Without RTLD_DEEPBIND the call below goes to Node's. */
__attribute__((visibility("default"))) unsigned long OpenSSL_version_num(void) { return 0x42; }

static int is_locked(const void *address) {
  char line[512];
  int inside = 0;
  int locked = 0;
  FILE *maps = fopen("/proc/self/smaps", "r");
  while (maps != NULL && fgets(line, sizeof(line), maps) != NULL) {
    uintptr_t from, to;
    if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &from, &to) == 2) inside = (uintptr_t)address >= from && (uintptr_t)address < to;
    if (inside && strncmp(line, "VmFlags:", 8) == 0) locked = strstr(line, " lo ") != NULL;
  }
  if (maps != NULL) fclose(maps);
  return locked;
}

static CK_ULONG login(CK_ULONG session, CK_ULONG user_type, unsigned char *pin, CK_ULONG length) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (CK_ULONG i = 0; i < length; i++) hash = (hash ^ pin[i]) * 0x100000001b3u;
  FILE *log = fopen(getenv("FAKE_LOG"), "w");
  fprintf(log, "{\"session\":\"%lx\",\"userType\":%lu,\"length\":%lu,\"hash\":\"%016" PRIx64 "\",\"locked\":%d,\"openssl\":\"%lx\"}", session,
          user_type, length, hash, is_locked(pin), OpenSSL_version_num());
  fclose(log);
  return user_type == 2 ? 0xA0 : 0;
}

static struct function_list list = {{2, 40}, {0}};

__attribute__((visibility("default"))) CK_ULONG C_GetFunctionList(struct function_list **result) {
  list.functions[18] = (function)login;
  *result = &list;
  return 0;
}
