/** A daemon of an ordinary user who may lock little memory, as daemon-limits.test.ts starts this; prints what it saw. */
import { openSync } from 'node:fs';
import type { KeyslotError } from '../../src/core/errors.js';
import { sendPhrase, startVaultDaemon } from './vault-daemon.js';
import { makeWallet } from './wallet.js';

const [allowed] = process.argv.slice(2);

function openMemory(pid: number): string {
  try {
    openSync(`/proc/${pid}/mem`, 'r');
    return 'open';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

await using target = await startVaultDaemon(allowed === 'allow' ? { allowUnlockedMemory: true } : {});
const wallet = makeWallet({ ed25519: [], aes: [], secp256k1: [] });
const unlocked = await sendPhrase(target, 'initialize', wallet).then(
  () => 'unlocked',
  (error: KeyslotError) => error.code,
);
const { protection, lockedBytes, dumpable } = await target.admin.call('vaultStatus', {});
const sameUser = openMemory(target.pid);
process.stdout.write(`${JSON.stringify({ uid: process.getuid?.(), unlocked, protection, lockedBytes, dumpable, sameUser })}\n`);
