import { createDecipheriv } from 'node:crypto';

const tagSize = 16;

/** AES-256-GCM by node:crypto, the tag behind the ciphertext. */
export function openGcm(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Buffer {
  const tagAt = data.length - tagSize;
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(data.subarray(tagAt));
  return Buffer.concat([decipher.update(data.subarray(0, tagAt)), decipher.final()]);
}
