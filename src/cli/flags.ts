/** Flags that several commands share, and what they mean. */
import { parseTime } from '../daemon/config/units.js';
import { usageError } from './failure.js';

export interface JsonFlags {
  readonly json?: boolean;
}
export interface DaemonFlags extends JsonFlags {
  readonly endpoint?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  readonly provider?: string;
}
export interface AdminFlags extends JsonFlags {
  readonly admin?: string;
  readonly timeout?: number;
}
export interface OutputFlags {
  readonly output?: string;
  readonly force?: boolean;
}

export const text = (input: string): string => input;

/** An unset variable of a script is told by the flag that got it. */
export function slotName(input: string): string {
  if (input === '') throw usageError('it is empty: give the name of a slot');
  return input;
}

function time(input: string): number {
  const ms = parseTime(input);
  if (ms === undefined) throw usageError('it takes a time with its unit, such as 500ms, 5s or 2min');
  return ms;
}

export const jsonFlag = {
  kind: 'boolean',
  optional: true,
  withNegated: false,
  brief: 'Print JSON for programs; errors too',
} as const;

const timeoutFlag = {
  kind: 'parsed',
  parse: time,
  optional: true,
  placeholder: 'time',
  brief: 'Deadline of each call, such as 5s',
} as const;

export const daemonFlags = {
  json: jsonFlag,
  endpoint: { kind: 'parsed', parse: text, optional: true, placeholder: 'unix:/path', brief: "The daemon's socket (KEYSLOT_ENDPOINT)" },
  timeout: timeoutFlag,
  provider: {
    kind: 'parsed',
    parse: text,
    optional: true,
    placeholder: 'provider',
    brief: 'Name or number of a provider, or hardware, software',
  },
} as const;

export const adminFlags = {
  json: jsonFlag,
  admin: { kind: 'parsed', parse: text, optional: true, placeholder: 'unix:/path', brief: "The daemon's admin socket (KEYSLOT_ADMIN)" },
  timeout: timeoutFlag,
} as const;

export const keyFlag = { kind: 'parsed', parse: slotName, placeholder: 'slot', brief: 'Name of the slot that holds the key' } as const;

export function algorithmFlag(usual: string) {
  return { kind: 'parsed', parse: text, optional: true, placeholder: 'name', brief: `Algorithm; ${usual} when not given` } as const;
}

export const outputFlags = {
  output: { kind: 'parsed', parse: text, optional: true, placeholder: 'file', brief: 'Where the result goes; - is standard output' },
  force: { kind: 'boolean', optional: true, withNegated: false, brief: 'Replace an existing file; write bytes to a terminal' },
} as const;

export const fileArguments = {
  kind: 'array',
  parameter: { brief: 'Files; - or none is standard input', parse: text, placeholder: 'file' },
} as const;

export const fileArgument = {
  kind: 'tuple',
  parameters: [{ brief: 'File; - or none is standard input', parse: text, placeholder: 'file', optional: true }],
} as const;

/** A provider as a context's configuration takes it: a number, a name, or a selection. */
export function providerChoice(provider: string | undefined): { provider?: number | string } {
  if (provider === undefined) return {};
  return { provider: /^\d{1,5}$/.test(provider) ? Number(provider) : provider };
}

export interface Example {
  readonly what: string;
  readonly command: string;
}

/** The long text of a command's help. */
export function description(text: string, examples: readonly Example[]): string {
  const lines = examples.flatMap(({ what, command }) => [`  ${what}`, `    ${command}`]);
  return `${text.trim()}\n\nEXAMPLES\n${lines.join('\n')}`;
}
