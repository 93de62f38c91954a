/** Textual encoding of keys (RFC 7468), read as bytes. Exactly one block and nothing around it but white space. */
import { decodeBase64 } from './base64.js';
import { malformed } from './key-errors.js';
import type { KeyForm } from './key-form.js';
import { allocateSecret, wipe } from './secret-bytes.js';

/** Labels, and what is inside (RFC 7468 sections 10, 11 and 13; the last three are older than it). */
const labels: readonly (readonly [label: string, form: KeyForm])[] = [
  ['PRIVATE KEY', 'pkcs8'],
  ['PUBLIC KEY', 'spki'],
  ['ENCRYPTED PRIVATE KEY', 'encrypted'],
  ['EC PRIVATE KEY', 'sec1'],
  ['RSA PRIVATE KEY', 'pkcs1-private'],
  ['RSA PUBLIC KEY', 'pkcs1-public'],
];
/** Labels that people meet, and what to do about them. */
const others: readonly (readonly [label: string, advice: string])[] = [
  ['EC PARAMETERS', 'there is more than the key; leave the block EC PARAMETERS out'],
  ['CERTIFICATE', 'this is a certificate, not a key'],
];

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, i) => bytes[i] === byte);
}
function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
function trim(bytes: Uint8Array): Uint8Array {
  let start = 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start += 1;
  while (end > start && isSpace(bytes[end - 1])) end -= 1;
  return bytes.subarray(start, end);
}

/**
 * The DER inside, in fresh memory, which the caller wipes.
 * @throws INVALID_FORMAT
 */
export function decodePem(pem: Uint8Array): { readonly form: KeyForm; readonly der: Uint8Array } {
  const text = trim(pem);
  const begins = ([label]: readonly [string, string]): boolean => startsWith(text, ascii(`-----BEGIN ${label}-----`));
  const found = labels.find(begins);
  if (found === undefined) throw malformed(others.find(begins)?.[1] ?? 'the key is not PEM of a private or a public key');
  const [label, form] = found;
  const head = `-----BEGIN ${label}-----`.length;
  const foot = ascii(`-----END ${label}-----`);
  if (text.length < head + foot.length || !startsWith(text.subarray(-foot.length), foot)) throw malformed('the PEM block has no end');
  const digits = withoutLineBreaks(text.subarray(head, -foot.length));
  const der = decodeBase64(digits, 'base64');
  wipe(digits);
  if (der === undefined) throw malformed('the PEM block is not base64, or has headers');
  return { form, der };
}

/** Lines end with LF or CRLF and hold digits only; a blank anywhere else spoils the base64. */
function withoutLineBreaks(body: Uint8Array): Uint8Array {
  const digits = allocateSecret(body.length);
  let size = 0;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] as number;
    if (byte === 0x0a || (byte === 0x0d && body[i + 1] === 0x0a)) continue;
    digits[size++] = byte;
  }
  return digits.subarray(0, size);
}
