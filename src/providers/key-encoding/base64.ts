/** Base64 from bytes to bytes (RFC 4648), so that private keys never become strings. One spelling only: no spaces, no loose bits. */
import { allocateSecret, wipe } from './secret-bytes.js';

const common = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const invalid = 0xff;

function table(last: string): Uint8Array {
  const values = new Uint8Array(256).fill(invalid);
  for (const [value, character] of [...common, ...last].entries()) values[character.charCodeAt(0)] = value;
  return values;
}
const alphabets = { base64: table('+/'), base64url: table('-_') } as const;
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
