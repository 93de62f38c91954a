/** A daemon of an ordinary user who may lock little memory, as daemon-limits.test.ts starts this; prints what it saw. */
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { KeyslotError } from '../../src/core/errors.js';
import { sendPhrase, startVaultDaemon } from './vault-daemon.js';
import { makeWallet } from './wallet.js';

const [allowed] = process.argv.slice(2);
const program = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

function openMemory(pid: number): string {
  try {
    openSync(`/proc/${pid}/mem`, 'r');
    return 'open';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

await using target = await startVaultDaemon(allowed === 'allow' ? { allowUnlockedMemory: true } : {});
/** Exit status of a command that would wait for ever if it asked for the phrase. */
function unlockedInVain(): Promise<number | null> {
  const args = [program, 'vault', 'init', '--existing', '--phrase-fd', '3', '--admin', target.daemon.adminEndpoint];
  const command = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const late = setTimeout(() => command.kill('SIGKILL'), 15_000);
  return new Promise((resolve) =>
    command.once('exit', (code) => {
      clearTimeout(late);
      resolve(code);
    }),
  );
}

const wallet = makeWallet({ ed25519: [], aes: [], secp256k1: [] });
const unlocked = await sendPhrase(target, 'initialize', wallet).then(
  () => 'unlocked',
  (error: KeyslotError) => error.code,
);
const command = allowed === 'allow' ? undefined : await unlockedInVain();
const { protection, lockedBytes, dumpable } = await target.admin.call('vaultStatus', {});
const sameUser = openMemory(target.pid);
process.stdout.write(`${JSON.stringify({ uid: process.getuid?.(), command, unlocked, protection, lockedBytes, dumpable, sameUser })}\n`);
