/** The decryptor in Python that docs/vault.md gives, and the Python to run it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** From `dist/test/vault`. */
export const page = readFileSync(fileURLToPath(new URL('../../../docs/vault.md', import.meta.url)), 'utf8');
export const [, pythonDecryptor = ''] = /^```python\n(.*?)^```$/ms.exec(page) ?? [];

const has = (command: string) => spawnSync(command, ['-c', 'import cryptography.hazmat.primitives.ciphers.aead']).status === 0;

/** Undefined where there is none with the package that it needs, and none can be installed. */
export function findPython(): string | undefined {
  const found = () => ['/usr/bin/python3', 'python3'].find(has);
  if (found() !== undefined || process.getuid?.() !== 0) return found();
  spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', 'python3-cryptography']);
  return found();
}
