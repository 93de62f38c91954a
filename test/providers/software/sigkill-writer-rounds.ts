/** A writer that is killed at random moments, round after round, on one store: what it acknowledged must be there, and nothing by halves. */
import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KeyslotError } from '../../../src/core/errors.js';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import { DiskFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { verifyStore } from '../../../src/providers/software/store-verify.js';
import { generationIn } from './store-support.js';

export const writer = fileURLToPath(new URL('./store-writer.js', import.meta.url));

/** Runs the writer until `delay` ms after it is ready, kills it, and answers its output. */
export function killAfter(args: readonly string[], delay: number): Promise<string> {
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

export interface WriterTally {
  /** Changes of slots that were acknowledged. */
  changes: number;
  rekeys: number;
  /** Kills in the middle of a change, and in the middle of a rekey. */
  cutChanges: number;
  cutRekeys: number;
  /** Of those, how many had counted all the same. */
  counted: number;
}

/** `folder` is for the store and its keys. @throws on anything that was lost, is there by halves, or does not open */
export async function writerRounds(
  folder: string,
  rounds: number,
  report: (round: number) => void = () => undefined,
): Promise<WriterTally> {
  const store = join(folder, 'store');
  const keyFiles = ['a.key', 'b.key'].map((name, i) => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.alloc(32, i + 1), { mode: 0o600 });
    return path;
  });
  const known = new Map<string, number>([['key', 0]]);
  const tally: WriterTally = { changes: 0, rekeys: 0, cutChanges: 0, cutRekeys: 0, counted: 0 };
  for (let round = 0; round < rounds; round++) {
    const output = await killAfter([store, String(known.get('key')), ...keyFiles], Math.random() * 120);
    let tried: { readonly what: string; readonly value: number } | undefined;
    for (const [, verb, value, what = ''] of output.matchAll(/^(try|done) (\d+) (.+)$/gm)) {
      if (verb === 'try') tried = { what, value: Number(value) };
      else {
        known.set(what, Number(value));
        tried = undefined;
        if (what === 'key') tally.rekeys += 1;
        else tally.changes += 1;
      }
    }
    if (tried?.what === 'key') tally.cutRekeys += 1;
    else if (tried !== undefined) tally.cutChanges += 1;
    const allowed = (what: string): readonly number[] => [known.get(what) ?? 0, ...(tried?.what === what ? [tried.value] : [])];

    const { number, opened } = await openWith(store, keyFiles, allowed('key'));
    for (const slot of new Set([...known.keys(), ...(tried === undefined ? [] : [tried.what])])) {
      const found = slot === 'key' ? number : await generationIn(opened, slot);
      if (!allowed(slot).includes(found)) throw new Error(`round ${round}: ${slot} is ${found}, not ${allowed(slot).join(' or ')}`);
      if (tried?.what === slot && found === tried.value) tally.counted += 1;
      known.set(slot, found);
    }
    await opened.close();
    await assertClean(store, keyFiles[number] ?? '');
    report(round);
  }
  return tally;
}

/** Opens with one of the keys that it may have, and makes sure that no other opens it. */
async function openWith(store: string, keyFiles: readonly string[], allowed: readonly number[]) {
  let found: { number: number; opened: KeyStore } | undefined;
  for (const [number, file] of keyFiles.entries()) {
    const [folder, key] = [await DiskFolder.open(store), StoreKey.open(file)];
    try {
      const opened = await KeyStore.open({ folder, key, report: () => undefined });
      if (!allowed.includes(number)) throw new Error(`the store opens with key ${number}, not ${allowed.join(' or ')}`);
      await opened.close();
      found = { number, opened };
    } catch (error) {
      await folder.close();
      key.dispose();
      if ((error as KeyslotError).code !== 'INVALID_FORMAT' || !(error as Error).message.includes('another key')) throw error;
    }
  }
  if (found === undefined) throw new Error('the store opens with neither key');
  const opened = await KeyStore.open({
    folder: await DiskFolder.open(store),
    key: StoreKey.open(keyFiles[found.number] ?? ''),
    report: () => undefined,
  });
  return { number: found.number, opened };
}

async function assertClean(store: string, keyFile: string): Promise<void> {
  const unfinished = readdirSync(store).filter((name) => name.endsWith('.new'));
  if (unfinished.length > 0) throw new Error(`left over: ${unfinished.join(', ')}`);
  const [folder, key] = [await DiskFolder.open(store), StoreKey.open(keyFile)];
  const { problems } = await verifyStore({ folder, key });
  await folder.close();
  key.dispose();
  if (problems.length > 0) throw new Error(`wrong: ${JSON.stringify(problems)}`);
}
