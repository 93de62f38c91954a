/** `npm run generate`: writes codecs and schema from the tables of operations. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emitAlgorithms } from './algorithms-page.js';
import { emitTarget } from './emit.js';
import { targets } from './targets.js';

const root = process.cwd();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}

for (const target of targets) {
  for (const { path, text } of await emitTarget(target, root)) write(path, text);
}
const page = 'docs/algorithms.md';
write(page, emitAlgorithms(readFileSync(join(root, page), 'utf8')));
