import { SecureBuffer, type SecureBufferOptions } from '../native.js';

/** A copy in locked memory, 1 byte to 1 MiB. The caller disposes it, and wipes the bytes. @throws INVALID_ARGUMENT for another size */
export function securedCopy(bytes: Uint8Array, memory: SecureBufferOptions): SecureBuffer {
  const buffer = new SecureBuffer(bytes.length, memory);
  buffer.use((view) => view.set(bytes));
  return buffer;
}
