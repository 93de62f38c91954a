/** Base64 between bytes and bytes (RFC 4648), so that private keys never become strings. One spelling only: no spaces, no loose bits. */
import { allocateSecret, wipe } from './secret-bytes.js';

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const invalid = 0xff;

function table(last: string): Uint8Array {
  const values = new Uint8Array(256).fill(invalid);
  for (const [value, character] of [...common, ...last].entries()) values[character.charCodeAt(0)] = value;
  return values;
}
const alphabets = { base64: table('+/'), base64url: table('-_') } as const;
const digitsOf = { base64: `${common}+/`, base64url: `${common}-_` } as const;
const padding = '='.charCodeAt(0);

/**
 * `base64` needs its padding, `base64url` (RFC 7515) has none. The caller wipes the result when it is secret.
 * @returns undefined when the text is not well-formed
 */
export function decodeBase64(text: Uint8Array, alphabet: keyof typeof alphabets): Uint8Array | undefined {
  const digits = alphabet === 'base64' ? withoutPadding(text) : text;
  if (digits === undefined || digits.length % 4 === 1) return undefined;
  const bytes = allocateSecret(Math.floor((digits.length * 3) / 4));
  if (decodeInto(bytes, digits, alphabets[alphabet])) return bytes;
  wipe(bytes);
  return undefined;
}

function withoutPadding(text: Uint8Array): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined;
  if (text.at(-1) !== padding) return text;
  return text.subarray(0, text.at(-2) === padding ? -2 : -1);
}

function decodeInto(bytes: Uint8Array, digits: Uint8Array, values: Uint8Array): boolean {
  let bits = 0;
  let held = 0;
  let at = 0;
  let wrong = 0;
  for (const digit of digits) {
    const value = values[digit] ?? invalid;
    wrong |= value & 0xc0;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = held >>> bits;
    }
  }
  return wrong === 0 && (held & ((1 << bits) - 1)) === 0;
}

/** The reverse: with padding in `base64`, without in `base64url`. The caller wipes the result when it is secret. */
export function encodeBase64(bytes: Uint8Array, alphabet: keyof typeof alphabets): Uint8Array {
  const characters = digitsOf[alphabet];
  const size = alphabet === 'base64' ? Math.ceil(bytes.length / 3) * 4 : Math.ceil((bytes.length * 4) / 3);
  const text = allocateSecret(size).fill(padding);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let digit = 0; digit < digits; digit++) text[at++] = characters.charCodeAt((group >>> (18 - 6 * digit)) & 0x3f);
  }
  return text;
}
