/** flatc, its C++ header and its Python package from Debian, with which this project's bytes are checked. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const packages = ['flatbuffers-compiler', 'libflatbuffers-dev', 'python3-flatbuffers', 'g++'];
/** The system's Python, which is the one that Debian's package belongs to. */
export const python = '/usr/bin/python3';

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function complete(): boolean {
  return (
    works('flatc', '--version') &&
    works('g++', '--version') &&
    existsSync('/usr/include/flatbuffers/flatbuffers.h') &&
    works(python, '-c', 'import flatbuffers')
  );
}

/** Installs what is missing where that is allowed; the reason when the tools can't be had. */
export function missingTools(): string | undefined {
  if (complete()) return undefined;
  const wanted = `needs ${packages.join(', ')}: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0) return wanted;
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (!works('apt-get', ...install) && works('apt-get', 'update')) works('apt-get', ...install);
  return complete() ? undefined : wanted;
}
