/**
 * A real keyslotd that is killed at random moments while clients fill, replace and clear its slots, started again each time; and now and then a
 * `keyslot keystore rekey` in between that is killed too. What was acknowledged must be there, nothing by halves, and it must start each time.
 */
import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { copyFileSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCryptoStack } from '../../../src/client/index.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { DisposableDaemon, softwareProvider } from '../../../src/testing/index.js';

const program = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url));
const names = ['one', 'two/ü', 'three', 'four', 'five'];
const permissions = ['encrypt', 'decrypt', 'export'] as const;
const settings = {
  providers: [softwareProvider()],
  slots: names.map((name) => ({ name, kind: 'key' as const, algorithm: 'AES-256', providers: ['software'], permissions })),
  access: [
    {
      user: process.getuid?.() ?? 0,
      slots: Object.fromEntries(names.map((name) => [name, name])),
      rights: ['use', 'write', 'generate', 'clear'] as const,
    },
  ],
};
const empty = 'empty';
/** A key that the daemon makes: unknown until it is read. */
const unknown = 'a new key';

export interface DaemonTally {
  imports: number;
  generations: number;
  clears: number;
  /** Requests that were under way at a kill, and how many of them had counted. */
  cut: number;
  counted: number;
  rekeys: number;
  cutRekeys: number;
  /** Milliseconds. */
  slowestStart: number;
}

interface Slot {
  readonly name: string;
  /** Hexadecimal, or `empty`. */
  known: string;
  tried: string | undefined;
  /** Replaced by a key that is still unknown. */
  gone: string | undefined;
}

export async function daemonRounds(rounds: number, report: (round: number) => void = () => undefined): Promise<DaemonTally> {
  const tally: DaemonTally = { imports: 0, generations: 0, clears: 0, cut: 0, counted: 0, rekeys: 0, cutRekeys: 0, slowestStart: 0 };
  const slots: Slot[] = names.map((name) => ({ name, known: empty, tried: undefined, gone: undefined }));
  const daemon = new DisposableDaemon(mkdtempSync(join(tmpdir(), 'keyslot-sigkill-')), { settings });
  const place = { store: join(daemon.folder, 'state', 'software'), keyFile: join(daemon.folder, 'store.key') };
  /** Milliseconds of a rekey; the first one is measured. */
  let usual: number | undefined;
  // A disposable daemon keeps no process alive.
  const alive = setInterval(() => undefined, 60_000);
  try {
    for (let round = 0; round < rounds; round++) {
      const before = performance.now();
      await daemon.start();
      tally.slowestStart = Math.max(tally.slowestStart, performance.now() - before);
      await assertContents(daemon.endpoint, slots, tally, round);
      await changeUntilKilled(daemon, slots, tally);
      if (round % 3 === 2) usual = await rekeyUntilKilled(place, usual, tally);
      report(round);
    }
    await daemon.start();
    await assertContents(daemon.endpoint, slots, tally, rounds);
  } finally {
    clearInterval(alive);
    await daemon[Symbol.asyncDispose]();
  }
  return tally;
}

async function managed(endpoint: string) {
  const stack = await createCryptoStack({ connectionEndpoint: endpoint });
  const crypto = await stack.createCryptoContext();
  const management = await crypto.createKeyManagementContext();
  return { stack, management, slotOf: (name: string) => crypto.resolveResource(name, 'keySlot') };
}
type Managed = Awaited<ReturnType<typeof managed>>;

async function read({ management, slotOf }: Managed, name: string): Promise<string> {
  try {
    return Buffer.from(await management.exportKey(await slotOf(name), 'raw')).toString('hex');
  } catch (error) {
    if ((error as { code?: string }).code === 'KEY_SLOT_EMPTY') return empty;
    throw error;
  }
}

async function assertContents(endpoint: string, slots: readonly Slot[], tally: DaemonTally, round: number): Promise<void> {
  const access = await managed(endpoint);
  for (const slot of slots) {
    const found = await read(access, slot.name);
    const fits = (value: string | undefined) =>
      found === value || (value === unknown && /^[0-9a-f]{64}$/.test(found) && found !== slot.gone);
    const isTried = !fits(slot.known) && fits(slot.tried);
    if (!fits(slot.known) && !isTried)
      throw new Error(`round ${round}: slot ${slot.name} holds ${found}, not ${slot.known} or ${slot.tried}`);
    if (isTried) tally.counted += 1;
    slot.known = found;
    slot.tried = undefined;
    slot.gone = undefined;
  }
  await access.stack.close();
}

async function changeUntilKilled(daemon: DisposableDaemon, slots: readonly Slot[], tally: DaemonTally): Promise<void> {
  const access = await managed(daemon.endpoint);
  const work = Promise.allSettled(slots.map((slot) => changeWithoutEnd(access, slot, tally)));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
  daemon.kill('SIGKILL');
  await daemon.exited;
  for (const outcome of await work) if (outcome.status === 'rejected' && !isEnd(outcome.reason)) throw outcome.reason;
  tally.cut += slots.filter(({ tried }) => tried !== undefined).length;
  await access.stack.close().catch(() => undefined);
}

function isEnd(error: unknown): boolean {
  return ['CONNECTION_FAILED', 'OUTCOME_UNKNOWN', 'SESSION_EXPIRED'].includes((error as { code?: string }).code ?? '');
}

async function changeWithoutEnd(access: Managed, slot: Slot, tally: DaemonTally): Promise<void> {
  const { management, slotOf } = access;
  const id = await slotOf(slot.name);
  for (;;) {
    const choice = randomInt(4);
    if (choice === 0 && slot.known !== empty) {
      slot.tried = empty;
      await management.clearKey(id);
      slot.known = empty;
      tally.clears += 1;
    } else if (choice === 1) {
      slot.tried = unknown;
      await management.generateKey(id, { algorithm: 'AES-256', overwrite: true });
      // Acknowledged, whichever it is: what was there before must not come back.
      slot.gone = slot.known;
      slot.known = unknown;
      slot.known = await read(access, slot.name);
      tally.generations += 1;
    } else {
      const keyData = randomBytes(32);
      slot.tried = keyData.toString('hex');
      await management.importKey(id, { algorithm: 'AES-256', keyData, overwrite: true });
      slot.known = keyData.toString('hex');
      tally.imports += 1;
    }
    slot.tried = undefined;
  }
}

/** Kills a rekey in the middle, or after it; answers how long one takes. The store must have one key of the two, which becomes the daemon's. */
async function rekeyUntilKilled(
  { store, keyFile }: { store: string; keyFile: string },
  usual: number | undefined,
  tally: DaemonTally,
): Promise<number> {
  const next = `${keyFile}.next`;
  writeFileSync(next, randomBytes(32), { mode: 0o600 });
  const args = ['keystore', 'rekey', '--store', store, '--key-file', keyFile, '--new-key-file', next];
  const before = performance.now();
  const child = spawn(process.execPath, [program, ...args], { stdio: 'ignore' });
  const timer = usual === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), usual * (0.7 + Math.random() * 0.4));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  // A process that was killed too early tells nothing; drift to later.
  const took = code === 0 || usual === undefined ? performance.now() - before : usual * 1.03;
  if (code !== null && code !== 0) throw new Error(`rekey ended with ${code}`);
  const opening = [];
  for (const file of [keyFile, next]) if (await isSound(store, file)) opening.push(file);
  if (opening.length !== 1) throw new Error(`${opening.length} of the two keys open the store`);
  if (code === 0 && opening[0] !== next) throw new Error('an acknowledged rekey is lost');
  if (code === 0) tally.rekeys += 1;
  else tally.cutRekeys += 1;
  if (opening[0] === next) renameSync(next, keyFile);
  else copyFileSync(keyFile, next);
  return took;
}

/** Opens with this key; leftovers of the kill are no fault. */
async function isSound(store: string, file: string): Promise<boolean> {
  const [folder, key] = [await DiskFolder.open(store, { make: false }), StoreKey.open(file)];
  const { problems } = await verifyStore({ folder, key });
  await folder.close();
  key.dispose();
  const faults = problems.filter(({ kind }) => kind !== 'leftover');
  if (faults.length === 0) return true;
  if (faults.length === 1 && faults[0]?.message.includes('written under another key') === true) return false;
  throw new Error(`wrong: ${JSON.stringify(faults)}`);
}
