/*
 * A small addon for the tests: what JavaScript can't do, done to the product's real memory. It declares the few stable functions of
 * Node-API that it uses, so that it builds without Node's headers.
 */
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct env_ *napi_env;
typedef struct value_ *napi_value;
typedef struct info_ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env, napi_callback_info);

extern int napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
extern int napi_get_typedarray_info(napi_env, napi_value, int *, size_t *, void **, napi_value *, size_t *);
extern int napi_get_value_int32(napi_env, napi_value, int32_t *);
extern int napi_create_double(napi_env, double, napi_value *);
extern int napi_create_function(napi_env, const char *, size_t, napi_callback, void *, napi_value *);
extern int napi_set_named_property(napi_env, napi_value, const char *, napi_value);

struct arguments {
  uint8_t *data;
  size_t length;
  int32_t number;
};

static struct arguments read_arguments(napi_env env, napi_callback_info info) {
  struct arguments result = {NULL, 0, 0};
  napi_value values[2];
  size_t count = 2;
  int type;
  napi_get_cb_info(env, info, &count, values, NULL, NULL);
  napi_get_typedarray_info(env, values[0], &type, &result.length, (void **)&result.data, NULL, NULL);
  if (count > 1) napi_get_value_int32(env, values[1], &result.number);
  return result;
}

static napi_value number(napi_env env, double value) {
  napi_value result = NULL;
  napi_create_double(env, value, &result);
  return result;
}

/* addressOf(bytes) */
static napi_value address_of(napi_env env, napi_callback_info info) {
  return number(env, (double)(uintptr_t)read_arguments(env, info).data);
}

/* peek(bytes, offset): the byte at any offset, before, inside or after */
static napi_value peek(napi_env env, napi_callback_info info) {
  struct arguments given = read_arguments(env, info);
  return number(env, ((volatile uint8_t *)given.data)[given.number]);
}

/* sumInForkedChild(bytes): what a forked child finds there, all bytes or-ed; 256 + signal when it was killed */
static napi_value sum_in_forked_child(napi_env env, napi_callback_info info) {
  struct arguments given = read_arguments(env, info);
  pid_t child = fork();
  if (child == 0) {
    uint8_t seen = 0;
    for (size_t i = 0; i < given.length; i++) seen |= given.data[i];
    _exit(seen);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return number(env, WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status));
}

/* forkPaused(): the pid of a forked child that does nothing for half a minute */
static napi_value fork_paused(napi_env env, napi_callback_info info) {
  (void)info;
  pid_t child = fork();
  if (child == 0) {
    sleep(30);
    _exit(0);
  }
  return number(env, (double)child);
}

/* dieOfSigpipe(): Node ignores SIGPIPE; after this it is deadly, as it is for a program that embeds Node */
static napi_value die_of_sigpipe(napi_env env, napi_callback_info info) {
  (void)info;
  signal(SIGPIPE, SIG_DFL);
  return number(env, 0);
}

static void export(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value function = NULL;
  napi_create_function(env, name, (size_t)-1, callback, NULL, &function);
  napi_set_named_property(env, exports, name, function);
}

__attribute__((visibility("default"))) int32_t node_api_module_get_api_version_v1(void) { return 8; }

__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  export(env, exports, "addressOf", address_of);
  export(env, exports, "peek", peek);
  export(env, exports, "sumInForkedChild", sum_in_forked_child);
  export(env, exports, "dieOfSigpipe", die_of_sigpipe);
  export(env, exports, "forkPaused", fork_paused);
  return exports;
}
