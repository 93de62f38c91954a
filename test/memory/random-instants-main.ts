/**
 * `npm run scan:random [-- --stops N] [--load NAME]…`, as root: the share of random instants at which a secret is outside the locked pages. The
 * loads but `daemon` are of one process with a vault in it; `daemon` is the real one with requests over both sockets.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { KeyslotError } from '../../src/core/errors.js';
import { packageRoot, startProgram } from '../native/support.js';
import { type Instants, lookAtRandom } from './random-instants.js';
import { mayReadAll, needsRights, Scanner } from './scan-process.js';
import { sendPhrase, startVaultDaemon, useAll, usedPaths } from './vault-daemon.js';
import { makeWallet } from './wallet.js';

/** Of vault-child.ts: what its `busy` does, and unlocking and locking in a circle. */
const childLoads = ['ed25519', 'ecdsa', 'gcm', 'slip10', 'bip32', 'all', 'cycles'];
const childPaths = { ed25519: ["m/74'/0'/0'/0'"], aes: ["m/74'/2'/0'/0'"], secp256k1: ["m/44'/60'/0'/0/0"] };

const { values } = parseArgs({
  options: { stops: { type: 'string', default: '100' }, load: { type: 'string', multiple: true, default: [...childLoads, 'daemon'] } },
});
const stops = Number(values.stops);

async function inChild(load: string): Promise<Instants> {
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-random-'));
  const wallet = makeWallet(childPaths);
  const files = [wallet.phrase, wallet.passphrase].map((text, i) => {
    const path = join(folder, String(i));
    writeFileSync(path, text);
    return path;
  });
  const child = startProgram([process.execPath, join(packageRoot, 'dist', 'test', 'native', 'vault-child.js'), 'obey', 'memfd_secret']);
  try {
    await child.line();
    const commands = load === 'cycles' ? [`cycles ${files.join(' ')}`] : [`unlock ${files.join(' ')}`, `busy ${load}`];
    for (const command of commands) {
      child.tell(command);
      await child.line();
    }
    return await lookAtRandom(child.pid, new Scanner(wallet.secrets), stops);
  } finally {
    child.process.kill('SIGKILL');
    await child.ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inDaemon(): Promise<Instants> {
  await using target = await startVaultDaemon();
  const wallet = makeWallet(usedPaths);
  await sendPhrase(target, 'initialize', wallet);
  let over = false;
  const until = async (work: () => Promise<void>) => {
    while (!over) await work();
  };
  const useIt = () => useAll(target, 20).catch(unlessLocked);
  const lockIt = async () => {
    await sleep(500);
    await target.admin.call('vaultLock', {}, { timeout: 0 });
    await sendPhrase(target, 'unlock', wallet);
  };
  const load = Promise.all([...Array.from({ length: users }, () => until(useIt)), until(lockIt)]);
  try {
    return await Promise.race([lookAtRandom(target.pid, new Scanner(wallet.secrets), stops), load.then(() => never())]);
  } finally {
    over = true;
    await load;
  }
}

/** So many at once. */
const users = 4;

/** What the vault's locking does to work under way is the tests' business. */
function unlessLocked(error: unknown): void {
  if (!(error instanceof KeyslotError)) throw error;
}

function never(): never {
  throw new Error('the load ended before the looks did');
}

function most(table: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(table).sort(([, a], [, b]) => b - a);
  return sorted.map(([name, times]) => `${name}: ${times}`).join(', ');
}

async function main(): Promise<number> {
  if (!mayReadAll()) {
    process.stderr.write(`${needsRights}\n`);
    return 2;
  }
  for (const load of values.load) {
    const { dirty, secrets, regions } = await (load === 'daemon' ? inDaemon() : inChild(load));
    process.stdout.write(`${load}: ${dirty} of ${stops} instants dirty${dirty > 0 ? ` (${most(secrets)}; ${most(regions)})` : ''}\n`);
  }
  return 0;
}

process.exitCode = await main();
