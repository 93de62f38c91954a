/** Hashes and MACs by @noble/hashes and @noble/ciphers, where Keyslot has OpenSSL's, or the other way round. */
import { cmac, gcm } from '@noble/ciphers/aes.js';
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
import { cshake128, cshake256, kmac128, kmac128xof, kmac256, kmac256xof } from '@noble/hashes/sha3-addons.js';
import type { HashName } from '../../../src/core/algorithms.js';
import type { Deeds, HashJob } from '../party.js';
import { unable } from '../party.js';

export const nobleHashes = {
  'SHA-1': sha1,
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  'SHA-512/224': sha512_224,
  'SHA-512/256': sha512_256,
  'SHA3-224': sha3_224,
  'SHA3-256': sha3_256,
  'SHA3-384': sha3_384,
  'SHA3-512': sha3_512,
} as const satisfies Readonly<Record<HashName, unknown>>;

const bytesOf = (value: unknown): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array(0));

/** The library takes no shorter nonces. */
function atLeast8(iv: Uint8Array | undefined): Uint8Array {
  return iv === undefined || iv.length < 8 ? unable('a short nonce') : iv;
}

function xof({ row, parameters, size, message }: HashJob): Uint8Array {
  const name = row.family === 'xof' ? row.function : unable(row.name);
  const custom = { dkLen: size, NISTfn: bytesOf(parameters.functionName), personalization: bytesOf(parameters.customization) };
  const functions = {
    'SHAKE-128': () => shake128(message, { dkLen: size }),
    'SHAKE-256': () => shake256(message, { dkLen: size }),
    'cSHAKE-128': () => cshake128(message, custom),
    'cSHAKE-256': () => cshake256(message, custom),
    BLAKE2b: () => blake2b(message, { dkLen: size }),
    BLAKE2s: () => blake2s(message, { dkLen: size }),
  };
  return functions[name]();
}

const kmacs = { 128: [kmac128, kmac128xof], 256: [kmac256, kmac256xof] } as const;

export const libraryHashes: Pick<Deeds, 'hash' | 'mac'> = {
  hash: async (job) => (job.row.family === 'hash' ? nobleHashes[job.row.hash](job.message) : xof(job)),
  mac: async ({ row, parameters, size, key: { bytes }, iv, message }) => {
    if (row.family === 'hmac') return hmac(nobleHashes[row.hash], bytes, message).subarray(0, size);
    if (row.family === 'cmac') return cmac(message, bytes).subarray(0, size);
    if (row.family === 'gmac') return gcm(bytes, atLeast8(iv), message).encrypt(new Uint8Array(0)).subarray(0, size);
    const [fixed, endless] = kmacs[row.strength ?? 128];
    const options = { dkLen: size, personalization: bytesOf(parameters.customization) };
    return (parameters.xof === true ? endless : fixed)(bytes, message, options);
  },
};
