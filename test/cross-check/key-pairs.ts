/** Random key pairs of every kind, made here and not by those who are compared, in random forms. */
import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type CurveName, type KeyRow, keyAlgorithm } from '../../src/core/algorithms.js';
import { bits, octets, oid, sequence, tlv, version } from '../vectors/der-writer.js';
import { carryPrivate, carryPublic } from './key-forms.js';
import type { KeyPair } from './party.js';
import { postQuantumPair } from './post-quantum-pairs.js';
import { rsaKey } from './prime-numbers.js';
import { Random } from './random.js';

interface Curve {
  readonly size: number;
  readonly oid: string;
  readonly openSsl: string;
}
const brainpool = (openSsl: string, size: number, last: string): Curve => ({ size, oid: `2b24030302080101${last}`, openSsl });
export const curves: Readonly<Record<CurveName, Curve>> = {
  'P-256': { size: 32, oid: '2a8648ce3d030107', openSsl: 'prime256v1' },
  'P-384': { size: 48, oid: '2b81040022', openSsl: 'secp384r1' },
  'P-521': { size: 66, oid: '2b81040023', openSsl: 'secp521r1' },
  secp256k1: { size: 32, oid: '2b8104000a', openSsl: 'secp256k1' },
  brainpoolP256r1: brainpool('brainpoolP256r1', 32, '07'),
  brainpoolP256t1: brainpool('brainpoolP256t1', 32, '08'),
  brainpoolP320r1: brainpool('brainpoolP320r1', 40, '09'),
  brainpoolP320t1: brainpool('brainpoolP320t1', 40, '0a'),
  brainpoolP384r1: brainpool('brainpoolP384r1', 48, '0b'),
  brainpoolP384t1: brainpool('brainpoolP384t1', 48, '0c'),
  brainpoolP512r1: brainpool('brainpoolP512r1', 64, '0d'),
  brainpoolP512t1: brainpool('brainpoolP512t1', 64, '0e'),
};

interface Unformed {
  readonly object: KeyObject;
  readonly rawPrivate?: Uint8Array;
  readonly rawPublic?: Uint8Array;
}

function ecPair(random: Random, curve: CurveName): Unformed {
  const { size, oid: id, openSsl } = curves[curve];
  const ecdh = createECDH(openSsl);
  const rawPrivate = random.bytes(size);
  // Below the order of every curve here: the highest bits are zeros.
  rawPrivate[0] = curve === 'P-521' ? 0 : (rawPrivate[0] ?? 0) & 0x7f;
  ecdh.setPrivateKey(rawPrivate);
  const rawPublic = ecdh.getPublicKey();
  const key = sequence(version(1), octets(rawPrivate), tlv(0xa1, bits(rawPublic)));
  const der = sequence(version(0), sequence(oid('2a8648ce3d0201'), oid(id)), octets(key));
  return { object: createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }), rawPrivate, rawPublic };
}

const okpSizes: Readonly<Record<string, readonly [oid: string, size: number]>> = {
  X25519: ['2b656e', 32],
  X448: ['2b656f', 56],
  Ed25519: ['2b6570', 32],
  Ed448: ['2b6571', 57],
};
function okpPair(random: Random, name: string): Unformed {
  const [id, size] = okpSizes[name] ?? ['', 0];
  const rawPrivate = random.bytes(size);
  const der = sequence(version(0), sequence(oid(id)), octets(octets(rawPrivate)));
  const object = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(object).export({ format: 'der', type: 'spki' });
  return { object, rawPrivate, rawPublic: Uint8Array.from(spki.subarray(spki.length - size)) };
}

/** Finding primes takes long: few keys of each length for all rounds, the same for the same seed of the run. */
const rsaKeys = new Map<string, KeyObject>();
const rsaKeysOfALength = 2;
function rsaPair(random: Random, length: number, runSeed: string): Unformed {
  const name = `${runSeed}/RSA-${length}/${random.between(1, rsaKeysOfALength)}`;
  let object = rsaKeys.get(name);
  if (object === undefined) {
    object = rsaKey(new Random(name), length);
    rsaKeys.set(name, object);
  }
  return { object };
}

/** Lengths of keys for the row of any length, and how they are named. */
const rsaLengths: readonly (readonly [name: string, bits: number])[] = [
  ['RSA-2048', 2048],
  ['RSA', 2048],
  ['RSA', 2049],
  ['RSA', 2056],
  ['RSA-3072', 3072],
];

export class KeyPairs {
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** By the name of a kind of key; `RSA` is of several lengths. @throws TypeError */
  make(random: Random, name: string): KeyPair {
    const [rowName, length] = name === 'RSA' ? random.pick(rsaLengths) : [name, Number(/^RSA-(\d+)$/.exec(name)?.[1] ?? 0)];
    const row = keyAlgorithm(rowName);
    if (row === undefined) throw new TypeError(`there are no keys ${rowName}`);
    if (row.encodedSizes !== undefined) return postQuantumPair(random, row, this.#seed);
    const { object, ...raw } = this.#classic(random, row, length);
    return {
      row,
      pkcs8: Uint8Array.from(object.export({ format: 'der', type: 'pkcs8' })),
      spki: Uint8Array.from(createPublicKey(object).export({ format: 'der', type: 'spki' })),
      carriedPrivate: carryPrivate(random, row, object),
      carriedPublic: carryPublic(random, row, createPublicKey(object), raw.rawPublic),
      ...raw,
    };
  }

  #classic(random: Random, { curve, keyType, name }: KeyRow, length: number): Unformed {
    if (curve !== undefined) return ecPair(random, curve);
    return keyType === 'rsa' ? rsaPair(random, length, this.#seed) : okpPair(random, name);
  }
}
