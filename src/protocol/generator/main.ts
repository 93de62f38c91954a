/** `npm run generate`: writes codecs and schema from the tables of operations. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitTarget } from './emit.js';
import { targets } from './targets.js';

const root = process.cwd();
for (const target of targets) {
  for (const { path, text } of await emitTarget(target, root)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${path}\n`);
  }
}
