/** Initialisation vectors and nonces: what each algorithm takes, and which an encrypting AEAD context has used before. */
import { KeyslotError } from '../core/errors.js';
import type { OperationSpec } from '../providers/contract.js';

const remembered = 65_536;

/** @throws INVALID_ARGUMENT that names `iv` or `nonce` */
export function checkIv(spec: OperationSpec, iv: Uint8Array | undefined): void {
  const row = spec.algorithm;
  if (row.family === 'cipher') {
    if ((iv?.length ?? 0) !== row.ivSize) throw wrong('iv', `${row.name} takes an IV of ${row.ivSize} bytes, not ${given(iv)}`);
  } else if (row.family === 'aead') {
    const field = spec.kind === 'aead' ? 'nonce' : 'iv';
    const size = iv?.length ?? 0;
    if (size < row.nonce.min || size > row.nonce.max) {
      throw wrong(field, `${row.name} takes a nonce of ${row.nonce.min} to ${row.nonce.max} bytes, not ${given(iv)}`);
    }
  } else if (row.family === 'gmac') {
    if (iv === undefined || iv.length < row.nonce.min || iv.length > row.nonce.max)
      throw wrong('iv', `${row.name} takes an IV of ${row.nonce.min} to ${row.nonce.max} bytes, not ${given(iv)}`);
  } else if (iv !== undefined) throw wrong('iv', `${row.name} takes no IV`);
}

function given(iv: Uint8Array | undefined): string {
  return iv === undefined ? 'none' : String(iv.length);
}
function wrong(field: string, message: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}

/** Nonces that one context has encrypted with. */
export class NonceMemory {
  readonly #used = new Set<string>();

  /** @throws INVALID_ARGUMENT for one used before, QUOTA_EXCEEDED once 65,536 are remembered */
  use(nonce: Uint8Array): void {
    // Only deterministic encryption takes none (SIV, RFC 5297 3).
    if (nonce.length === 0) return;
    const key = Buffer.from(nonce.buffer, nonce.byteOffset, nonce.length).toString('latin1');
    if (this.#used.has(key)) throw wrong('nonce', 'this nonce was used on this context before; a nonce must never repeat under one key');
    if (this.#used.size >= remembered) {
      throw new KeyslotError('QUOTA_EXCEEDED', `this context has encrypted with ${remembered} nonces; make a new one`, { field: 'nonce' });
    }
    this.#used.add(key);
  }
}
