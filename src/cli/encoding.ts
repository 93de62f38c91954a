/** Signatures as bytes or as text. */
import { badData, usageError } from './failure.js';

export interface EncodingFlags {
  readonly hex?: boolean;
  readonly base64?: boolean;
}
export type Encoding = 'raw' | 'hex' | 'base64';

export const encodingFlags = {
  hex: { kind: 'boolean', optional: true, withNegated: false, brief: 'The signature is hexadecimal text' },
  base64: { kind: 'boolean', optional: true, withNegated: false, brief: 'The signature is base64 text' },
} as const;

/** @throws INVALID_ARGUMENT (usage) for both at once */
export function encodingOf({ hex = false, base64 = false }: EncodingFlags): Encoding {
  if (hex && base64) throw usageError('give --hex or --base64, not both', 'base64');
  if (hex) return 'hex';
  return base64 ? 'base64' : 'raw';
}

export function encode(bytes: Uint8Array, encoding: Encoding): Uint8Array {
  return encoding === 'raw' ? bytes : Buffer.from(`${Buffer.from(bytes).toString(encoding)}\n`);
}

const shapes = { hex: /^(?:[0-9a-fA-F]{2})*$/, base64: /^[A-Za-z0-9+/]*={0,2}$/ } as const;

/** @throws INVALID_FORMAT */
export function decode(bytes: Uint8Array, encoding: Encoding, name: string): Uint8Array {
  if (encoding === 'raw') return bytes;
  const text = Buffer.from(bytes).toString('latin1').replace(/\s+/g, '');
  if (!shapes[encoding].test(text)) throw badData(`${name} is not ${encoding === 'hex' ? 'hexadecimal' : 'base64'} text`, 'signature');
  return Buffer.from(text, encoding);
}
