/** Memory for secrets that can be wiped for good. */

/**
 * Fresh zeroed memory outside the JavaScript heap. Typed arrays of up to 64 bytes live on the heap otherwise, where the collector
 * may move them and leave a copy behind.
 */
export function allocateSecret(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(size));
}

/** A copy that its owner wipes. */
export function copySecret(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = allocateSecret(bytes.length);
  copy.set(bytes);
  return copy;
}

export function wipe(...all: readonly (Uint8Array | undefined)[]): void {
  for (const bytes of all) bytes?.fill(0);
}
