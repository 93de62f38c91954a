/* Can't be loaded with RTLD_NOW: nobody has this function. */
extern int keyslot_test_function_that_nobody_has(void);
__attribute__((visibility("default"))) int C_GetFunctionList(void *list) { return list ? keyslot_test_function_that_nobody_has() : 1; }
