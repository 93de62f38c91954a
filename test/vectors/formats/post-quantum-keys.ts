/** Post-quantum keys in the forms that test files need. */
import type { CaseBody, KeyMaterial } from '../case.js';
import { octets, oid, sequence, version } from '../der-writer.js';
import { skip } from '../skip.js';

/** Last two bytes of 2.16.840.1.101.3.4.x. */
const ids: Readonly<Record<string, string>> = {
  'ML-KEM-512': '0401',
  'ML-KEM-768': '0402',
  'ML-KEM-1024': '0403',
  'ML-DSA-44': '0311',
  'ML-DSA-65': '0312',
  'ML-DSA-87': '0313',
};

/** PKCS#8 with the seed and what is expanded from it, which an import must find to agree (RFC 9881 6, RFC 9935 6). */
function bothForms(algorithm: string, seed: Uint8Array, expanded: Uint8Array): KeyMaterial {
  const id = ids[algorithm] ?? skip('key', algorithm);
  const both = sequence(octets(seed), octets(expanded));
  return { algorithm, format: 'der', data: sequence(version(0), sequence(oid(`60864801650304${id}`)), octets(both)) };
}

/** A key pair from its seed: alone, expanded, and both in one. */
export function seededPair(algorithm: string, seed: Uint8Array, expanded: Uint8Array, publicKey: Uint8Array): CaseBody {
  return {
    family: 'keyPair',
    publicKey: { algorithm, format: 'raw', data: publicKey },
    privateKeys: [
      { algorithm, format: 'raw', data: seed },
      { algorithm, format: 'raw', data: expanded },
      bothForms(algorithm, seed, expanded),
    ],
  };
}

/** A public key for encapsulation that is taken or refused (FIPS 203 7.2). */
export function encapsulationKeyCase(algorithm: string, publicKey: Uint8Array): CaseBody {
  return { family: 'key', half: 'public', key: { algorithm, format: 'raw', data: publicKey } };
}
