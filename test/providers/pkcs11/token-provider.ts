/** A provider on a disposable token, with what tests need around it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken, type DisposableToken } from '../../../softhsm/index.js';
import { type KeyRow, keyAlgorithm, type OperationRow, operationAlgorithm } from '../../../src/core/algorithms.js';
import { defaultPermissions, KeyOperationPermission } from '../../../src/core/permissions.js';
import type { Call, Capability, OperationSpec, ProviderKey, ProviderOperation, SlotSpec } from '../../../src/providers/contract.js';
import { Pkcs11Provider, type Pkcs11ProviderOptions } from '../../../src/providers/pkcs11/provider.js';
import { inProcessSlowHost } from '../software/in-process-slow-host.js';

export interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A call that can be given up. */
export class TestCall implements Call {
  readonly caller: number;
  abandoned = false;
  readonly #listeners: (() => void)[] = [];
  constructor(caller = 1000) {
    this.caller = caller;
  }
  onAbandoned(listener: () => void): void {
    if (this.abandoned) listener();
    else this.#listeners.push(listener);
  }
  abandon(): void {
    this.abandoned = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

export interface Bench extends AsyncDisposable {
  readonly token: DisposableToken;
  readonly provider: Pkcs11Provider;
  readonly stateFolder: string;
  readonly log: LogLine[];
  /** Another provider on the same token and state, as after a restart of the daemon; the first must be stopped. */
  again(options?: Partial<Pkcs11ProviderOptions>): Pkcs11Provider;
  close(): Promise<void>;
}

/** Removes the token at its end, also one that was given. */
export async function openBench(
  options: Partial<Pkcs11ProviderOptions> = {},
  given?: DisposableToken,
  expected: 'ready' | 'any state' = 'ready',
): Promise<Bench> {
  const token = given ?? (await createToken());
  const folder = mkdtempSync(join(tmpdir(), 'keyslot-state-'));
  const stateFolder = join(folder, 'hsm');
  const log: LogLine[] = [];
  const providers: Pkcs11Provider[] = [];
  const note = (fields: object, message: string) => void log.push({ fields: fields as LogLine['fields'], message });
  const again = (more: Partial<Pkcs11ProviderOptions> = {}): Pkcs11Provider => {
    const provider = new Pkcs11Provider({
      id: 2,
      name: 'hsm',
      module: token.modulePath,
      token: token.uri,
      pinFile: token.pinFile,
      sessions: 8,
      user: undefined,
      env: token.env,
      hang: { call: 10_000, generate: 60_000 },
      streamTimeout: 30_000,
      maxKeyLength: 4096,
      decoder: inProcessSlowHost(),
      stateFolder,
      log: { warn: note, info: note },
      ...options,
      ...more,
    });
    providers.push(provider);
    return provider;
  };
  const provider = again();
  const close = async (): Promise<void> => {
    for (const one of providers) await one.stop();
    await token.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await provider.start();
    if (expected === 'ready' && provider.status().state !== 'ready') throw new Error(`the token did not start: ${JSON.stringify(log)}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { token, provider, stateFolder, log, again, close, [Symbol.asyncDispose]: close };
}

export function keyRow(name: string): KeyRow {
  const row = keyAlgorithm(name);
  if (row === undefined) throw new Error(`no key ${name}`);
  return row;
}
export function operationRow(name: string): OperationRow {
  const row = operationAlgorithm(name);
  if (row === undefined) throw new Error(`no operation ${name}`);
  return row;
}

export const owner = 7;

export async function generate(
  provider: Pkcs11Provider,
  name: string,
  more: { permissions?: number; owner?: number } = {},
): Promise<ProviderKey> {
  const algorithm = keyRow(name);
  const permissions = more.permissions ?? defaultPermissions(algorithm);
  return await provider.keys.generate({ algorithm, permissions, publicPermissions: permissions }, more.owner ?? owner, new TestCall());
}

export async function importKey(
  provider: Pkcs11Provider,
  name: string,
  format: 'raw' | 'der' | 'pem' | 'jwk',
  keyData: Uint8Array,
  permissions = defaultPermissions(keyRow(name)),
): Promise<ProviderKey> {
  return await provider.keys.import({ algorithm: keyRow(name), format, keyData, permissions }, owner, new TestCall());
}

/** An operation as the daemon makes it, with defaults. */
export function operation(provider: Pkcs11Provider, name: string, more: Partial<OperationSpec> = {}): ProviderOperation {
  const algorithm = operationRow(name);
  const [kind = 'hash'] = algorithm.kinds;
  const defaults = Object.fromEntries(algorithm.parameters.map((row) => [row.name, row.default]));
  return provider.createOperation({
    kind,
    direction: undefined,
    mode: undefined,
    tagLength: algorithm.family === 'aead' ? 16 : 0,
    key: undefined,
    owner,
    algorithm,
    ...more,
    parameters: { ...defaults, ...more.parameters },
  });
}

export const exportable = KeyOperationPermission.export;

export function slotSpec(name: string, algorithm: string, more: Partial<SlotSpec> = {}): SlotSpec {
  return { name, algorithm: keyRow(algorithm), permissions: KeyOperationPermission.all, object: undefined, ...more };
}

export function capability(provider: Pkcs11Provider, name: string): Capability | undefined {
  return provider.capabilities().find((one) => one.algorithm === name);
}

/** Waits until the condition holds; the message says what was awaited. */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
