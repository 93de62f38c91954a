/** What the tests of key derivation share. */
import { expect } from 'vitest';
import { kdfAlgorithm } from '../../../src/core/algorithms.js';
import { decodeParameters, encodeParameter } from '../../../src/protocol/parameters.js';
import type { KdfSpec } from '../../../src/providers/contract.js';
import { deriveBytes } from '../../../src/providers/key-derivation/derive-bytes.js';

export function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export type Given = Readonly<Record<string, number | string | Uint8Array>>;

/** As the daemon makes it: checked against the row, complete with defaults. */
export function kdfSpec(name: string, given: Given): KdfSpec {
  const algorithm = kdfAlgorithm(name);
  if (algorithm === undefined) throw new Error(`no derivation ${name}`);
  const wire = Object.entries(given).map(([key, value]) => encodeParameter(key, value, 'kdf'));
  return { algorithm, parameters: decodeParameters(name, algorithm.parameters, wire, 'kdf') };
}

export async function derive(name: string, given: Given, secret: Uint8Array, size: number): Promise<string> {
  return Buffer.from(await deriveBytes(kdfSpec(name, given), secret, size)).toString('hex');
}

/** INVALID_ARGUMENT with this field, from the row or from the function. */
export async function expectRefusal(field: string, name: string, given: Given, secret: Uint8Array, size: number): Promise<void> {
  await expect(derive(name, given, secret, size)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field });
}
