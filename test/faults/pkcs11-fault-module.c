/*
 * A PKCS#11 v2.40 module that stands before another one and fails on command, for tests of what happens when tokens hang, crash
 * or answer nonsense.
 *
 * KEYSLOT_FAULT_MODULE  path of the module behind it (required)
 * KEYSLOT_FAULT_FILE    file with rules, read anew at every hooked call; absent or empty: no faults
 * KEYSLOT_FAULT_RULES   rules, where there is no file
 * KEYSLOT_FAULT_LOG     when set, one line for each fault on standard error
 *
 * Rules: "FUNCTION=ACTION", separated by ";" or new lines. FUNCTION is C_Sign, C_Login … or "*"; the first rule that fits counts.
 *
 *   sleep:MS      wait, then call the module        hang       wait for ever
 *   spin:MS       burn time, then call the module   late:MS    call the module, then wait: the result exists, the answer is late
 *   abort         abort()                           segv       write to address 0
 *   exit:N        _exit(N)                          rv:0xHEX   return this CK_RV and do not call the module
 *   rvn:N:0xHEX   return it for the first N calls of this process, then call the module
 *   p:PCT:0xHEX   return it with a probability of PCT in 100
 *   badlen        call the module, then report one byte more than there is
 *   flip          call the module, then change one bit of the output
 *
 * cc -O2 -fPIC -shared -fvisibility=hidden -I node_modules/pkcs11js/includes -o fault.so pkcs11-fault-module.c -ldl -lpthread
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "pkcs11/pkcs11.h"

/* What is handed out, and what stands behind it. */
static CK_FUNCTION_LIST front;
static CK_FUNCTION_LIST_PTR behind;
static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static CK_RV load_result = CKR_OK;

enum { RULES_SIZE = 1024, ACTION_SIZE = 64, FUNCTIONS = 64 };

typedef struct {
  char action[ACTION_SIZE];
  int fits;
} verdict;

static pthread_mutex_t counter_lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
  char function[40];
  long calls;
} counters[FUNCTIONS];

static long count_call(const char *function) {
  long calls = 0;
  pthread_mutex_lock(&counter_lock);
  for (int i = 0; i < FUNCTIONS; i++) {
    if (counters[i].function[0] == 0) snprintf(counters[i].function, sizeof counters[i].function, "%s", function);
    if (strcmp(counters[i].function, function) != 0) continue;
    calls = ++counters[i].calls;
    break;
  }
  pthread_mutex_unlock(&counter_lock);
  return calls;
}

static void read_rules(char *rules) {
  rules[0] = 0;
  const char *path = getenv("KEYSLOT_FAULT_FILE");
  const char *given = getenv("KEYSLOT_FAULT_RULES");
  if (path != NULL) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    ssize_t size = read(file, rules, RULES_SIZE - 1);
    close(file);
    rules[size < 0 ? 0 : size] = 0;
  } else if (given != NULL) {
    snprintf(rules, RULES_SIZE, "%s", given);
  }
  for (char *at = rules; *at != 0; at++) {
    if (*at == '\n') *at = ';';
  }
}

static verdict judge(const char *function) {
  verdict found = {"", 0};
  char rules[RULES_SIZE];
  char *rest = NULL;
  read_rules(rules);
  for (char *rule = strtok_r(rules, ";", &rest); rule != NULL; rule = strtok_r(NULL, ";", &rest)) {
    char *equals = strchr(rule, '=');
    if (equals == NULL) continue;
    *equals = 0;
    if (strcmp(rule, "*") != 0 && strcmp(rule, function) != 0) continue;
    snprintf(found.action, sizeof found.action, "%s", equals + 1);
    found.fits = 1;
    break;
  }
  return found;
}

static void wait_ms(long ms) {
  struct timespec left = {ms / 1000, (ms % 1000) * 1000000L};
  while (nanosleep(&left, &left) < 0 && errno == EINTR) {
  }
}

static void spin_ms(long ms) {
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  do {
    clock_gettime(CLOCK_MONOTONIC, &now);
  } while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 < ms);
}

/* Does what comes before the call. 1: the call is not made, and *result is its answer. */
static int before(const char *function, const verdict *found, CK_RV *result) {
  if (!found->fits) return 0;
  const char *action = found->action;
  long number;
  unsigned long value;
  if (getenv("KEYSLOT_FAULT_LOG") != NULL) fprintf(stderr, "[fault %d] %s: %s\n", getpid(), function, action);
  if (sscanf(action, "sleep:%ld", &number) == 1) {
    wait_ms(number);
  } else if (strcmp(action, "hang") == 0) {
    for (;;) wait_ms(3600000);
  } else if (sscanf(action, "spin:%ld", &number) == 1) {
    spin_ms(number);
  } else if (strcmp(action, "abort") == 0) {
    abort();
  } else if (strcmp(action, "segv") == 0) {
    *(volatile int *)0 = 1;
  } else if (sscanf(action, "exit:%ld", &number) == 1) {
    _exit((int)number);
  } else if (sscanf(action, "rvn:%ld:%lx", &number, &value) == 2) {
    *result = value;
    return count_call(function) <= number;
  } else if (sscanf(action, "p:%ld:%lx", &number, &value) == 2) {
    *result = value;
    return random() % 100 < number;
  } else if (sscanf(action, "rv:%lx", &value) == 1) {
    *result = value;
    return 1;
  }
  return 0;
}

static void after(const verdict *found, CK_RV result, CK_BYTE_PTR output, CK_ULONG_PTR length) {
  long number;
  if (!found->fits) return;
  if (sscanf(found->action, "late:%ld", &number) == 1) wait_ms(number);
  if (result != CKR_OK || output == NULL || length == NULL || *length == 0) return;
  if (strcmp(found->action, "flip") == 0) output[0] ^= 1;
  if (strcmp(found->action, "badlen") == 0) *length += 1;
}

#define HOOK(function, parameters, arguments, output, length) \
  static CK_RV front_##function parameters {                  \
    verdict found = judge(#function);                         \
    CK_RV result;                                             \
    if (before(#function, &found, &result)) return result;    \
    result = behind->function arguments;                      \
    after(&found, result, output, length);                    \
    return result;                                            \
  }

HOOK(C_Initialize, (CK_VOID_PTR a), (a), NULL, NULL)
HOOK(C_Finalize, (CK_VOID_PTR a), (a), NULL, NULL)
HOOK(C_GetSlotList, (CK_BBOOL p, CK_SLOT_ID_PTR l, CK_ULONG_PTR n), (p, l, n), NULL, NULL)
HOOK(C_GetTokenInfo, (CK_SLOT_ID s, CK_TOKEN_INFO_PTR i), (s, i), NULL, NULL)
HOOK(C_OpenSession, (CK_SLOT_ID s, CK_FLAGS f, CK_VOID_PTR a, CK_NOTIFY n, CK_SESSION_HANDLE_PTR h), (s, f, a, n, h), NULL, NULL)
HOOK(C_CloseSession, (CK_SESSION_HANDLE s), (s), NULL, NULL)
HOOK(C_GetSessionInfo, (CK_SESSION_HANDLE s, CK_SESSION_INFO_PTR i), (s, i), NULL, NULL)
HOOK(C_Login, (CK_SESSION_HANDLE s, CK_USER_TYPE u, CK_UTF8CHAR_PTR p, CK_ULONG n), (s, u, p, n), NULL, NULL)
HOOK(C_FindObjectsInit, (CK_SESSION_HANDLE s, CK_ATTRIBUTE_PTR t, CK_ULONG n), (s, t, n), NULL, NULL)
HOOK(C_FindObjects, (CK_SESSION_HANDLE s, CK_OBJECT_HANDLE_PTR o, CK_ULONG m, CK_ULONG_PTR n), (s, o, m, n), NULL, NULL)
HOOK(C_GetAttributeValue, (CK_SESSION_HANDLE s, CK_OBJECT_HANDLE o, CK_ATTRIBUTE_PTR t, CK_ULONG n), (s, o, t, n), NULL, NULL)
HOOK(C_CreateObject, (CK_SESSION_HANDLE s, CK_ATTRIBUTE_PTR t, CK_ULONG n, CK_OBJECT_HANDLE_PTR o), (s, t, n, o), NULL, NULL)
HOOK(C_CopyObject, (CK_SESSION_HANDLE s, CK_OBJECT_HANDLE o, CK_ATTRIBUTE_PTR t, CK_ULONG n, CK_OBJECT_HANDLE_PTR c), (s, o, t, n, c), NULL,
     NULL)
HOOK(C_DestroyObject, (CK_SESSION_HANDLE s, CK_OBJECT_HANDLE o), (s, o), NULL, NULL)
HOOK(C_GenerateKey, (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_ATTRIBUTE_PTR t, CK_ULONG n, CK_OBJECT_HANDLE_PTR k), (s, m, t, n, k), NULL,
     NULL)
HOOK(C_GenerateKeyPair,
     (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_ATTRIBUTE_PTR a, CK_ULONG an, CK_ATTRIBUTE_PTR b, CK_ULONG bn, CK_OBJECT_HANDLE_PTR p,
      CK_OBJECT_HANDLE_PTR q),
     (s, m, a, an, b, bn, p, q), NULL, NULL)
HOOK(C_SignInit, (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE k), (s, m, k), NULL, NULL)
HOOK(C_Sign, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR o, CK_ULONG_PTR l), (s, d, n, o, l), o, l)
HOOK(C_SignUpdate, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n), (s, d, n), NULL, NULL)
HOOK(C_SignFinal, (CK_SESSION_HANDLE s, CK_BYTE_PTR o, CK_ULONG_PTR l), (s, o, l), o, l)
HOOK(C_VerifyInit, (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE k), (s, m, k), NULL, NULL)
HOOK(C_Verify, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR g, CK_ULONG gn), (s, d, n, g, gn), NULL, NULL)
HOOK(C_EncryptInit, (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE k), (s, m, k), NULL, NULL)
HOOK(C_Encrypt, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR o, CK_ULONG_PTR l), (s, d, n, o, l), o, l)
HOOK(C_DecryptInit, (CK_SESSION_HANDLE s, CK_MECHANISM_PTR m, CK_OBJECT_HANDLE k), (s, m, k), NULL, NULL)
HOOK(C_Decrypt, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR o, CK_ULONG_PTR l), (s, d, n, o, l), o, l)
HOOK(C_Digest, (CK_SESSION_HANDLE s, CK_BYTE_PTR d, CK_ULONG n, CK_BYTE_PTR o, CK_ULONG_PTR l), (s, d, n, o, l), o, l)
HOOK(C_GenerateRandom, (CK_SESSION_HANDLE s, CK_BYTE_PTR o, CK_ULONG n), (s, o, n), o, &n)

static void load(void) {
  const char *path = getenv("KEYSLOT_FAULT_MODULE");
  /* The module behind must bind its own libraries, not those inside node. */
  void *module = path == NULL ? NULL : dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  load_result = CKR_GENERAL_ERROR;
  if (module == NULL) {
    fprintf(stderr, "fault module: %s\n", path == NULL ? "KEYSLOT_FAULT_MODULE is not set" : dlerror());
    return;
  }
  CK_C_GetFunctionList get_list = (CK_C_GetFunctionList)dlsym(module, "C_GetFunctionList");
  if (get_list == NULL) return;
  load_result = get_list(&behind);
  if (load_result != CKR_OK) return;
  front = *behind;
  srandom((unsigned)getpid());
#define SET(function) front.function = front_##function;
  SET(C_Initialize) SET(C_Finalize) SET(C_GetSlotList) SET(C_GetTokenInfo) SET(C_OpenSession) SET(C_CloseSession)
  SET(C_GetSessionInfo) SET(C_Login) SET(C_FindObjectsInit) SET(C_FindObjects) SET(C_GetAttributeValue) SET(C_CreateObject)
  SET(C_CopyObject) SET(C_DestroyObject) SET(C_GenerateKey) SET(C_GenerateKeyPair) SET(C_SignInit) SET(C_Sign) SET(C_SignUpdate)
  SET(C_SignFinal) SET(C_VerifyInit) SET(C_Verify) SET(C_EncryptInit) SET(C_Encrypt) SET(C_DecryptInit) SET(C_Decrypt)
  SET(C_Digest) SET(C_GenerateRandom)
}

__attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  pthread_once(&loaded, load);
  if (load_result != CKR_OK) return load_result;
  if (list == NULL) return CKR_ARGUMENTS_BAD;
  front.C_GetFunctionList = C_GetFunctionList;
  *list = &front;
  return CKR_OK;
}
