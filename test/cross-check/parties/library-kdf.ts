/**
 * Key derivations by @noble/hashes, and those that it does not have written here from their standards, over HMAC, CMAC, KMAC and
 * hashes of @noble.
 */
import { cmac } from '@noble/ciphers/aes.js';
import { argon2idAsync } from '@noble/hashes/argon2.js';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { kmac128, kmac256 } from '@noble/hashes/sha3-addons.js';
import type { Bytes, Deeds, KdfJob } from '../party.js';
import { unable } from '../party.js';
import { nobleHashes } from './library-hashes.js';

type Prf = (data: Bytes) => Bytes;

const nothing = new Uint8Array(0);
const text = (value: string): Bytes => new TextEncoder().encode(value);
const concat = (...parts: readonly (Bytes | undefined)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.filter((part) => part !== undefined)));
const uint = (value: number, size: number): Bytes =>
  Uint8Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * (size - 1 - i))) % 256);
const hashOf = ({ row }: KdfJob) => nobleHashes[row.hash ?? unable(row.name)];

function until(size: number, next: (number: number, previous: Bytes) => Bytes): Bytes {
  let [whole, previous]: [Bytes, Bytes] = [nothing, nothing];
  for (let i = 1; whole.length < size; i += 1) {
    previous = next(i, previous);
    whole = concat(whole, previous);
  }
  return whole.subarray(0, size);
}

/** SP 800-108r1 4.1 to 4.3. */
function expandBy(prf: Prf, { fields, size }: KdfJob, mode: string, fixed: Bytes): Bytes {
  const { counterLength = 32, counterLocation = 'before-fixed', counterOffset = 0, iv } = fields;
  let iterator = fixed;
  return until(size, (number, previous) => {
    const counter = counterLocation === 'none' ? nothing : uint(number, counterLength / 8);
    if (mode === 'double-pipeline') iterator = prf(iterator);
    const variable = mode === 'counter' ? nothing : mode === 'feedback' ? (number === 1 ? (iv ?? nothing) : previous) : iterator;
    if (counterLocation === 'before-iterator') return prf(concat(counter, variable, fixed));
    if (counterLocation === 'after-fixed') return prf(concat(variable, fixed, counter));
    if (counterLocation === 'middle-fixed') {
      if (counterOffset % 8 !== 0) return prf(insertBits(fixed, counterOffset, counter));
      return prf(concat(variable, fixed.subarray(0, counterOffset / 8), counter, fixed.subarray(counterOffset / 8)));
    }
    return prf(concat(variable, counter, fixed));
  });
}

/** The counter in the middle of a byte, by numbers of any size. */
function insertBits(fixed: Bytes, offset: number, counter: Bytes): Bytes {
  const bits = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const all = bits(fixed);
  const joined = all.slice(0, offset) + bits(counter) + all.slice(offset);
  return Uint8Array.from(joined.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

function fixedOf({ fields: { label, seed, fixedInput }, size }: KdfJob): Bytes {
  return fixedInput ?? concat(label, Uint8Array.of(0), seed, uint(size * 8, 4));
}

const hmacOf =
  (job: KdfJob, key: Bytes): Prf =>
  (data) =>
    hmac(hashOf(job), key, data);
const sp800108 =
  (mode: string) =>
  (job: KdfJob): Bytes => {
    const { bytes } = job.secret;
    return expandBy(job.row.prf === 'cmac' ? (data) => cmac(data, bytes) : hmacOf(job, bytes), job, mode, fixedOf(job));
  };

function oneStep(job: KdfJob): Bytes {
  const { row, size, secret, fields } = job;
  const { salt = nothing, seed } = fields;
  const input = (number: number): Bytes => concat(uint(number, 4), secret.bytes, seed);
  if (row.prf === 'hash') return until(size, (number) => hashOf(job)(input(number)));
  if (row.prf === 'hmac') return until(size, (number) => hmacOf(job, salt)(input(number)));
  const [kmac, zeros] = row.prf === 'kmac-128' ? [kmac128, 164] : [kmac256, 132];
  return kmac(salt.length > 0 ? salt : new Uint8Array(zeros), input(1), { dkLen: size, personalization: text('KDF') });
}

function twoStep(job: KdfJob): Bytes {
  const { row, secret, fields } = job;
  const { salt = nothing, seed = nothing, mode = 'counter' } = fields;
  if (row.prf === 'cmac') {
    const key = cmac(secret.bytes, salt.length > 0 ? salt : new Uint8Array(16));
    return expandBy((data) => cmac(data, key), job, mode, seed);
  }
  return expandBy(hmacOf(job, hmacOf(job, salt)(secret.bytes)), job, mode, seed);
}

/** P_hash of RFC 5246 section 5. */
function tls12(job: KdfJob): Bytes {
  const prf = hmacOf(job, job.secret.bytes);
  const seed = concat(job.fields.label, job.fields.seed);
  let chain = seed;
  return until(job.size, () => {
    chain = prf(chain);
    return prf(concat(chain, seed));
  });
}

function tls13(job: KdfJob): Bytes {
  const label = concat(text('tls13 '), job.fields.label);
  const context = job.fields.seed ?? nothing;
  const info = concat(uint(job.size, 2), uint(label.length, 1), label, uint(context.length, 1), context);
  return expand(hashOf(job), job.secret.bytes, info, job.size);
}

const derivations: Readonly<Record<KdfJob['row']['function'], (job: KdfJob) => Bytes | Promise<Bytes>>> = {
  hkdf: (job) => hkdf(hashOf(job), job.secret.bytes, job.fields.salt, job.fields.label, job.size),
  'hkdf-extract': (job) => extract(hashOf(job), job.secret.bytes, job.fields.salt).subarray(0, job.size),
  'hkdf-expand': (job) => expand(hashOf(job), job.secret.bytes, job.fields.label, job.size),
  pbkdf2: (job) => {
    const { salt = nothing, iterationCount = 1 } = job.fields;
    return pbkdf2(hashOf(job), job.secret.bytes, salt, { c: iterationCount, dkLen: job.size });
  },
  'tls12-prf': tls12,
  'tls13-hkdf': tls13,
  'sp800-108-ctr': sp800108('counter'),
  'sp800-108-fb': sp800108('feedback'),
  'sp800-108-dp': sp800108('double-pipeline'),
  /** SP 800-108r1 4.4: the label is the customization. */
  'sp800-108-kmac': ({ row, secret, fields, size }) => {
    const kmac = row.prf === 'kmac-128' ? kmac128 : kmac256;
    return kmac(secret.bytes, fields.seed ?? nothing, { dkLen: size, personalization: fields.label ?? nothing });
  },
  x963: (job) => until(job.size, (number) => hashOf(job)(concat(job.secret.bytes, uint(number, 4), job.fields.seed))),
  'sp800-56c-1step': oneStep,
  'sp800-56c-2step': twoStep,
  scrypt: ({ secret, fields, size }) => {
    const { salt = nothing, iterationCount = 2, memory = 1, parallelism = 1 } = fields;
    return scrypt(secret.bytes, salt, { N: iterationCount, r: memory, p: parallelism, dkLen: size });
  },
  argon2id: ({ secret, fields, size }) => {
    const { salt = nothing, label = nothing, seed = nothing, iterationCount = 1, memory = 8, parallelism = 1 } = fields;
    const options = { t: iterationCount, m: memory, p: parallelism, dkLen: size, key: seed, personalization: label };
    return argon2idAsync(secret.bytes, salt, options);
  },
};

export const libraryKdf: Pick<Deeds, 'derive'> = { derive: async (job) => derivations[job.row.function](job) };
