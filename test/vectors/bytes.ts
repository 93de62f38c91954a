/** Bytes and numbers as vector files write them. */

/** @throws for anything but whole bytes in hexadecimal */
export function hex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new Error(`not hexadecimal: ${text.slice(0, 40)}`);
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** The big-endian bytes of a number in hexadecimal, without leading zeros. */
export function unsigned(text: string): Uint8Array {
  if (!/^[0-9a-f]*$/i.test(text)) throw new Error(`not a number in hexadecimal: ${text.slice(0, 40)}`);
  const digits = text.replace(/^0+/, '');
  return hex(digits.length % 2 === 0 ? digits : `0${digits}`);
}

/** A number in so many bytes; one that is too big keeps its own length. */
export function fixed(text: string, size: number): Uint8Array {
  const bytes = unsigned(text);
  return bytes.length >= size ? bytes : concat(new Uint8Array(size - bytes.length), bytes);
}

export function bigint(text: string): bigint {
  return text === '' ? 0n : BigInt(`0x${text}`);
}
export function bytesOf(value: bigint): Uint8Array {
  return unsigned(value.toString(16));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** The first bits of a text in hexadecimal, which may be longer; undefined unless they are whole bytes. */
export function firstBits(text: string, bits: number): Uint8Array | undefined {
  return bits % 8 === 0 ? hex(text).subarray(0, bits / 8) : undefined;
}

export function show(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('hex');
  return text.length <= 64 ? text : `${text.slice(0, 64)}… (${bytes.length} bytes)`;
}

/** Bits count from the high end of the last byte; its others become zeros. */
export function cutToBits(data: Uint8Array, bits: number): Uint8Array {
  const unused = data.length * 8 - bits;
  if (unused <= 0) return data;
  const cut = Uint8Array.from(data);
  cut[cut.length - 1] = ((cut.at(-1) ?? 0) >> unused) << unused;
  return cut;
}
