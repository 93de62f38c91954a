/** The job that everybody does: a digest or a MAC of 64 bytes. */
import { createHash, createHmac } from 'node:crypto';

export const message = new Uint8Array(64).fill(7);
export const macKey = new Uint8Array(32).fill(9);

const digest = createHash('sha256').update(message).digest();
const mac = createHmac('sha256', macKey).update(message).digest();

/** Ends the run when a peer did not do the job. */
export function checkDigest(answer: Uint8Array): void {
  if (!digest.equals(answer)) throw new Error('a peer answered a wrong digest');
}
export function checkMac(answer: Uint8Array): void {
  if (!mac.equals(answer)) throw new Error('a peer answered a wrong MAC');
}
