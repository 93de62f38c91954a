/** AES-256-GCM (SP 800-38D) with keys of the vault, which works on whole messages; what is long goes to the thread pool. */
import type { AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { orElse } from '../answer.js';
import type { Answer, Finalized } from '../contract.js';
import type { WholeMessageAead } from './gathered-aead.js';
import { checkIv, refused } from './symmetric.js';
import type { VaultKey } from './vault-key.js';

const nonceSize = 12;
const tagSize = 16;
const longestInLine = 4096;

export class VaultAead implements WholeMessageAead {
  readonly #key: VaultKey;

  /** @throws UNSUPPORTED_ALGORITHM for tags of another length */
  constructor({ name }: AeadRow, key: VaultKey, tagLength: number) {
    if (tagLength !== tagSize) {
      const message = `${name} with a key of the vault has tags of ${tagSize} bytes, not ${tagLength}`;
      throw new KeyslotError('UNSUPPORTED_ALGORITHM', message, { field: 'tagLength' });
    }
    this.#key = key;
  }

  /** @throws VAULT_LOCKED */
  nonce(given: Uint8Array | undefined): Uint8Array {
    this.#key.vault();
    return checkIv(given, { min: nonceSize, max: nonceSize }, 'nonce');
  }

  streams(): void {
    this.#key.streams();
  }

  seal(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array): Answer<Finalized> {
    const { path } = this.#key;
    const vault = this.#key.vault();
    if (data.length + aad.length <= longestInLine) return cut(vault.seal(path, nonce, aad, data));
    return vault.sealAsync(path, nonce, aad, data).then(cut);
  }

  open(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array, tag: Uint8Array): Answer<Uint8Array> {
    const { path } = this.#key;
    const vault = this.#key.vault();
    if (tag.length !== tagSize) throw refused();
    const sealed = new Uint8Array(data.length + tagSize);
    sealed.set(data);
    sealed.set(tag, data.length);
    const inLine = sealed.length + aad.length <= longestInLine;
    return orElse<Uint8Array>(
      () => (inLine ? vault.open(path, nonce, aad, sealed) : vault.openAsync(path, nonce, aad, sealed)),
      (error) => {
        throw error instanceof KeyslotError && error.code === 'OPERATION_FAILED' ? refused() : error;
      },
    );
  }
}

function cut(sealed: Uint8Array): Finalized {
  const at = sealed.length - tagSize;
  return { data: sealed.subarray(0, at), tag: sealed.subarray(at) };
}
