/** Vector files under paths: everything but documents and licences. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface FoundFile {
  /** Where it is. */
  readonly file: string;
  /** How it is called in reports: the path as it was given, and what lies below it. */
  readonly path: string;
}

const documents = /^(?:LICEN[CS]E|NOTICE|COPYING|README|Readme|readme|CHANGELOG)(?:\..*)?$|\.md$/;

/** Files in order of their names. `resolve` makes a given path absolute. @throws when a path is not there */
export function findFiles(paths: readonly string[], resolve: (path: string) => string): FoundFile[] {
  const found = new Map<string, FoundFile>();
  for (const path of paths) for (const one of below(resolve(path), path)) found.set(one.file, one);
  return [...found.values()];
}

function below(file: string, path: string): FoundFile[] {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) throw new Error(`there is no file or folder ${path}`);
  if (!stats.isDirectory()) return [{ file, path }];
  const names = readdirSync(file).filter((name) => !name.startsWith('.') && !documents.test(name));
  return names.sort().flatMap((name) => below(join(file, name), join(path, name)));
}
