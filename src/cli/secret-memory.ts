/** Memory for what may be secret: the command line wipes all of it before it ends. */

/** Fresh zeros outside the JavaScript heap, where the collector leaves no copy. */
export function secretMemory(size: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(size));
}

export function wipe(...all: readonly (Uint8Array | undefined)[]): void {
  for (const bytes of all) bytes?.fill(0);
}

/** Gives `use` the bytes, and wipes them when it is done, whatever comes of it. */
export async function wiping<T>(bytes: Uint8Array, use: (bytes: Uint8Array) => Promise<T>): Promise<T> {
  try {
    return await use(bytes);
  } finally {
    wipe(bytes);
  }
}
