/**
 * A folder that forgets like a real one when the power goes: content is written through (each file is synced), but names that were
 * not synced may be there or not, each on its own. And a folder that fails at a chosen step.
 */
import type { StoreFolder } from '../../../src/providers/software/store-folder.js';

type Files = ReadonlyMap<string, Uint8Array>;
type Change =
  | { readonly kind: 'write' | 'remove'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string; readonly bytes: Uint8Array };

function applied(files: Files, changes: readonly Change[]): Files {
  const result = new Map(files);
  for (const change of changes) {
    if (change.kind === 'write') result.set(change.name, change.bytes);
    else {
      result.delete(change.name);
      if (change.kind === 'rename') result.set(change.to, change.bytes);
    }
  }
  return result;
}

export class SimulatedDisk implements StoreFolder {
  #durable: Files;
  #pending: Change[] = [];

  constructor(files: Files = new Map()) {
    this.#durable = new Map(files);
  }

  get files(): Map<string, Uint8Array> {
    return new Map(applied(this.#durable, this.#pending));
  }
  /** Everything that may be there after the power went now. */
  afterPowerLoss(): Files[] {
    const states: Files[] = [];
    for (let kept = 0; kept < 2 ** this.#pending.length; kept++) {
      states.push(
        applied(
          this.#durable,
          this.#pending.filter((_, i) => (kept & (1 << i)) !== 0),
        ),
      );
    }
    return states;
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()];
  }
  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name);
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.#pending.push({ kind: 'write', name, bytes: Uint8Array.from(bytes) });
  }
  async rename(from: string, to: string): Promise<void> {
    const bytes = this.files.get(from);
    if (bytes === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    this.#pending.push({ kind: 'rename', name: from, to, bytes });
  }
  async remove(name: string): Promise<void> {
    if (this.files.has(name)) this.#pending.push({ kind: 'remove', name, bytes: new Uint8Array(0) });
  }
  async sync(): Promise<void> {
    this.#durable = this.files;
    this.#pending = [];
  }
  async close(): Promise<void> {}
}

/** What every further step throws, or nothing. */
export type Fault = (step: number, kind: 'write' | 'rename' | 'remove' | 'sync') => Error | undefined;

/** Passes on to a disk what its fault lets through. */
export class FaultyFolder implements StoreFolder {
  readonly disk: SimulatedDisk;
  fault: Fault;
  steps = 0;

  constructor(disk: SimulatedDisk, fault: Fault = () => undefined) {
    this.disk = disk;
    this.fault = fault;
  }
  #step(kind: 'write' | 'rename' | 'remove' | 'sync'): void {
    this.steps += 1;
    const error = this.fault(this.steps, kind);
    if (error !== undefined) throw error;
  }
  list(): Promise<string[]> {
    return this.disk.list();
  }
  read(name: string): Promise<Uint8Array | undefined> {
    return this.disk.read(name);
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.#step('write');
    await this.disk.write(name, bytes);
  }
  async rename(from: string, to: string): Promise<void> {
    this.#step('rename');
    await this.disk.rename(from, to);
  }
  async remove(name: string): Promise<void> {
    this.#step('remove');
    await this.disk.remove(name);
  }
  async sync(): Promise<void> {
    this.#step('sync');
    await this.disk.sync();
  }
  close(): Promise<void> {
    return this.disk.close();
  }
}

export function failure(code: string): Error {
  return Object.assign(new Error(`simulated ${code}`), { code });
}
