/** How keys travel inside other keys: the algorithm, and the form of the wrapped bytes. */

import { hashNames } from '../core/algorithms/row.js';
import { keyAlgorithm, type WrapRow, wrapAlgorithm } from '../core/algorithms.js';
import { type ByteValue, bytesFlag, resolveBytes } from './byte-value.js';
import type { CliContext } from './context.js';
import { usageError } from './failure.js';
import { slotFlag, textFlag } from './key-flags.js';
import { wipe } from './secret-memory.js';

/**
 * Bytes of the random nonce of AES-GCM (SP 800-38D 8.2.2), which stands in front of the wrapped key. Of all other algorithms the wrapped
 * key is what their standard says and nothing else.
 */
export const nonceSize = 12;

export interface WrappingFlags {
  readonly with: string;
  readonly algorithm?: string;
  readonly aad?: ByteValue;
  readonly label?: ByteValue;
  readonly mgfHash?: string;
}
export const wrappingFlags = {
  with: slotFlag('Slot of the key that wraps'),
  algorithm: textFlag('name', 'AES-KWP, of RSA RSA-AES-KWP-SHA-256 when not given'),
  aad: bytesFlag('text', 'Additional data of AES-GCM: text, hex:… or @FILE'),
  label: bytesFlag('text', 'Label of RSA-OAEP: text, hex:… or @FILE'),
  mgfHash: textFlag('hash', 'Hash of the mask of RSA-OAEP, where it is another one'),
} as const;

/** Fields of the API that these fill. */
export const wrappingNames = {
  wrappingKey: 'with',
  wrappingAlgorithm: 'algorithm',
  aad: 'aad',
  'parameters.label': 'label',
  'parameters.mgfHash': 'mgfHash',
} as const;

/** What a wrapping key is used with when nobody says. */
const usual: Readonly<Record<string, string>> = { aes: 'AES-KWP', rsa: 'RSA-AES-KWP-SHA-256' };

export interface Wrapping {
  /** Undefined for one that this command line does not know. */
  readonly row: WrapRow | undefined;
  readonly name: string;
  readonly hasNonce: boolean;
}

/** @throws INVALID_ARGUMENT (usage) for a key that wraps nothing by itself */
export function wrappingOf(wrappingKey: string, given: string | undefined): Wrapping {
  const name = given ?? usual[keyAlgorithm(wrappingKey)?.keyType ?? ''];
  if (name === undefined) throw usageError(`a key of ${wrappingKey} wraps nothing; --with takes an AES or an RSA key`, 'with');
  const row = wrapAlgorithm(name);
  return { row, name: row?.name ?? name, hasNonce: row?.method === 'aes-gcm' };
}

export interface WrappingValues {
  readonly aad?: Uint8Array;
  readonly parameters?: { readonly label?: Uint8Array; readonly mgfHash?: string };
}

/** Gives `use` what the flags say, and wipes it at the end. */
export async function withWrappingValues<T>(
  context: CliContext,
  { aad, label, mgfHash }: WrappingFlags,
  use: (values: WrappingValues) => Promise<T>,
): Promise<T> {
  const [aadBytes, labelBytes] = [await optionalBytes(context, aad), await optionalBytes(context, label)];
  const parameters = { ...(labelBytes && { label: labelBytes }), ...(mgfHash !== undefined && { mgfHash: canonicalHash(mgfHash) }) };
  try {
    return await use({ ...(aadBytes && { aad: aadBytes }), ...(Object.keys(parameters).length > 0 && { parameters }) });
  } finally {
    wipe(aadBytes, labelBytes);
  }
}

async function optionalBytes(context: CliContext, value: ByteValue | undefined): Promise<Uint8Array | undefined> {
  return value === undefined ? undefined : resolveBytes(context, value);
}

/** `sha256` as the table has it; another word stays as it is, for the daemon to refuse. */
export function canonicalHash(name: string): string {
  const folded = (hash: string) => hash.toUpperCase().replace('SHA-', 'SHA');
  return hashNames.find((hash) => folded(hash) === folded(name)) ?? name;
}
