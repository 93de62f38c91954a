/** flatc, its C++ header and its Python package from Debian, with which this project's bytes are checked. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The system's Python, which is the one that Debian's package belongs to. */
export const python = '/usr/bin/python3';

/** Debian's packages, and how to see that one is there. */
const packages = {
  'flatbuffers-compiler': () => works('flatc', '--version'),
  'libflatbuffers-dev': () => existsSync('/usr/include/flatbuffers/flatbuffers.h'),
  'python3-flatbuffers': () => works(python, '-c', 'import flatbuffers'),
  'g++': () => works('g++', '--version'),
} as const;
type Package = keyof typeof packages;

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Installs what is missing where that is allowed; the reason when the packages can't be had. */
export function missingPackages(wanted: readonly Package[]): string | undefined {
  const complete = () => wanted.every((name) => packages[name]());
  if (complete()) return undefined;
  const reason = `needs ${wanted.join(', ')}: apt-get install ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0) return reason;
  // Another test may be installing at the same time.
  const install = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...wanted];
  if (!works('apt-get', ...install) && works('apt-get', 'update')) works('apt-get', ...install);
  return complete() ? undefined : reason;
}

/** Everything that the oracles need. */
export function missingTools(): string | undefined {
  return missingPackages(Object.keys(packages) as Package[]);
}
