/** Takes sealed files apart, and makes them with node:crypto as docs/file-format.md says. */
import { createCipheriv, randomBytes } from 'node:crypto';

export const headerBytes = 64;
const overhead = 32;

export interface Parts {
  readonly header: Buffer;
  readonly chunks: readonly Buffer[];
}

export function takeApart(file: Buffer): Parts {
  const chunks: Buffer[] = [];
  for (let at = headerBytes; at < file.length; ) {
    const size = (file.readUInt32LE(at) & 0x7fffffff) + overhead;
    chunks.push(file.subarray(at, at + size));
    at += size;
  }
  return { header: file.subarray(0, headerBytes), chunks };
}

export function together({ header, chunks }: Parts): Buffer {
  return Buffer.concat([header, ...chunks]);
}

/** Another program's file. */
export function sealWithNode(key: Uint8Array, plain: Uint8Array, chunkSize: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('KSLTENC\u0001', 0, 'latin1');
  header.writeUInt32LE(chunkSize, 8);
  randomBytes(16).copy(header, 16);
  header.write('AES-256-GCM', 32, 'latin1');
  const chunks: Buffer[] = [];
  const count = Math.max(1, Math.ceil(plain.length / chunkSize));
  for (let i = 0; i < count; i++) {
    const data = plain.subarray(i * chunkSize, (i + 1) * chunkSize);
    const length = Buffer.alloc(4);
    length.writeUInt32LE((data.length | (i === count - 1 ? 0x80000000 : 0)) >>> 0);
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(BigInt(i));
    const nonce = randomBytes(12);
    const gcm = createCipheriv('aes-256-gcm', key, nonce);
    gcm.setAAD(Buffer.concat([header, number, length]));
    chunks.push(Buffer.concat([length, nonce, gcm.update(data), gcm.final(), gcm.getAuthTag()]));
  }
  return together({ header, chunks });
}
