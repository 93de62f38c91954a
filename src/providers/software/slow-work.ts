/** What runs inside the slow host. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { GeneratedRsa } from './slow-host.js';

const generate = promisify(generateKeyPair);

/** RSA key pair (FIPS 186-5 A.1) with the exponent 65537. The caller wipes `pkcs8`. */
export async function generateRsa(bits: number): Promise<GeneratedRsa> {
  const { privateKey, publicKey } = await generate('rsa', {
    modulusLength: bits,
    publicExponent: 65537,
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return { pkcs8: privateKey, spki: publicKey };
}
