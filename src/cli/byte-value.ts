/** Bytes as flags give them: a text, hexadecimal digits, or the content of a file, which is how secrets come. */
import type { CliContext } from './context.js';
import { usageError } from './failure.js';
import { readSmall } from './input-file.js';

export type ByteValue = { readonly bytes: Uint8Array } | { readonly file: string };

/** What a value without a prefix is. */
export type UsualForm = 'text' | 'hex';

export function hexBytes(text: string): Uint8Array | undefined {
  return /^(?:[0-9a-fA-F]{2})*$/.test(text) ? Uint8Array.from(Buffer.from(text, 'hex')) : undefined;
}

/** `hex:00ff`, `text:a label`, `@file`, or without a prefix the usual form. @throws INVALID_ARGUMENT (usage) */
function byteValue(input: string, usual: UsualForm): ByteValue {
  if (input.startsWith('@')) {
    if (input.length === 1) throw usageError('a file name must follow the @');
    return { file: input.slice(1) };
  }
  const [, prefix = usual, value = ''] = /^(?:(hex|text):)?(.*)$/s.exec(input) ?? [];
  const bytes = prefix === 'hex' ? hexBytes(value) : new TextEncoder().encode(value);
  if (bytes === undefined) throw usageError(`"${input}" is not hexadecimal; text:… takes it as it is, @FILE reads a file`);
  return { bytes };
}

export function bytesFlag(usual: UsualForm, brief: string) {
  const parse = (input: string): ByteValue => byteValue(input, usual);
  return { kind: 'parsed', parse, optional: true, placeholder: usual === 'hex' ? 'hex' : 'text', brief } as const;
}

const longestValue = 65_536;

/** Fresh memory that the caller wipes. @throws RESOURCE_NOT_FOUND, INVALID_FORMAT */
export async function resolveBytes(context: CliContext, value: ByteValue): Promise<Uint8Array> {
  return 'bytes' in value ? value.bytes : readSmall(context, value.file, longestValue, { secret: true });
}
