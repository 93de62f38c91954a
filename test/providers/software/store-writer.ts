/**
 * Fills, replaces, clears and retires slots without end, and now and then gives the whole store another key, until it is killed: the child of
 * the crash test. On a line each it tells what it is about to do (`try WHAT VALUE`) and what was acknowledged (`done WHAT VALUE`): WHAT is a slot
 * and VALUE its generation, 0 for an empty one, or `key` and the number of the store's key. Arguments: folder, number of the key in force, one
 * key file, another key file.
 */
import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { rekeyStore } from '../../../src/providers/software/store-rekey.js';
import { header, materialOf } from './store-support.js';

const [folder = '', inForce = '0', ...keyFiles] = process.argv.slice(2);
const slots = ['one', 'two/ü', '..', 'four'];
const report = () => undefined;
let current = Number(inForce);
const keyFile = (number: number): string => keyFiles[number] ?? '';
const say = (line: string) => writeSync(1, `${line}\n`);

/** The last generation that each slot had. */
const last = new Map<string, number>();

async function announced(what: string, value: number, work: () => Promise<unknown>): Promise<void> {
  say(`try ${value} ${what}`);
  await work();
  say(`done ${value} ${what}`);
}

async function change(store: KeyStore): Promise<void> {
  const slot = slots[randomInt(slots.length)] ?? '';
  const before = (await store.inspect(slot))?.generation ?? 0;
  if (before > 0 && randomInt(4) === 0) return announced(slot, 0, () => store.clear(slot, before));
  const next = Math.max(before, last.get(slot) ?? 0) + 1;
  last.set(slot, next);
  await announced(slot, next, () => store.store(header(slot, next), materialOf(slot, next), () => undefined));
  if (randomInt(2) === 0) await store.retire(slot, before);
}

async function rekey(): Promise<void> {
  const next = 1 - current;
  const [key, newKey] = [StoreKey.open(keyFile(current)), StoreKey.open(keyFile(next))];
  const parts = { folder: await DiskFolder.open(folder), key, newKey, report };
  await announced('key', next, () => rekeyStore(parts));
  current = next;
  key.dispose();
  newKey.dispose();
  await parts.folder.close();
}

say('ready');
for (;;) {
  const store = await KeyStore.open({ folder: await DiskFolder.open(folder), key: StoreKey.open(keyFile(current)), report });
  for (let changes = 1 + randomInt(8); changes > 0; changes--) await change(store);
  await store.close();
  await rekey();
}
