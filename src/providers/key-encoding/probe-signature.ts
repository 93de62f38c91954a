import { type KeyObject, sign, verify } from 'node:crypto';

const probe = new TextEncoder().encode('keyslot: do the halves of this key belong together?');

/** Whether what the private key signs is valid under the public one. */
export function signsFor(privateKey: KeyObject, publicKey: KeyObject): boolean {
  try {
    return verify('sha256', probe, publicKey, sign('sha256', probe, privateKey));
  } catch {
    return false;
  }
}
