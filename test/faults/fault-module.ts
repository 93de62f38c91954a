/** The module that fails on command, compiled once for each state of its source, and the file that commands it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Compiled tests lie below dist, their sources and packages beside it. */
function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/**
 * Path of the compiled module. Safe when several test files ask at once.
 * @throws when there is no C compiler
 */
export async function compileFaultModule(): Promise<string> {
  const project = projectFolder();
  const source = join(project, 'test/faults/pkcs11-fault-module.c');
  const mark = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = join(tmpdir(), `keyslot-fault-${process.getuid?.() ?? 0}-${mark}`);
  const target = join(folder, 'fault-module.so');
  if (existsSync(target)) return target;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(folder, 'work-'));
  const made = join(work, 'fault-module.so');
  const includes = join(project, 'node_modules/pkcs11js/includes');
  try {
    await run('cc', ['-O2', '-Wall', '-fPIC', '-shared', '-fvisibility=hidden', '-I', includes, '-o', made, source, '-ldl', '-lpthread']);
    chmodSync(made, 0o755);
    renameSync(made, target);
    return target;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** False where the module can't be compiled; tests then skip with this reason. */
export async function canCompile(): Promise<boolean> {
  return await run('cc', ['--version']).then(
    () => true,
    () => false,
  );
}
export const needsCompiler = 'needs a C compiler (cc)';

/** Rules by function: `{ C_Sign: 'hang' }`. See the module's source for what there is. */
export type FaultRules = Readonly<Record<string, string>>;

/** The file that commands one or more hosts, whose environment carries `env`. */
export class Faults {
  readonly #file: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'keyslot-faults-'));
  readonly #behind: string;

  constructor(behind: string) {
    this.#behind = behind;
    this.#file = join(this.#folder, 'rules');
    this.clear();
  }

  get env(): Record<string, string> {
    return { KEYSLOT_FAULT_MODULE: this.#behind, KEYSLOT_FAULT_FILE: this.#file };
  }

  /** Replaces the rules; the next hooked call goes by them. */
  set(rules: FaultRules): void {
    const text = Object.entries(rules).map(([name, action]) => `${name}=${action}`);
    const next = `${this.#file}.new`;
    writeFileSync(next, text.join('\n'));
    renameSync(next, this.#file);
  }
  clear(): void {
    this.set({});
  }
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
