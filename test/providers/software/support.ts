/** What the tests of the software provider share. */
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type KeyRow, keyAlgorithm, type OperationRow, operationAlgorithm } from '../../../src/core/algorithms.js';
import type {
  Answer,
  Call,
  KeyFormat,
  OperationSpec,
  ProviderKey,
  ProviderOperation,
  WholeMessage,
} from '../../../src/providers/contract.js';
import { SoftwareProvider, type SoftwareProviderOptions } from '../../../src/providers/software/provider.js';
import type { KeyStoreLocation } from '../../../src/providers/software/store-opening.js';
import { inProcessSlowHost } from './in-process-slow-host.js';

export const owner = 7;

/** A call that somebody waits for. */
export const call: Call = { caller: 1000, abandoned: false, onAbandoned: () => undefined };

export class AbandonableCall implements Call {
  readonly caller = 1000;
  readonly #listeners: (() => void)[] = [];
  abandoned = false;
  onAbandoned(listener: () => void): void {
    if (this.abandoned) listener();
    else this.#listeners.push(listener);
  }
  abandon(): void {
    this.abandoned = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
export function random(size: number): Uint8Array {
  return randomFillSync(new Uint8Array(size));
}

export function row(name: string): OperationRow {
  const found = operationAlgorithm(name);
  if (found === undefined) throw new Error(`no algorithm ${name}`);
  return found;
}
export function keyRow(name: string): KeyRow {
  const found = keyAlgorithm(name);
  if (found === undefined) throw new Error(`no key algorithm ${name}`);
  return found;
}

/** A provider without key store, stopped when the test ends. */
export async function startProvider(options: Partial<SoftwareProviderOptions> = {}): Promise<SoftwareProvider> {
  const provider = new SoftwareProvider({ id: 1, name: 'software', slowHost: inProcessSlowHost(), ...options });
  await provider.start();
  onTestFinished(() => provider.stop());
  return provider;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-software-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
/** A key file and a folder that is still to be made. */
export function storeLocation(folder: string = temporaryFolder()): KeyStoreLocation & { readonly keyFile: string } {
  const keyFile = join(folder, 'store.key');
  writeFileSync(keyFile, random(32), { mode: 0o600, flag: 'wx' });
  return { folder: join(folder, 'software'), keyFile, key: { from: 'file', path: keyFile } };
}

type Wanted = Pick<OperationSpec, 'kind'> & Partial<Omit<OperationSpec, 'kind' | 'algorithm'>>;

export function operation(provider: SoftwareProvider, algorithm: string, wanted: Wanted): ProviderOperation {
  return provider.createOperation({
    direction: undefined,
    mode: undefined,
    tagLength: wanted.kind === 'aead' ? 16 : 0,
    parameters: {},
    key: undefined,
    owner,
    ...wanted,
    algorithm: row(algorithm),
  });
}

/** Of what is read in line. */
export function importKey(provider: SoftwareProvider, algorithm: string, keyData: Uint8Array, format: KeyFormat = 'raw'): ProviderKey {
  return now(importAny(provider, algorithm, keyData, format));
}
export function importAny(
  provider: SoftwareProvider,
  algorithm: string,
  keyData: Uint8Array,
  format: KeyFormat = 'raw',
): Answer<ProviderKey> {
  return provider.keys.import({ algorithm: keyRow(algorithm), format, keyData, permissions: 0 }, owner, call);
}
export function generateKey(provider: SoftwareProvider, algorithm: string): Answer<ProviderKey> {
  return provider.keys.generate({ algorithm: keyRow(algorithm), permissions: 0, publicPermissions: 0 }, owner, call);
}

export function message(data: Uint8Array, iv?: Uint8Array, aad?: Uint8Array): WholeMessage {
  return { data, iv, aad };
}

/** An answer that must have been made in line. */
export function now<T>(answer: Answer<T> | undefined): T {
  if (answer instanceof Promise) throw new Error('the answer was not made in line');
  return answer as T;
}

/** Cuts at the given places, which are taken modulo the length. */
export function cut(data: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (data.length + 1)).sort((a, b) => a - b), data.length];
  return sorted.slice(1).map((end, i) => data.subarray(sorted[i], end));
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Whatever kind of byte array, as a plain one. */
export function plain(bytes: Uint8Array | undefined): Uint8Array {
  return Uint8Array.from(bytes ?? []);
}

export async function expectError(work: () => unknown, code: string, field?: string): Promise<Error> {
  let thrown: unknown;
  try {
    await work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: 'KeyslotError', code, ...(field === undefined ? {} : { field }) });
  return thrown as Error;
}
