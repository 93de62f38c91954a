/** What is done with a daemon before it is looked at, and what may not be in its memory then. */
import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyslotError } from '../../src/core/errors.js';
import { RawAdmin } from '../daemon/vault-support.js';
import type { Secret } from './patterns.js';
import { outside, type Residue, Scanner } from './scan-process.js';
import { kindOf, manyPaths, sendPhrase, startVaultDaemon, useAll, usedPaths, type VaultDaemon } from './vault-daemon.js';
import { makeSpoiledWallet, makeWallet, type Wallet } from './wallet.js';

/** What a look at a moment found that may not be there. */
export interface Look {
  readonly moment: string;
  readonly residues: readonly Residue[];
}

type Scenario = () => Promise<Look[]>;

const lockedState = 1;
const shortLife = 1000;
const noMore = { timeout: 15_000 };

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: KeyslotError) => error.code,
  );
}

/** Nothing outside the locked pages. */
function whileUnlocked(target: VaultDaemon, moment: string, scanner: Scanner): Look {
  return { moment, residues: outside(scanner.scan(target.pid)) };
}

/** Nothing anywhere. */
function whenGone(target: VaultDaemon, moment: string, scanner: Scanner): Look {
  return { moment, residues: scanner.scan(target.pid) };
}

async function statusOf({ admin }: VaultDaemon) {
  return admin.call('vaultStatus', {});
}

/** @throws when what must be found is not: then a clean look would say nothing */
function assertSees(target: VaultDaemon): void {
  const known: Secret = { name: 'marker', bytes: target.marker, isText: true };
  assert(new Scanner([known]).scan(target.pid).length > 0, 'the scan does not see the memory of the daemon');
}

/** A vault that works, and that is locked and unlocked again. */
async function ordinary(): Promise<Look[]> {
  await using target = await startVaultDaemon();
  const wallet = makeWallet(usedPaths);
  const scanner = new Scanner(wallet.secrets);
  await sendPhrase(target, 'initialize', wallet);
  assertSees(target);
  const looks = [whileUnlocked(target, 'unlocked', scanner)];
  await useAll(target, 5);
  looks.push(whileUnlocked(target, 'after work', scanner));
  await target.admin.call('vaultLock', {});
  looks.push(whenGone(target, 'locked', scanner));
  await sendPhrase(target, 'unlock', wallet);
  await useAll(target, 1);
  looks.push(whileUnlocked(target, 'unlocked again', scanner));
  await target.admin.call('vaultLock', {});
  looks.push(whenGone(target, 'locked again', scanner));
  return looks;
}

/** A phrase with a wrong checksum, and the right one of another vault. */
async function rejected(): Promise<Look[]> {
  await using target = await startVaultDaemon();
  const spoiled = makeSpoiledWallet();
  assert.equal(await codeOf(sendPhrase(target, 'initialize', spoiled)), 'MNEMONIC_INVALID');
  const looks = [whenGone(target, 'no phrase', new Scanner(spoiled.secrets))];
  const [own, other] = [makeWallet(usedPaths), makeWallet(usedPaths)];
  await sendPhrase(target, 'initialize', own);
  await target.admin.call('vaultLock', {});
  assert.equal(await codeOf(sendPhrase(target, 'unlock', other)), 'MNEMONIC_INVALID');
  looks.push(whenGone(target, "another vault's phrase", new Scanner([...own.secrets, ...other.secrets])));
  return looks;
}

async function untilLocked(target: VaultDaemon): Promise<void> {
  for (const end = performance.now() + noMore.timeout; (await statusOf(target)).state !== lockedState; await sleep(5)) {
    assert(performance.now() < end, 'the vault was not locked in time');
  }
}

/** `text` is what comes of the phrase and passphrase before the connection, or the vault, is shut. */
async function cutOff(target: VaultDaemon, text: string, byLock: boolean): Promise<void> {
  const raw = new RawAdmin(target.daemon.adminPath);
  await raw.receive('initialize', 1);
  raw.write(text);
  await sleep(50);
  if (byLock) await target.admin.call('vaultLock', {});
  else raw.socket.destroy();
  await raw.closed;
  await untilLocked(target);
}

async function aborted(): Promise<Look[]> {
  await using target = await startVaultDaemon();
  const looks: Look[] = [];
  for (const byLock of [false, true]) {
    const ways = {
      'half a phrase': ({ phrase }: Wallet) => phrase.slice(0, phrase.length / 2),
      'no passphrase': ({ phrase }: Wallet) => `${phrase}\n`,
      'half a passphrase': ({ phrase, passphrase }: Wallet) => `${phrase}\n${passphrase.slice(0, 20)}`,
      // The seed may be there already.
      'no question': ({ phrase, passphrase }: Wallet) => `${phrase}\n${passphrase}\n`,
    };
    for (const [name, text] of Object.entries(ways)) {
      const wallet = makeWallet(usedPaths);
      await cutOff(target, text(wallet), byLock);
      looks.push(whenGone(target, `${name}, ${byLock ? 'locked' : 'closed'}`, new Scanner(wallet.secrets)));
    }
  }
  return looks;
}

async function expired(): Promise<Look[]> {
  await using target = await startVaultDaemon({ cacheTimeToLive: `${shortLife}ms` });
  const wallet = makeWallet(usedPaths);
  const scanner = new Scanner(wallet.secrets);
  await sendPhrase(target, 'initialize', wallet);
  await useAll(target, 2);
  await sleep(2 * shortLife);
  assert.equal((await statusOf(target)).cached, 0);
  const looks = [whileUnlocked(target, 'keys expired', scanner)];
  await target.admin.call('vaultLock', {});
  looks.push(whenGone(target, 'locked', scanner));
  return looks;
}

/** More keys than are kept: the first ones had to go. */
async function full(): Promise<Look[]> {
  await using target = await startVaultDaemon();
  const wallet = makeWallet({ ...usedPaths, ed25519: manyPaths });
  const scanner = new Scanner(wallet.secrets);
  await sendPhrase(target, 'initialize', wallet);
  for (const path of manyPaths) await target.admin.call('vaultPublicKey', { kind: kindOf('Ed25519'), path });
  assert.equal((await statusOf(target)).cached, 64);
  const looks = [whileUnlocked(target, 'full', scanner)];
  await target.admin.call('vaultLock', {});
  looks.push(whenGone(target, 'locked', scanner));
  return looks;
}

/** The daemon locks itself; nobody asks it to. */
async function idle(): Promise<Look[]> {
  await using target = await startVaultDaemon({ idleTimeout: `${shortLife}ms` });
  const wallet = makeWallet(usedPaths);
  await sendPhrase(target, 'initialize', wallet);
  await useAll(target, 1);
  await untilLocked(target);
  return [whenGone(target, 'locked by itself', new Scanner(wallet.secrets))];
}

export const scenarios: Readonly<Record<string, Scenario>> = { ordinary, rejected, aborted, expired, full, idle };
