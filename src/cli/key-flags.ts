/** Flags of the commands that manage keys. */
import { buildChoiceParser } from '@stricli/core';
import { KeyOperationPermission, permissionNames } from '../core/permissions.js';
import { keyFormats } from '../core/vocabulary.js';
import { usageError } from './failure.js';
import { daemonFlags, type JsonFlags, slotName, text } from './flags.js';

/** A key is used where it lives, so these commands have no `--provider`. */
export interface KeyCommandFlags extends JsonFlags {
  readonly endpoint?: string;
  /** Milliseconds. */
  readonly timeout?: number;
}
const { json, endpoint, timeout } = daemonFlags;
export const keyCommandFlags = { json, endpoint, timeout } as const;

export const slotArgument = {
  kind: 'tuple',
  parameters: [{ brief: 'Name of the slot', parse: slotName, placeholder: 'slot' }],
} as const;

export function slotFlag(brief: string) {
  return { kind: 'parsed', parse: slotName, placeholder: 'slot', brief } as const;
}

export function textFlag(placeholder: string, brief: string) {
  return { kind: 'parsed', parse: text, optional: true, placeholder, brief } as const;
}

export function switchFlag(brief: string) {
  return { kind: 'boolean', optional: true, withNegated: false, brief } as const;
}

/** A whole number in decimal digits. */
export function numberFlag(placeholder: string, brief: string) {
  const parse = (input: string): number => {
    if (!/^\d{1,10}$/.test(input)) throw usageError(`it takes a whole number, not "${input}"`);
    return Number(input);
  };
  return { kind: 'parsed', parse, optional: true, placeholder, brief } as const;
}

export const overwriteFlag = switchFlag('Replace the key that is in the slot');

export const inputFlag = {
  kind: 'parsed',
  parse: text,
  optional: true,
  placeholder: 'file',
  brief: 'Where it is read from; - or none is standard input',
} as const;

export function keyFormatFlag(brief: string) {
  return { kind: 'parsed', parse: buildChoiceParser(keyFormats), optional: true, placeholder: 'format', brief } as const;
}

/** `encrypt,decrypt`; `none` for a key that may do nothing. @throws INVALID_ARGUMENT (usage) */
function permissionMask(input: string): number {
  if (input === 'none') return 0;
  let mask = 0;
  for (const word of input.split(',')) {
    const name = permissionNames.find((candidate) => candidate === word.trim());
    if (name === undefined) throw usageError(`"${word}" is no permission; there are ${permissionNames.join(', ')}, and none`);
    mask |= KeyOperationPermission[name];
  }
  return mask;
}

export function permissionsFlag(brief = 'What it may do; what the slot allows when not given') {
  return { kind: 'parsed', parse: permissionMask, optional: true, placeholder: 'a,b', brief } as const;
}

/** What several commands take of a new key. */
export interface NewKeyFlags extends KeyCommandFlags {
  readonly algorithm?: string;
  readonly permissions?: number;
  readonly overwrite?: boolean;
}
export const newKeyFlags = {
  algorithm: textFlag('name', "Kind of key; the slot's, and no other"),
  permissions: permissionsFlag(),
  overwrite: overwriteFlag,
} as const;

/** Fields of the API that these fill. */
export const newKeyNames = {
  algorithm: 'algorithm',
  derivedKeyAlgorithm: 'algorithm',
  innerKeyAlgorithm: 'algorithm',
  permissions: 'permissions',
  publicPermissions: 'publicPermissions',
  overwrite: 'overwrite',
} as const;

/** The parameters that they become. */
export function newKeyParams({ permissions, overwrite }: NewKeyFlags): { permissions?: number; overwrite?: boolean } {
  return { ...(permissions === undefined ? {} : { permissions }), ...(overwrite === undefined ? {} : { overwrite }) };
}
