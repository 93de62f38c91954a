/** What runs inside a slow host. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeParameters } from '../../protocol/parameters.js';
import { andThen } from '../answer.js';
import type { Messages } from '../hosting/generated/messages.js';
import { kdfRowOf, keyFormatNumbers, keyHalfNumbers, keyRowOf } from '../hosting/host-enumerations.js';
import type { HostHandlers } from '../hosting/serve-host.js';
import { deriveBytes } from '../key-derivation/derive-bytes.js';
import { toDecodedKey } from '../key-encoding/decoded-key.js';
import { importMaterial } from '../key-encoding/import-material.js';
import { generatePair } from '../post-quantum/key-pairs.js';
import { signMessage, verifyMessage } from '../post-quantum/signing.js';
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

type Work = Pick<
  HostHandlers<Messages>,
  'generateRsa' | 'generatePostQuantum' | 'signPostQuantum' | 'verifyPostQuantum' | 'derive' | 'decodeKey'
>;

/** What a slow host does, by operation. All bytes of answers are fresh. */
export const slowWork: Required<Work> = {
  generateRsa: ({ bits }) => generateRsa(bits),
  generatePostQuantum: ({ name }) => {
    const { seed, privateKey, publicKey } = generatePair(name);
    return { seed, privateKey, publicKey };
  },
  signPostQuantum: ({ name, privateKey, message, context, deterministic }) => ({
    signature: signMessage(name, privateKey, message, { context, deterministic: deterministic !== 0 }),
  }),
  verifyPostQuantum: ({ name, publicKey, message, context, signature }) => ({
    valid: verifyMessage(name, publicKey, message, signature, { context }) ? 1 : 0,
  }),
  derive: ({ algorithm, parameters, secret, size }) => {
    const row = kdfRowOf(algorithm);
    const spec = { algorithm: row, parameters: decodeParameters(row.name, row.parameters, parameters, 'kdf') };
    return andThen(deriveBytes(spec, secret, size), (data) => ({ data }));
  },
  decodeKey: ({ algorithm, format, keyData, passphrase }) => {
    const material = importMaterial(keyRowOf(algorithm), keyFormatNumbers.given(format, 'format'), keyData, passphrase);
    const { half, ...bytes } = toDecodedKey(material);
    return { half: keyHalfNumbers.number(half, 'half'), ...bytes };
  },
};
