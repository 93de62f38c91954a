/** Fills a store until writes fail, goes on for a while, opens it again and tells what is there. Arguments: folder, key file. */
import { readdirSync } from 'node:fs';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { generationIn, header, materialOf } from './store-support.js';

const [folder = '', keyFile = ''] = process.argv.slice(2);
const open = async () => KeyStore.open({ folder: await DiskFolder.open(folder), key: StoreKey.open(keyFile), report: () => undefined });
const slot = (index: number) => `a slot with a rather long name, number ${index}`;

const store = await open();
const failed: string[] = [];
let acknowledged = 0;
while (failed.length < 5) {
  try {
    await store.store(header(slot(acknowledged), 1), materialOf(slot(acknowledged), 1), () => undefined);
    acknowledged += 1;
  } catch (error) {
    failed.push((error as { code: string }).code);
  }
}
const leftovers = readdirSync(folder).filter((name) => name.endsWith('.new'));
await store.close();
const again = await open();
const found: number[] = [];
for (let i = 0; i < acknowledged; i++) found.push(await generationIn(again, slot(i)));
await again.close();
process.stdout.write(JSON.stringify({ acknowledged, failed, found, leftovers }));
