/** Names of algorithms in the dialects of vector files, as Keyslot writes them. */

/** `SHA2-256`, `SHA256`, `SHA-512/256`, `SHA-512(256)`, `SHA3-256`, `SHAKE128` … */
export function hashName(text: string): string {
  const name = text.trim().toUpperCase().replace(/_/g, '-');
  const truncated = /^SHA(?:2)?-?512[-/(](224|256)\)?$/.exec(name);
  if (truncated !== null) return `SHA-512/${truncated[1]}`;
  const third = /^SHA-?3[-(](\d{3})\)?$/.exec(name);
  if (third !== null) return `SHA3-${third[1]}`;
  const shake = /^SHAKE-?(128|256)$/.exec(name);
  if (shake !== null) return `SHAKE-${shake[1]}`;
  const first = /^SHA-?1$/.exec(name);
  if (first !== null) return 'SHA-1';
  const second = /^SHA(?:2-|-?)(224|256|384|512)$/.exec(name);
  return second !== null ? `SHA-${second[1]}` : name;
}

/** Bytes of a digest of the hashes that need no longer name. */
export const digestSizes: Readonly<Record<string, number>> = {
  'SHA-1': 20,
  'SHA-224': 28,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
};

const nistCurves: Readonly<Record<string, string>> = {
  secp192r1: 'P192',
  prime192v1: 'P192',
  secp224r1: 'P224',
  secp256r1: 'P256',
  prime256v1: 'P256',
  secp384r1: 'P384',
  secp521r1: 'P521',
};

/** `secp256r1`, `prime256v1` and `P-256` are P256; curves without a NIST name keep theirs. */
export function curveName(text: string): string {
  return nistCurves[text] ?? text.replace(/^P-(\d{3})$/, 'P$1');
}

export function ecdsaName(curve: string, hash: string): string {
  return `ECDSA-${curveName(curve)}-${hashName(hash)}`;
}
export function ecKeyName(curve: string): string {
  return `ECDSA-${curveName(curve)}`;
}
export function rsaKeyName(bits: number): string {
  return `RSA-${bits}`;
}
export function pssName(hash: string): string {
  return `RSA-PSS-${hashName(hash)}`;
}

/** The salt's length, and the hash of the mask where it is not the message's: what RSASSA-PSS takes beside the hash. */
export function pssParameters(hash: string, maskHash: string, saltLength: number): Record<string, string | number> {
  return hashName(hash) === hashName(maskHash) ? { saltLength } : { saltLength, mgfHash: hashName(maskHash) };
}
