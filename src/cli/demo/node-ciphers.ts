/** The same ciphers from node:crypto, to compare with. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { CipherName } from './file-operations.js';

export const ivSizes = { 'AES-256-CBC': 16, 'AES-256-GCM': 12 } as const;
const tagSize = 16;

/** As the demo's ciphertexts are: of GCM the tag at the end. */
export function nodeEncrypt(algorithm: CipherName, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  if (algorithm === 'AES-256-CBC') {
    const cbc = createCipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([cbc.update(data), cbc.final()]);
  }
  const gcm = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([gcm.update(data), gcm.final(), gcm.getAuthTag()]);
}

/** @throws when the tag or the padding is wrong */
export function nodeDecrypt(algorithm: CipherName, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  if (algorithm === 'AES-256-CBC') {
    const cbc = createDecipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([cbc.update(data), cbc.final()]);
  }
  const end = data.length - tagSize;
  const gcm = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagSize });
  gcm.setAuthTag(data.subarray(end));
  return Buffer.concat([gcm.update(data.subarray(0, end)), gcm.final()]);
}
