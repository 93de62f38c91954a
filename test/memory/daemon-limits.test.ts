/** What the system lets others have of a daemon with a vault: an ordinary user's daemon, a neighbour of the same user, a core dump. */
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isRoot, nobody } from '../native/support.js';
import { PatternIndex } from './pattern-index.js';
import { patternsOf, type Secret } from './patterns.js';
import { mayReadAll, needsRights, Scanner } from './scan-process.js';
import { sendPhrase, startVaultDaemon, useAll, usedPaths, type VaultDaemon } from './vault-daemon.js';
import { makeWallet } from './wallet.js';

const child = fileURLToPath(new URL('./limited-daemon-child.js', import.meta.url));
/** Room for the key of the key store, and none for the vault. */
const fewBytes = 65_536;
const gcore = '/usr/bin/gcore';

function asOrdinaryUser(...parameters: string[]): Record<string, unknown> {
  const user = isRoot ? ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'] : [];
  const command = ['prlimit', `--memlock=${fewBytes}:${fewBytes}`, ...user, process.execPath, child, ...parameters];
  const environment = { ...process.env, HOME: tmpdir(), NODE_V8_COVERAGE: undefined };
  const { stdout, stderr } = spawnSync(command[0] as string, command.slice(1), { encoding: 'utf8', env: environment });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('an ordinary user’s daemon that may not lock the vault’s memory starts, and refuses to unlock', () => {
  const seen = asOrdinaryUser();
  expect(seen).toMatchObject({ unlocked: 'MEMORY_NOT_LOCKED', protection: 'none', lockedBytes: 0, command: 77 });
  expect(seen.uid).not.toBe(0);
});

test('it unlocks where that is allowed by name, and says that nothing protects it', () => {
  expect(asOrdinaryUser('allow')).toMatchObject({ unlocked: 'unlocked', protection: 'none', lockedBytes: 0 });
});

test('a process of the same user can’t read the daemon’s memory', () => {
  const { sameUser, dumpable } = asOrdinaryUser('allow');
  expect(sameUser).toBe('EACCES');
  expect(dumpable).toBe(0);
});

async function unlockedDaemon(): Promise<{ target: VaultDaemon; secrets: readonly Secret[] }> {
  const target = await startVaultDaemon();
  const wallet = makeWallet(usedPaths);
  await sendPhrase(target, 'initialize', wallet);
  await useAll(target, 2);
  return { target, secrets: wallet.secrets };
}

test('nothing that the kernel would put into a core dump of the unlocked daemon is a secret', async (ctx) => {
  if (!mayReadAll()) ctx.skip(needsRights);
  const { target, secrets } = await unlockedDaemon();
  await using _ = target;
  // Every page that is not marked as never dumped: more than the filter of core dumps lets through.
  const dumped = ({ flags }: { readonly flags: readonly string[] }) => !flags.includes('dd');
  expect(new Scanner(secrets).scan(target.pid, dumped)).toEqual([]);
  expect(new Scanner([{ name: 'marker', bytes: target.marker, isText: true }]).scan(target.pid, dumped).length).toBeGreaterThan(0);
  if (existsSync(gcore)) expect(await found(target, secrets)).toEqual(['marker']);
});

/** Names of what is in a core file that a debugger takes of the daemon. */
async function found(target: VaultDaemon, secrets: readonly Secret[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-core-'));
  try {
    const { stderr } = spawnSync(gcore, ['-o', join(folder, 'core'), String(target.pid)], { encoding: 'utf8' });
    const [name] = readdirSync(folder);
    if (name === undefined) throw new Error(`gcore made no core: ${stderr}`);
    const index = new PatternIndex(patternsOf([...secrets, { name: 'marker', bytes: target.marker, isText: true }]));
    const names = new Set<string>();
    let end = Buffer.alloc(0);
    for await (const piece of createReadStream(join(folder, name), { highWaterMark: 1 << 24 })) {
      // What lies across two pieces is found in the second.
      const buffer = Buffer.concat([end, piece as Buffer]);
      for (const { pattern } of index.search(buffer)) names.add(pattern.secret);
      end = Buffer.from(buffer.subarray(-1024));
    }
    return [...names];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('the daemon leaves no core dump when it is aborted', async () => {
  const { target } = await unlockedDaemon();
  const before = readdirSync(process.cwd());
  target.daemon.kill('SIGABRT');
  await target.daemon.exited;
  expect(readdirSync(process.cwd())).toEqual(before);
  await target[Symbol.asyncDispose]();
});
