import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { generationIn } from './store-support.js';
import { storeLocation } from './support.js';

const writer = fileURLToPath(new URL('./store-writer.js', import.meta.url));
const slots = ['one', 'two/ü', '..'];

/** Runs the writer until `delay` ms after it is ready, kills it, and answers its output. */
function killAfter(args: readonly string[], delay: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [writer, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let killing = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!killing && output.startsWith('ready\n')) {
        killing = true;
        setTimeout(() => child.kill('SIGKILL'), delay);
      }
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(output);
      else reject(new Error(`the writer ended by itself: ${output}`));
    });
  });
}

async function openAt(location: { folder: string; keyFile: string }): Promise<KeyStore> {
  return KeyStore.open({ folder: await DiskFolder.open(location.folder), key: StoreKey.open(location.keyFile), report: () => undefined });
}

test('a writer killed at random moments loses nothing that it acknowledged', async () => {
  const location = storeLocation();
  const acknowledged = new Map(slots.map((slot) => [slot, 0]));
  let writes = 0;
  for (let round = 0; round < 30; round++) {
    const output = await killAfter([location.folder, location.keyFile, String(round)], Math.random() * 30);
    for (const [, slot = '', generation] of output.matchAll(/^(.+) (\d+)$/gm)) {
      acknowledged.set(slot, Number(generation));
      writes += 1;
    }
    const store = await openAt(location);
    for (const slot of slots) {
      const least = acknowledged.get(slot) ?? 0;
      const found = await generationIn(store, slot);
      expect([least, least + 1]).toContain(found);
      acknowledged.set(slot, found);
    }
    await store.close();
    expect(readdirSync(location.folder).filter((name) => name.includes('.new'))).toEqual([]);
    expect(readdirSync(location.folder).length).toBeLessThanOrEqual(2 + slots.length);
  }
  expect(writes).toBeGreaterThan(10);
}, 240_000);

test('a second process is refused while the first has the store, and let in when it is killed', async () => {
  const location = storeLocation();
  const store = await openAt(location);
  const refused = spawnSync(process.execPath, [writer, location.folder, location.keyFile], { encoding: 'utf8' });
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('in use by another keyslotd');
  await store.close();
  expect(await killAfter([location.folder, location.keyFile], 0)).toContain('ready');
  await (await openAt(location)).close();
});
