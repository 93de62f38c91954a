/** A file without a name in memory, to which native code, which writes to descriptors, writes a new phrase. Node can make no pipe. */

import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { KeyslotError } from '../core/errors.js';
import { SecureBuffer, type SecureBufferOptions } from '../native.js';

/** Linux's tmpfs of every system and container: never on a disk. */
const folder = '/dev/shm';
/** Linux's O_TMPFILE, which node does not name; the same on x86-64 and arm64. */
const unnamed = 0o20000000 | constants.O_DIRECTORY;
const newline = 0x0a;

/** Nobody else can open it. Its owner disposes it: the bytes are overwritten and the file is gone. */
export class SecretFile implements Disposable {
  /** Stands at the start. */
  readonly descriptor: number;

  /** @throws UNSUPPORTED_OPERATION where the system has no /dev/shm */
  constructor() {
    try {
      this.descriptor = openSync(folder, constants.O_RDWR | unnamed, 0o600);
    } catch (cause) {
      throw new KeyslotError('UNSUPPORTED_OPERATION', `no file without a name can be made in ${folder}: give a descriptor`, { cause });
    }
  }

  /** Whatever was written before is overwritten. The descriptor goes on standing where it stood. */
  write(bytes: Uint8Array): void {
    writeSync(this.descriptor, bytes, 0, bytes.length, 0);
  }

  /** All of it but a newline at the end, in locked memory that is the caller's. @throws INVALID_ARGUMENT when there is nothing */
  take(memory: SecureBufferOptions = {}): SecureBuffer {
    const { size } = fstatSync(this.descriptor);
    using all = new SecureBuffer(size, memory);
    const length = all.use((bytes) => {
      const read = readSync(this.descriptor, bytes, 0, size, 0);
      return bytes[read - 1] === newline ? read - 1 : read;
    });
    const line = new SecureBuffer(length, memory);
    all.use((bytes) => line.use((view) => view.set(bytes.subarray(0, length))));
    return line;
  }

  [Symbol.dispose](): void {
    this.write(new Uint8Array(fstatSync(this.descriptor).size));
    ftruncateSync(this.descriptor);
    closeSync(this.descriptor);
  }
}
