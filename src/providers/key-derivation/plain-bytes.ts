/** The same memory, not as a Buffer, whose `slice` and `equals` are not those of a Uint8Array. */
export function plainBytes({ buffer, byteOffset, length }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
