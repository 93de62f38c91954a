/** A key store on a simulated disk or a real folder, for tests. */
import { SecureBuffer } from '../../../src/native.js';
import { KeyStore } from '../../../src/providers/software/key-store.js';
import type { RecordHeader } from '../../../src/providers/software/record.js';
import type { StoreReport } from '../../../src/providers/software/recovery.js';
import type { StoreFolder } from '../../../src/providers/software/store-folder.js';
import { StoreKey } from '../../../src/providers/software/store-key.js';
import { utf8 } from './support.js';

/** The same key each time, of 32 equal bytes. */
export function storeKey(fill = 0x42): StoreKey {
  const secret = new SecureBuffer(32);
  secret.use((bytes) => bytes.fill(fill));
  return new StoreKey(secret);
}

export function header(slot: string, generation: number): Omit<RecordHeader, 'sequence'> {
  return { slot, generation, algorithm: 'AES-256', keyLength: 256, half: 'secret', permissions: 3, publicPermissions: 0 };
}

/** Told apart by slot and generation. */
export function materialOf(slot: string, generation: number): Uint8Array {
  return utf8(`the key of ${slot}, generation ${generation}`);
}

export function put(store: KeyStore, slot: string, generation: number): Promise<void> {
  return store.store(header(slot, generation), materialOf(slot, generation), () => undefined);
}

export interface Opened {
  readonly store: KeyStore;
  readonly reports: StoreReport[];
}
export async function openStore(folder: StoreFolder, key: StoreKey = storeKey()): Promise<Opened> {
  const reports: StoreReport[] = [];
  const store = await KeyStore.open({ folder, key, report: (report) => reports.push(report) });
  return { store, reports };
}

/** The generation that a slot holds, checked against its material; 0 when it is empty. */
export async function generationIn(store: KeyStore, slot: string): Promise<number> {
  const found = await store.inspect(slot);
  if (found === undefined) return 0;
  const { header: loaded, material } = await store.load(slot, found.generation);
  if (Buffer.compare(material, materialOf(slot, found.generation)) !== 0 || loaded.slot !== slot)
    throw new Error(`wrong material in ${slot}`);
  return found.generation;
}
