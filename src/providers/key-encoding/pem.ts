/** Textual encoding of keys (RFC 7468), read as bytes. Exactly one block and nothing around it but white space. */
import { decodeBase64 } from './base64.js';
import { malformed } from './key-errors.js';
import { allocateSecret, wipe } from './secret-bytes.js';

export type PemLabel = 'PRIVATE KEY' | 'PUBLIC KEY';

const labels: readonly PemLabel[] = ['PRIVATE KEY', 'PUBLIC KEY'];
/** Labels that people meet, and what to do about them. */
const others: readonly (readonly [label: string, advice: string])[] = [
  ['ENCRYPTED PRIVATE KEY', 'the private key is encrypted; decrypt it first: openssl pkcs8'],
  ['EC PRIVATE KEY', 'the private key is SEC1, not PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt'],
  ['RSA PRIVATE KEY', 'the private key is PKCS#1, not PKCS#8; convert it: openssl pkcs8 -topk8 -nocrypt'],
  ['RSA PUBLIC KEY', 'the public key is PKCS#1, not SPKI; convert it: openssl rsa -RSAPublicKey_in -pubout'],
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
 * The DER inside, which the caller wipes when the label is PRIVATE KEY.
 * @throws INVALID_FORMAT
 */
export function decodePem(pem: Uint8Array): { readonly label: PemLabel; readonly der: Uint8Array } {
  const text = trim(pem);
  const label = labels.find((candidate) => startsWith(text, ascii(`-----BEGIN ${candidate}-----`)));
  if (label === undefined) {
    const other = others.find(([candidate]) => startsWith(text, ascii(`-----BEGIN ${candidate}-----`)));
    throw malformed(other?.[1] ?? 'the key is not PEM of a private key (PKCS#8) or a public key (SPKI)');
  }
  const head = `-----BEGIN ${label}-----`.length;
  const foot = ascii(`-----END ${label}-----`);
  if (text.length < head + foot.length || !startsWith(text.subarray(-foot.length), foot)) throw malformed('the PEM block has no end');
  const digits = withoutLineBreaks(text.subarray(head, -foot.length));
  const der = decodeBase64(digits, 'base64');
  wipe(digits);
  if (der === undefined) throw malformed('the PEM block is not base64');
  return { label, der };
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
