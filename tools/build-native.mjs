// Builds the addon unless it is there, newer than its sources and loadable: `npx keyslot` in a clone installs the package once more,
// and that need not compile again.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'build/Release/keyslot.node');

function isFresh() {
  try {
    const made = statSync(built).mtimeMs;
    const sources = ['binding.gyp', ...readdirSync(join(root, 'native')).map((name) => `native/${name}`)];
    if (sources.some((name) => statSync(join(root, name)).mtimeMs > made)) return false;
    createRequire(import.meta.url)(built);
    return true;
  } catch {
    return false;
  }
}

if (!isFresh()) {
  const { status } = spawnSync('node-gyp', ['rebuild', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
