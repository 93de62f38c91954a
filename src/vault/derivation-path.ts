/** Derivation paths in the one spelling that is accepted: `m/74'/0'/0'/0'` (BIP32, "The key tree"; SLIP-0010). */

import { KeyslotError } from '../core/errors.js';
import { type KeyKind, keyKinds } from './key-kind.js';

/** Added to the index of a hardened step. */
export const hardened = 0x80000000;
/** Steps. BIP32 counts to 255, but each costs an HMAC or two, and no scheme in use has more than a few. */
export const longestPath = 16;

const largestIndex = hardened - 1;
const step = /^(0|[1-9][0-9]{0,9})('?)$/;

declare const checked: unique symbol;

/** The steps of a path, each an index, with 2³¹ added where it is hardened. Made by `parsePath` and `pathOf` only. */
export type DerivationPath = readonly number[] & { readonly [checked]: true };

/**
 * Reads a path: `m`, then at most 16 steps, each `/`, an index below 2³¹ in decimal without leading zeros, and `'` where it is hardened.
 * @throws DERIVATION_PATH_INVALID for anything else, also for `h` and `H`, blanks, and a `/` at the end
 */
export function parsePath(text: string, field = 'path'): DerivationPath {
  if (typeof text !== 'string') throw invalid('a derivation path must be text', field);
  const [root, ...steps] = text.split('/');
  if (root !== 'm') throw invalid("a derivation path begins with m, as in m/74'/0'/0'/0'", field);
  if (steps.length > longestPath) throw tooLong(field);
  return steps.map((part, at) => parseStep(part, at, field)) as unknown as DerivationPath;
}

function parseStep(part: string, at: number, field: string): number {
  const [, digits, mark] = step.exec(part) ?? [];
  const index = Number(digits);
  if (digits === undefined || index > largestIndex)
    throw invalid(
      `step ${at + 1} of the path must be a number below 2147483648 without leading zeros, with ' behind it if hardened`,
      field,
    );
  return mark === '' ? index : index + hardened;
}

/** The path of these steps. @throws DERIVATION_PATH_INVALID unless each is an integer from 0 to 2³² - 1, and there are at most 16 */
export function pathOf(steps: readonly number[], field = 'path'): DerivationPath {
  if (!Array.isArray(steps)) throw invalid('the steps of a path must be a list', field);
  // Copied first: what is checked is what is used.
  const copy = [...steps] as number[];
  if (copy.length > longestPath) throw tooLong(field);
  if (!copy.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff))
    throw invalid('a step of a path must be an integer from 0 to 4294967295', field);
  return copy as unknown as DerivationPath;
}

/** A path as text: `parsePath` gives the same path again. */
export function formatPath(path: DerivationPath): string {
  return ['m', ...path.map((value) => (value >= hardened ? `${value - hardened}'` : `${value}`))].join('/');
}

/** @throws DERIVATION_PATH_INVALID where the kind has no such derivation: an Ed25519 or AES key at a path with a step that is not hardened */
export function requirePathFor(kind: KeyKind, path: DerivationPath, field = 'path'): void {
  if (keyKinds[kind].hardenedOnly && path.some((value) => value < hardened))
    throw invalid(`every step of the path of an ${kind} key must be hardened: put ' behind it`, field);
}

function tooLong(field: string): KeyslotError {
  return invalid(`a derivation path has at most ${longestPath} steps`, field);
}

function invalid(message: string, field: string): KeyslotError {
  return new KeyslotError('DERIVATION_PATH_INVALID', message, { field });
}
