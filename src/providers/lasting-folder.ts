/** Folders whose names outlast a power loss: the files in a folder are worth nothing without it. */
import { closeSync, constants, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Makes the names in a folder last. @throws errors of the file system */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes a folder for its owner alone, and what is missing above it; all of it lasts when this returns. @throws errors of the file system */
export function makeLastingFolder(path: string): void {
  const last = resolve(path);
  const first = mkdirSync(last, { mode: 0o700, recursive: true });
  if (first === undefined) return;
  for (let at = last; at.length >= first.length; at = dirname(at)) syncFolder(dirname(at));
}
