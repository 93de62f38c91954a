/** GMAC (SP 800-38D 3): AES-GCM of an empty message, with what is authenticated as additional data. */
import { type CipherGCM, type CipherGCMTypes, createCipheriv, type KeyObject } from 'node:crypto';
import type { MacStream } from './mac-stream.js';
import { drop } from './symmetric.js';

export class Gmac implements MacStream {
  readonly #cipher: CipherGCM;

  constructor(key: KeyObject, iv: Uint8Array) {
    const bits = (key.symmetricKeySize ?? 0) * 8;
    this.#cipher = createCipheriv(`aes-${bits}-gcm` as CipherGCMTypes, key, iv, { authTagLength: 16 });
  }
  update(data: Uint8Array): void {
    this.#cipher.setAAD(data);
  }
  digest(): Uint8Array {
    this.#cipher.final();
    return this.#cipher.getAuthTag();
  }
  dispose(): void {
    drop(this.#cipher);
  }
}
