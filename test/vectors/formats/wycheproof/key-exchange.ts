/** EcdhTest and XdhComp in all encodings, and ML-KEM. */
import type { CaseBody, KeyMaterial } from '../../case.js';
import { ecPrivateKey, okpPrivateKey } from '../../key-encodings.js';
import { curveName, ecdhName, montgomeryName } from '../../names.js';
import { bytes, bytesOr, inner, type JsonObject, text } from '../json-fields.js';
import type { GroupReader } from './group-reader.js';

const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

interface Encoding {
  readonly format: KeyMaterial['format'];
  readonly publicKey: (test: JsonObject) => Uint8Array;
  /** From what the private key is. */
  readonly privateKey: (test: JsonObject, name: string) => KeyMaterial;
}
/** secp256k1 was called P-256K before RFC 8812 gave it its name. */
const jwkOf = (test: JsonObject, name: string): Uint8Array => {
  const jwk = inner(test, name);
  return utf8(JSON.stringify(jwk.crv === 'P-256K' ? { ...jwk, crv: 'secp256k1' } : jwk));
};

/** EC keys are given by their number, others as they are. */
function bare(test: JsonObject, name: string): KeyMaterial {
  if (name.startsWith('ECDH-')) return ecPrivateKey(name.slice('ECDH-'.length), text(test, 'private'), 'ECDH');
  return okpPrivateKey(name, bytes(test, 'private'));
}
const encodings = {
  asn: { format: 'der', publicKey: (test) => bytes(test, 'public'), privateKey: bare },
  raw: { format: 'raw', publicKey: (test) => bytes(test, 'public'), privateKey: bare },
  der: {
    format: 'der',
    publicKey: (test) => bytes(test, 'public'),
    privateKey: (test, algorithm) => ({ algorithm, format: 'der', data: bytes(test, 'private') }),
  },
  pem: {
    format: 'pem',
    publicKey: (test) => utf8(text(test, 'public')),
    privateKey: (test, algorithm) => ({ algorithm, format: 'pem', data: utf8(text(test, 'private')) }),
  },
  jwk: {
    format: 'jwk',
    publicKey: (test) => jwkOf(test, 'public'),
    privateKey: (test, algorithm) => ({ algorithm, format: 'jwk', data: jwkOf(test, 'private') }),
  },
} as const satisfies Readonly<Record<string, Encoding>>;

function exchange(encoding: Encoding, nameOf: (curve: string) => string): GroupReader {
  return (_algorithm, group) => {
    const algorithm = nameOf(text(group, 'curve'));
    return (test): CaseBody => ({
      family: 'agreement',
      algorithm,
      agreements: [
        {
          privateKey: encoding.privateKey(test, algorithm),
          peer: encoding.publicKey(test),
          peerFormat: encoding.format,
          shared: bytes(test, 'shared'),
        },
      ],
    });
  };
}
export const ecdh = (encoding: keyof typeof encodings): GroupReader => exchange(encodings[encoding], (curve) => ecdhName(curveName(curve)));
export const xdh = (encoding: keyof typeof encodings): GroupReader => exchange(encodings[encoding], montgomeryName);

/** Decapsulation with a private key given by its seed. */
export const mlKem: GroupReader = (_algorithm, group) => {
  const algorithm = text(group, 'parameterSet');
  return (test) => ({
    family: 'kem',
    privateKey: { algorithm, format: 'raw', data: bytes(test, 'seed') },
    ciphertext: bytes(test, 'c'),
    secret: bytesOr(test, 'K', undefined),
    publicKey: bytesOr(test, 'ek', undefined),
  });
};

/** Decapsulation with the expanded private key, which must be checked first (FIPS 203 7.3). */
export const mlKemDecapsulation: GroupReader = (_algorithm, group) => {
  const algorithm = text(group, 'parameterSet');
  return (test) => ({
    family: 'kem',
    privateKey: { algorithm, format: 'raw', data: bytes(test, 'dk') },
    ciphertext: bytes(test, 'c'),
    secret: bytesOr(test, 'K', undefined),
    publicKey: undefined,
  });
};
