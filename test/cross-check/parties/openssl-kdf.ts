/** Key derivations by `openssl kdf`. */
import type { KdfJob } from '../party.js';
import { unable } from '../party.js';
import type { OpenSslCommand } from './openssl-command.js';
import { digestName, option } from './openssl-names.js';

type Value = string | number | Uint8Array | undefined;
interface Call {
  readonly name: string;
  readonly options: Readonly<Record<string, Value>>;
}
type Build = (job: KdfJob) => Call;

const digestOf = ({ row }: KdfJob): string => digestName(row.hash);
const concat = (...parts: readonly (Uint8Array | undefined)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.filter((part) => part !== undefined)));

const hkdf =
  (mode: string): Build =>
  (job) => {
    const { salt, label } = job.fields;
    if (mode === 'EXTRACT_ONLY' && job.size !== digestSize(job)) unable('extraction gives a whole digest');
    return { name: 'HKDF', options: { digest: digestOf(job), mode, key: job.secret.bytes, salt, info: label } };
  };

/** SP 800-108 as this command lays it out: the counter of 32 bits before the fixed input, which is given as a label. */
const kbkdf =
  (mode: 'counter' | 'feedback'): Build =>
  (job) => {
    const { row, secret, size } = job;
    const { fixedInput, label, seed, iv, counterLength = 32, counterLocation = 'before-fixed' } = job.fields;
    if (counterLength !== 32 || counterLocation !== 'before-fixed') unable('KBKDF has one counter only');
    if (iv !== undefined && iv.length > 0 && iv.length !== digestSize(job)) unable('an IV of another size than a digest');
    const base =
      row.prf === 'cmac' ? { mac: 'CMAC', cipher: `AES-${secret.bytes.length * 8}-CBC` } : { mac: 'HMAC', digest: digestOf(job) };
    const whole = Buffer.alloc(4);
    whole.writeUInt32BE(size * 8);
    const fixed = fixedInput ?? concat(label, Uint8Array.of(0), seed, whole);
    // With an empty label, and without a separator and a length, the fixed input is what was given.
    const plain = { salt: fixed, 'use-l': 0, 'use-separator': 0 };
    const options = fixedInput === undefined ? { salt: label, info: seed } : plain;
    return { name: 'KBKDF', options: { ...base, mode, key: secret.bytes, ...options, seed: iv } };
  };

const builds: Readonly<Partial<Record<KdfJob['row']['function'], Build>>> = {
  hkdf: hkdf('EXTRACT_AND_EXPAND'),
  'hkdf-extract': hkdf('EXTRACT_ONLY'),
  'hkdf-expand': hkdf('EXPAND_ONLY'),
  pbkdf2: (job) => {
    const { salt, iterationCount } = job.fields;
    // Otherwise it refuses short salts and few iterations.
    return { name: 'PBKDF2', options: { digest: digestOf(job), pass: job.secret.bytes, salt, iter: iterationCount, pkcs5: 1 } };
  },
  'tls12-prf': (job) => {
    const { label, seed } = job.fields;
    const whole = concat(label, seed);
    if (whole.length > 1024) unable('TLS1-PRF has a longest seed');
    return { name: 'TLS1-PRF', options: { digest: digestOf(job), secret: job.secret.bytes, seed: whole } };
  },
  'tls13-hkdf': (job) => {
    const { label, seed } = job.fields;
    const prefix = new TextEncoder().encode('tls13 ');
    return { name: 'TLS13-KDF', options: { digest: digestOf(job), mode: 'EXPAND_ONLY', key: job.secret.bytes, prefix, label, data: seed } };
  },
  x963: (job) => ({ name: 'X963KDF', options: { digest: digestOf(job), key: job.secret.bytes, info: job.fields.seed } }),
  'sp800-56c-1step': (job) => {
    const { salt, seed } = job.fields;
    const { prf } = job.row;
    const common = { key: job.secret.bytes, info: seed };
    if (prf === 'hash') return { name: 'SSKDF', options: { digest: digestOf(job), ...common } };
    if (prf === 'hmac') return { name: 'SSKDF', options: { mac: 'HMAC', digest: digestOf(job), salt, ...common } };
    return { name: 'SSKDF', options: { mac: prf.toUpperCase().replace('-', ''), salt, maclen: job.size, ...common } };
  },
  'sp800-108-ctr': kbkdf('counter'),
  'sp800-108-fb': kbkdf('feedback'),
  scrypt: (job) => {
    const { salt, iterationCount, memory, parallelism } = job.fields;
    return { name: 'SCRYPT', options: { pass: job.secret.bytes, salt, n: iterationCount, r: memory, p: parallelism } };
  },
};

const sizes: Readonly<Record<string, number>> = { 'sha-1': 20, '224': 28, '256': 32, '384': 48, '512': 64 };
function digestSize({ row }: KdfJob): number {
  const hash = row.hash ?? '';
  if (row.prf === 'cmac') return 16;
  return sizes[hash.toLowerCase()] ?? sizes[hash.slice(-3)] ?? 0;
}

/** Values that this command can't be given as empty, though the standards can. */
const neverEmpty: ReadonlySet<string> = new Set(['key', 'pass', 'secret']);

export function openSslKdf(command: OpenSslCommand): (job: KdfJob) => Promise<Uint8Array> {
  return async (job) => {
    const build = builds[job.row.function] ?? unable(job.row.name);
    const { name, options } = build(job);
    if (job.row.slow && job.fields.salt?.length === 0) unable('an empty salt');
    const words = Object.entries(options).flatMap(([key, value]) => {
      if (neverEmpty.has(key) && value instanceof Uint8Array && value.length === 0) unable(`an empty ${key}`);
      return option('-kdfopt', key, value);
    });
    return await command.output(['kdf', '-keylen', String(job.size), ...words, '-binary', name]);
  };
}
