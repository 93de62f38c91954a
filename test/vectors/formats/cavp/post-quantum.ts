/** Known answers of ML-DSA and ML-KEM as the authors of Dilithium and Kyber write them. */
import { concat, hex } from '../../bytes.js';
import { type KeyMaterial, readCase, type VectorCase } from '../../case.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import { seededPair } from '../post-quantum-keys.js';

/** By the bytes of the public key. */
const sets: Readonly<Record<number, string>> = {
  1312: 'ML-DSA-44',
  1952: 'ML-DSA-65',
  2592: 'ML-DSA-87',
  800: 'ML-KEM-512',
  1184: 'ML-KEM-768',
  1568: 'ML-KEM-1024',
};
function nameOf(publicKey: Uint8Array): string {
  return sets[publicKey.length] ?? skip('key', `public key of ${publicKey.length} bytes`);
}

/** A key pair from its seed, and a signature that stands before its message. */
export function readMlDsa(test: Stanza): VectorCase[] {
  const [publicKey, privateKey] = [hex(test.get('pk')), hex(test.get('sk'))];
  return [
    readCase(`${test.name}, key pair`, 'valid', () => seededPair(nameOf(publicKey), hex(test.get('xi')), privateKey, publicKey)),
    readCase(`${test.name}, signature`, 'valid', () => {
      const algorithm = nameOf(publicKey);
      const message = hex(test.get('msg'));
      const signed = hex(test.get('sm'));
      const context = hex(test.find('ctx') ?? '');
      return {
        family: 'signature',
        algorithm,
        publicKey: { algorithm, format: 'raw', data: publicKey },
        privateKey: { algorithm, format: 'raw', data: privateKey },
        parameters: context.length === 0 ? {} : { context },
        message,
        signature: signed.subarray(0, signed.length - message.length),
        exactly: { deterministic: true },
      };
    }),
  ];
}

/** A key pair from its seed, a ciphertext, and one that belongs to no secret. */
export function readMlKem(test: Stanza): VectorCase[] {
  const [publicKey, privateKey] = [hex(test.get('pk')), hex(test.get('sk'))];
  const decapsulation = (what: string, ciphertext: string, secret: string): VectorCase[] => {
    if (!test.has(ciphertext, secret)) return [];
    const read = () => {
      const algorithm = nameOf(publicKey);
      const key: KeyMaterial = { algorithm, format: 'raw', data: privateKey };
      return { family: 'kem' as const, privateKey: key, ciphertext: hex(test.get(ciphertext)), secret: hex(test.get(secret)), publicKey };
    };
    return [readCase(`${test.name}, ${what}`, 'valid', read)];
  };
  return [
    readCase(`${test.name}, key pair`, 'valid', () =>
      seededPair(nameOf(publicKey), concat(hex(test.get('d')), hex(test.get('z'))), privateKey, publicKey),
    ),
    ...decapsulation('ct', 'ct', 'ss'),
    ...decapsulation('ct_n', 'ct_n', 'ss_n'),
  ];
}
