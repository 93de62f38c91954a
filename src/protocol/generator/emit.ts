/** From a target to the texts of its files, formatted as the project's code is. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OperationTable } from '../schema.js';
import { emitCodec } from './codec-file.js';
import { modelOf } from './model.js';
import { emitReference } from './reference.js';
import { emitSchema } from './schema-file.js';
import type { Target } from './targets.js';

export interface Emitted {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** The files of a target. `root` is the project's folder, where `dist` holds the compiled table. */
export async function emitTarget(target: Target, root: string): Promise<readonly Emitted[]> {
  const compiled = join(root, 'dist', `${target.table}.js`);
  const loaded: Record<string, unknown> = await import(pathToFileURL(compiled).href);
  const table = loaded[target.name];
  if (table === undefined) throw new Error(`${target.table} has no export ${target.name}`);
  const model = modelOf(table as OperationTable);
  const runtime = relative(dirname(target.codec), 'src/protocol');
  const files = [{ path: target.codec, text: formatted(emitCodec(model, runtime), target.codec, root) }];
  if (target.schema !== undefined) files.push({ path: target.schema, text: emitSchema(model) });
  if (target.reference !== undefined) {
    const text = readFileSync(join(root, target.reference), 'utf8');
    files.push({ path: target.reference, text: emitReference(text, model) });
  }
  return files;
}

/** @throws {Error} with the formatter's words when it refuses the text. */
function formatted(text: string, path: string, root: string): string {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], { cwd: root, input: text, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`formatting ${path} failed: ${run.stderr}`);
  return run.stdout;
}
