#!/bin/sh
# Builds the addon with the address and undefined-behaviour sanitizers in a copy of the project and runs test/native there.
# Needs the compiled tests (npm run build) and gcc's libasan. Options go to vitest.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
copy=${KEYSLOT_SANITIZER_FOLDER:-$project/build/sanitizers}
runtime=$(cc -print-file-name=libasan.so)
if [ ! -e "$runtime" ]; then
  echo 'cc has no libasan.so: install the libasan package of your compiler' >&2
  exit 1
fi

rm -rf "$copy"
mkdir -p "$copy/tools" "$copy/test/fixtures"
cd "$project"
cp -r native binding.gyp package.json vitest.config.mjs dist "$copy"
cp tools/*.mjs "$copy/tools"
cp -r test/native "$copy/test"
cp -r test/fixtures/vault-vectors "$copy/test/fixtures"
ln -s "$project/node_modules" "$copy/node_modules"

cd "$copy"
npm run build:native -- --silent -- -Dsanitize=address,undefined

# The address sanitizer makes mlock do nothing; the tests want to see locked pages.
cat >mlock.c <<'SOURCE'
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>
int mlock(const void *address, size_t length) { return (int)syscall(SYS_mlock, address, length); }
SOURCE
cc -D_GNU_SOURCE -shared -fPIC -o mlock.so mlock.c

# Leaks are not looked for: V8 frees little at exit.
export ASAN_OPTIONS="detect_leaks=0:verify_asan_link_order=0:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:${UBSAN_OPTIONS:-}"
export LD_PRELOAD="$copy/mlock.so $runtime"
export KEYSLOT_SANITIZED=1
exec node "$project/node_modules/vitest/vitest.mjs" run dist/test/native "$@"
