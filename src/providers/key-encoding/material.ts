/** A key outside a provider: on its way in, out, or into the store. */
import type { KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import type { KeyHalf } from '../../core/permissions.js';

/** What a key is made of. */
export interface Material {
  readonly half: KeyHalf;
  readonly object: KeyObject;
}

const encodings: Readonly<Record<KeyHalf, (object: KeyObject) => Uint8Array>> = {
  secret: (object) => object.export(),
  private: (object) => object.export({ type: 'pkcs8', format: 'der' }),
  public: (object) => object.export({ type: 'spki', format: 'der' }),
};

/** The encoding in which keys are exported and stored: raw, PKCS#8 or SPKI (DER). A fresh copy that the caller wipes. */
export function encodeMaterial({ half, object }: Material): Uint8Array {
  return encodings[half](object);
}

/** Bits. Of HMAC keys the length of what there is, otherwise the algorithm's. */
export function lengthOf(algorithm: KeyRow, { object }: Material): number {
  return object.symmetricKeySize === undefined ? algorithm.keyLength : object.symmetricKeySize * 8;
}
