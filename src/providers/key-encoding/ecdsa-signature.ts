/** The two forms of an ECDSA signature: r and s side by side (IEEE P1363, PKCS#11), and Ecdsa-Sig-Value in DER (RFC 3279 2.2.3). */
import { DerReader, element, encode, integer, tags } from './der.js';

function magnitude(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? bytes.subarray(bytes.length) : bytes.subarray(start);
}

export function derFromP1363(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  return encode(element(tags.sequence, integer(magnitude(signature.subarray(0, half))), integer(magnitude(signature.subarray(half)))));
}

/** Strict DER only. Undefined for anything else, and for numbers that are too long. */
export function p1363FromDer(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const outer = new DerReader(der);
    const numbers = outer.enter(tags.sequence);
    outer.end();
    const pair = [numbers.unsigned(), numbers.unsigned()];
    numbers.end();
    const signature = new Uint8Array(size);
    const half = size / 2;
    for (const [i, number] of pair.entries()) {
      if (number.length > half) return undefined;
      signature.set(number, (i + 1) * half - number.length);
    }
    return signature;
  } catch {
    return undefined;
  }
}
