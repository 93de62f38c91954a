/**
 * Writes slots without end until it is killed, and tells each acknowledged write as `slot generation` on a line: the child of the
 * crash test. Arguments: folder, key file, seed of the order.
 */
import { writeSync } from 'node:fs';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { header, materialOf } from './store-support.js';

const [folder = '', keyFile = '', seed = '0'] = process.argv.slice(2);
export const writerSlots = ['one', 'two/ü', '..'];

const store = await KeyStore.open({ folder: await DiskFolder.open(folder), key: StoreKey.open(keyFile), report: () => undefined });
const last = new Map<string, number>();
for (const slot of writerSlots) last.set(slot, (await store.inspect(slot))?.generation ?? 0);
writeSync(1, 'ready\n');
for (let turn = Number(seed); ; turn++) {
  const slot = writerSlots[turn % writerSlots.length] ?? '';
  const before = last.get(slot) ?? 0;
  await store.store(header(slot, before + 1), materialOf(slot, before + 1), () => undefined);
  writeSync(1, `${slot} ${before + 1}\n`);
  last.set(slot, before + 1);
  if (turn % 2 === 0) await store.retire(slot, before);
}
