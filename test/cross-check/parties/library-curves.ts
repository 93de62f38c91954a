/** Signatures and agreement by @noble/curves: another code than OpenSSL's, in the same process. */

import { hkdfSync } from 'node:crypto';
import { ed448, x448 } from '@noble/curves/ed448.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { CurveName } from '../../../src/core/algorithms.js';
import type { Bytes, Deeds, KeyPair, SignatureJob } from '../party.js';
import { unable } from '../party.js';
import { nobleHashes } from './library-hashes.js';

const curves: Readonly<Partial<Record<CurveName, typeof p256>>> = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
  secp256k1,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
};

export const nobleCurves: readonly string[] = Object.keys(curves);

const privateBytes = ({ rawPrivate, row }: KeyPair): Bytes => rawPrivate ?? unable(row.name);
const publicBytes = ({ rawPublic, row }: KeyPair): Bytes => rawPublic ?? unable(row.name);

function ecdsa({ row, parameters }: SignatureJob, message: Bytes) {
  if (!('hash' in row) || row.curve === undefined) return unable(row.name);
  const curve = curves[row.curve] ?? unable(row.curve);
  const digest = parameters.prehashed === true ? message : nobleHashes[row.hash](message);
  const options = { prehash: false, lowS: false, format: parameters.signatureFormat === 'der' ? 'der' : 'compact' } as const;
  return { curve, digest, options };
}

const context = ({ parameters }: SignatureJob) => (parameters.context instanceof Uint8Array ? { context: parameters.context } : {});

export const libraryCurves: Pick<Deeds, 'sign' | 'verify' | 'agree'> = {
  sign: async (job, message) => {
    const key = privateBytes(job.key);
    if (job.row.name === 'Ed25519') return ed25519.sign(message, key);
    if (job.row.name === 'Ed448') return ed448.sign(message, key, context(job));
    const { curve, digest, options } = ecdsa(job, message);
    return curve.sign(digest, key, options);
  },
  verify: async (job, message, signature) => {
    const key = publicBytes(job.key);
    if (job.row.name === 'Ed25519') return ed25519.verify(signature, message, key);
    if (job.row.name === 'Ed448') return ed448.verify(signature, message, key, context(job));
    const { curve, digest, options } = ecdsa(job, message);
    return curve.verify(signature, digest, key, options);
  },
  agree: async ({ row, key, peer, salt, label, size }) => {
    const [ours, theirs] = [privateBytes(key), publicBytes(peer)];
    const shared = (): Bytes => {
      if (row.keyName === 'X25519') return x25519.getSharedSecret(ours, theirs);
      if (row.keyName === 'X448') return x448.getSharedSecret(ours, theirs);
      const curve = (row.curve && curves[row.curve]) ?? unable(row.name);
      return curve.getSharedSecret(ours, theirs, true).subarray(1);
    };
    return new Uint8Array(hkdfSync('sha256', shared(), salt, label, size));
  },
};
