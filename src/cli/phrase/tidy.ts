/** How people type phrases, and how BIP39 wants them: in place, so that there is no second copy. */

const blank = 0x20;

function isBlank(byte: number): boolean {
  return byte === blank || (byte >= 0x09 && byte <= 0x0d);
}

/** Single blanks between words, none around them. Answers a view of the same memory, whose rest is zeros. */
export function tidyBlanks(bytes: Uint8Array): Uint8Array {
  let end = 0;
  for (const byte of bytes) {
    if (!isBlank(byte)) bytes[end++] = byte;
    else if (end > 0 && bytes[end - 1] !== blank) bytes[end++] = blank;
  }
  if (end > 0 && bytes[end - 1] === blank) end -= 1;
  bytes.fill(0, end);
  return bytes.subarray(0, end);
}

/** The same in lower case: in NFKD also letters with accents have an ASCII letter in front. */
export function tidyWords(bytes: Uint8Array): Uint8Array {
  for (const [at, byte] of bytes.entries()) if (byte >= 0x41 && byte <= 0x5a) bytes[at] = byte + 0x20;
  return tidyBlanks(bytes);
}
