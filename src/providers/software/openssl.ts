/** What the running Node's OpenSSL has; asked once, when the module is loaded. */
import { getCipherInfo, getCurves, getHashes } from 'node:crypto';

const hashes = new Set(getHashes().map((name) => name.toLowerCase()));
const curves = new Set(getCurves());

/** Whether node:crypto has a hash of this name, in lower case. */
export function hasOpenSslHash(name: string): boolean {
  return hashes.has(name);
}

export function hasOpenSslCipher(name: string): boolean {
  return getCipherInfo(name) !== undefined;
}

/** By OpenSSL's name; distributions leave some curves out. */
export function hasOpenSslCurve(name: string): boolean {
  return curves.has(name);
}
