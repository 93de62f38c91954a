#!/bin/sh
# The scan of the daemon against a build that leaks: fails unless the scan finds the one copy of the seed that the addon makes there.
# Needs the compiled tests (npm run build) and root. The usual build is left alone.
set -eu

project=$(cd "$(dirname "$0")/.." && pwd)
copy=${KEYSLOT_LEAK_FOLDER:-$project/build/leak}

rm -rf "$copy"
mkdir -p "$copy/dist"
cd "$project"
cp -r native binding.gyp package.json "$copy"
cp -r dist/src dist/softhsm dist/test "$copy/dist"
ln -s "$project/node_modules" "$copy/node_modules"

cd "$copy"
JOBS=max npm run build:native --silent -- -- -Dleak=1

status=0
found=$(node dist/test/memory/scan-daemon-main.js --scenario ordinary --json) || status=$?
if [ "$status" = 1 ] && printf '%s\n' "$found" | grep '"moment":"locked"' | grep -q '"secret":"seed"'; then
  echo 'the leak was found'
else
  printf '%s\n' "$found"
  echo "a build that leaks the seed was not found out (exit status $status)" >&2
  exit 1
fi
