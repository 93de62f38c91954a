import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { killAfter, writer, writerRounds } from './sigkill-writer-rounds.js';
import { storeLocation, temporaryFolder } from './support.js';

/** 500 of them, and 500 of a real daemon: `npm run sigkill`. */
test('a writer killed at random moments loses nothing that it acknowledged, and leaves nothing by halves', async () => {
  const tally = await writerRounds(temporaryFolder(), 30);
  expect(tally.changes).toBeGreaterThan(0);
  expect(tally.rekeys).toBeGreaterThan(0);
  expect(tally.cutChanges + tally.cutRekeys).toBeGreaterThan(3);
}, 240_000);

test('a second process is refused while the first has the store, and let in when it is killed', async () => {
  const { folder, keyFile } = storeLocation();
  const open = async () => KeyStore.open({ folder: await DiskFolder.open(folder), key: StoreKey.open(keyFile), report: () => undefined });
  const other = storeLocation().keyFile;
  const store = await open();
  const refused = spawnSync(process.execPath, [writer, folder, '0', keyFile, other], { encoding: 'utf8' });
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('in use by another keyslotd');
  await store.close();
  expect(await killAfter([folder, '0', keyFile, other], 0)).toContain('ready');
  const [first, second] = await Promise.allSettled([open(), Promise.resolve()]);
  expect(second.status).toBe('fulfilled');
  if (first.status === 'fulfilled') await first.value.close();
  else expect(first.reason).toMatchObject({ code: 'INVALID_FORMAT' });
});
