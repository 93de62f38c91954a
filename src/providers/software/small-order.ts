/**
 * Public keys of Edwards curves that lie in the small subgroup: under them a signature can be right for every message, which breaks what
 * verification is for (FIPS 186-5 7.8 wants keys of the large order). Newer versions of Node refuse them themselves.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { ed25519 } from '@noble/curves/ed25519.js';

interface Curve {
  /** Bytes of a public key; they end SPKI (RFC 8410). */
  readonly size: number;
  readonly isSmall: (point: Uint8Array) => boolean;
}

const curves: Readonly<Record<string, Curve>> = {
  Ed25519: { size: 32, isSmall: (point) => ed25519.Point.fromBytes(point, true).isSmallOrder() },
  Ed448: { size: 57, isSmall: (point) => ed448.Point.fromBytes(point, true).isSmallOrder() },
};

const refusing = new Map<string, boolean>();

/** The neutral point is a key, and with s = 0 a signature of anything: who takes that does not check. */
function nodeRefuses(name: string, size: number): boolean {
  let known = refusing.get(name);
  if (known === undefined) {
    const neutral = new Uint8Array(2 * size);
    neutral[0] = 1;
    const x = Buffer.from(neutral.subarray(0, size)).toString('base64url');
    try {
      known = !verify(null, new Uint8Array(0), createPublicKey({ key: { kty: 'OKP', crv: name, x }, format: 'jwk' }), neutral);
    } catch {
      known = true;
    }
    refusing.set(name, known);
  }
  return known;
}

/** Whether verification under this key has to be refused here. `name`: of the key's row. */
export function isSmallOrder(name: string, key: KeyObject): boolean {
  const curve = curves[name];
  if (curve === undefined || nodeRefuses(name, curve.size)) return false;
  try {
    return curve.isSmall(key.export({ type: 'spki', format: 'der' }).subarray(-curve.size));
  } catch {
    // No point at all: no signature is right under it.
    return true;
  }
}
