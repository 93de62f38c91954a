/** What the tests of the vault share. */

import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { createVault } from '../../src/vault/index.js';
import { Vault, type VaultOptions } from '../../src/vault/vault.js';
import { PlainCore } from './plain-core.js';

export const phrase = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about';

/** Fresh bytes each time: a vault wipes what it is given. */
export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

/** The native vault and the oracle: whatever is asked of one is asked of the other. */
export const makers: readonly (readonly [name: string, make: (options?: VaultOptions) => Vault])[] = [
  ['native', (options = {}) => createVault(options)],
  ['plain', (options = {}) => new Vault(new PlainCore(), options)],
];

/** A file without a name, standing at its start. */
export function fileWith(text: string): Disposable & { readonly descriptor: number } {
  const descriptor = openSync('/dev/shm', constants.O_RDWR | constants.O_DIRECTORY | 0o20000000, 0o600);
  writeSync(descriptor, text, 0);
  return { descriptor, [Symbol.dispose]: () => closeSync(descriptor) };
}

/** The code of the KeyslotError that comes of it; undefined when none does. */
export async function codeOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
