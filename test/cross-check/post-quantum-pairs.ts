/** Post-quantum key pairs by @noble/post-quantum, in the forms of RFC 9935, 9881 and 9909, and as JWK of kty AKP. */
import * as mlDsa from '@noble/post-quantum/ml-dsa.js';
import * as mlKem from '@noble/post-quantum/ml-kem.js';
import * as slhDsa from '@noble/post-quantum/slh-dsa.js';
import type { KEM, Signer } from '@noble/post-quantum/utils.js';
import type { KeyRow } from '../../src/core/algorithms.js';
import { bits, octets, oid, sequence, tlv, version } from '../vectors/der-writer.js';
import type { CarriedKey, KeyPair } from './party.js';
import { Random } from './random.js';

export const kems: Readonly<Record<string, KEM>> = {
  'ML-KEM-512': mlKem.ml_kem512,
  'ML-KEM-768': mlKem.ml_kem768,
  'ML-KEM-1024': mlKem.ml_kem1024,
};
export const signers: Readonly<Record<string, Signer>> = {
  'ML-DSA-44': mlDsa.ml_dsa44,
  'ML-DSA-65': mlDsa.ml_dsa65,
  'ML-DSA-87': mlDsa.ml_dsa87,
  'SLH-DSA-SHA2-128s': slhDsa.slh_dsa_sha2_128s,
  'SLH-DSA-SHA2-128f': slhDsa.slh_dsa_sha2_128f,
  'SLH-DSA-SHA2-192s': slhDsa.slh_dsa_sha2_192s,
  'SLH-DSA-SHA2-192f': slhDsa.slh_dsa_sha2_192f,
  'SLH-DSA-SHA2-256s': slhDsa.slh_dsa_sha2_256s,
  'SLH-DSA-SHA2-256f': slhDsa.slh_dsa_sha2_256f,
  'SLH-DSA-SHAKE-128s': slhDsa.slh_dsa_shake_128s,
  'SLH-DSA-SHAKE-128f': slhDsa.slh_dsa_shake_128f,
  'SLH-DSA-SHAKE-192s': slhDsa.slh_dsa_shake_192s,
  'SLH-DSA-SHAKE-192f': slhDsa.slh_dsa_shake_192f,
  'SLH-DSA-SHAKE-256s': slhDsa.slh_dsa_shake_256s,
  'SLH-DSA-SHAKE-256f': slhDsa.slh_dsa_shake_256f,
};

/** 2.16.840.1.101.3.4, then the arc of signatures or KEMs; the sets count up from here (NIST CSOR). */
const nistAlgorithms = '60864801650304';
function oidOf(name: string): string {
  const signature = Object.keys(signers).indexOf(name);
  const kem = Object.keys(kems).indexOf(name);
  const last = signature >= 0 ? [3, 17 + signature] : [4, 1 + kem];
  return nistAlgorithms + Buffer.from(last).toString('hex');
}

interface Parts {
  readonly seed: Uint8Array | undefined;
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}
const slow = new Map<string, Parts>();
const slowKeys = 2;

function partsOf(random: Random, name: string, runSeed: string): Parts {
  const maker = kems[name] ?? signers[name];
  if (maker === undefined) throw new TypeError(`there are no keys ${name}`);
  const size = maker.lengths.seed ?? 0;
  const make = (seed: Uint8Array): Parts => {
    const { publicKey, secretKey } = maker.keygen(seed);
    return { seed: name.startsWith('SLH') ? undefined : seed, publicKey, privateKey: secretKey };
  };
  if (!name.startsWith('SLH')) return make(random.bytes(size));
  const label = `${runSeed}/${name}/${random.between(1, slowKeys)}`;
  let parts = slow.get(label);
  if (parts === undefined) {
    parts = make(new Random(label).bytes(size));
    slow.set(label, parts);
  }
  return parts;
}

function pem(label: string, der: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return new TextEncoder().encode(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`);
}

/** The forms of a private key inside PKCS#8. */
function contents({ seed, privateKey }: Parts): Uint8Array[] {
  if (seed === undefined) return [octets(privateKey)];
  return [octets(tlv(0x80, seed)), octets(octets(privateKey)), octets(sequence(octets(seed), octets(privateKey)))];
}

function jwkOf(name: string, { seed, publicKey, privateKey }: Parts, half: 'public' | 'private'): Uint8Array {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const priv = half === 'private' ? { priv: base64(seed ?? privateKey) } : {};
  return new TextEncoder().encode(JSON.stringify({ kty: 'AKP', alg: name, pub: base64(publicKey), ...priv }));
}

export function postQuantumPair(random: Random, row: KeyRow, runSeed: string): KeyPair {
  const { name } = row;
  const parts = partsOf(random, name, runSeed);
  const algorithm = sequence(oid(oidOf(name)));
  const forms = contents(parts).map((content) => sequence(version(0), algorithm, content));
  const pkcs8 = random.pick(forms);
  const spki = sequence(algorithm, bits(parts.publicKey));
  const raw = parts.seed === undefined ? [parts.privateKey] : [parts.privateKey, parts.seed];
  const carriedPrivate = carry(random, name, pkcs8, 'PRIVATE KEY', random.pick(raw), jwkOf(name, parts, 'private'));
  const carriedPublic = carry(random, name, spki, 'PUBLIC KEY', parts.publicKey, jwkOf(name, parts, 'public'));
  return { row, pkcs8, spki, carriedPrivate, carriedPublic, rawPublic: parts.publicKey, rawPrivate: parts.privateKey };
}

function carry(random: Random, algorithm: string, der: Uint8Array, label: string, raw: Uint8Array, jwk: Uint8Array): CarriedKey {
  const format = random.pick(['raw', 'der', 'pem', 'jwk'] as const);
  const data = { raw: () => raw, der: () => der, pem: () => pem(label, der), jwk: () => jwk }[format]();
  return { algorithm, format, data };
}
