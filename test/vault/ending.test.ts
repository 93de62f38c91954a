/** However a process ends by itself, its vault is locked before: looked at from outside at its very end. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { usualPaths } from '../../src/vault/index.js';
import { mayRead, needsRights, outside, type Residue, scanProcess } from '../memory/scan-process.js';
import { makeWallet } from '../memory/wallet.js';
import { temporaryFolder } from '../native/support.js';

// A sanitizer's shadow memory is too large to be looked at.
const sanitized = process.env.KEYSLOT_SANITIZED === '1';
const child = fileURLToPath(new URL('./ending-child.js', import.meta.url));
const folder = temporaryFolder();
afterAll(() => folder.remove());

async function stopped(pid: number): Promise<void> {
  for (;;) {
    if (/^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What of the vault's secrets lies in the memory of a process that is about to end, and how it ends then. */
async function lookAt(
  how: string,
  skip: (reason: string) => never,
  ...more: string[]
): Promise<{ residues: Residue[]; status: number | null }> {
  const { phrase, passphrase, secrets } = makeWallet({
    ed25519: [usualPaths.identity],
    aes: [usualPaths.encryption.replace('{v-2}', '0')],
    secp256k1: [usualPaths.ethereum],
  });
  const files = [phrase, passphrase].map((bytes, i) => {
    const file = join(folder.path, `${how}-${i}`);
    writeFileSync(file, bytes);
    return file;
  });
  const ending = spawn(process.execPath, [child, how, ...files, ...more], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => ending.once('close', resolve));
  const pid = ending.pid as number;
  try {
    await Promise.race([stopped(pid), ended.then(() => Promise.reject(new Error('it ended without its last listener')))]);
    if (!mayRead(pid)) skip(needsRights);
    const residues = scanProcess(pid, secrets);
    ending.kill('SIGCONT');
    return { residues, status: await ended };
  } finally {
    ending.kill('SIGKILL');
  }
}

test.skipIf(sanitized).for([
  ['returns', 0],
  ['exits', 3],
  ['throws', 1],
  ['rejects', 1],
  ['throwingExitHandler', 3],
  ['exitsInHandler', 5],
  ['exitsAtSignal', 6],
] as const)('a process that %s has locked its vault', async ([how, status], ctx) => {
  expect(await lookAt(how, ctx.skip)).toEqual({ residues: [], status });
});

test.skipIf(sanitized)('without lockOnExit the seed is still there, in its locked pages', async (ctx) => {
  const { residues } = await lookAt('throws', ctx.skip, 'keep');
  expect(residues.filter(({ secret, locked }) => secret === 'seed' && locked)).toHaveLength(1);
  expect(outside(residues)).toEqual([]);
});
