/** Hashes, MACs, ciphers and key wrapping. */
import { firstBits } from '../../bytes.js';
import type { AeadCase, CaseBody } from '../../case.js';
import { aesKey, secretKey } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { sivStrings } from '../cavp/ciphers.js';
import { type BotanFamily, bytes, type Fields, get } from './family.js';

const none = new Uint8Array(0);

function hashCase(algorithm: string, message: Uint8Array, digest: Uint8Array, parameters = {}, times = 1): CaseBody {
  return { family: 'hash', algorithm, parameters, message: { bytes: message, times }, digest, digestBits: digest.length * 8 };
}

function macCase(algorithm: string, fields: Fields, parameters: Record<string, Uint8Array | boolean> = {}, iv?: Uint8Array): CaseBody {
  const mac = bytes(fields, 'Out');
  const data = bytes(fields, 'Key');
  const key = /^AES|^GMAC/.test(algorithm) ? aesKey(data) : secretKey(algorithm, data);
  return { family: 'mac', algorithm, key, iv, parameters, message: { bytes: bytes(fields, 'In'), times: 1 }, mac, macLength: mac.length };
}

/** The tag is appended to the ciphertext; before it with SIV. */
function aeadCase(
  algorithm: string,
  fields: Fields,
  tagLength: number,
  strings: Pick<AeadCase, 'aad' | 'nonce'>,
  tagFirst = false,
): CaseBody {
  const sealed = bytes(fields, 'Out');
  const cut = tagFirst ? tagLength : sealed.length - tagLength;
  const [first, last] = [sealed.subarray(0, cut), sealed.subarray(cut)];
  return {
    family: 'aead',
    algorithm,
    key: bytes(fields, 'Key'),
    ...strings,
    plaintext: bytes(fields, 'In'),
    ciphertext: tagFirst ? last : first,
    tag: tagFirst ? first : last,
    tagLength,
  };
}
const plainStrings = (fields: Fields): Pick<AeadCase, 'aad' | 'nonce'> => ({ aad: bytes(fields, 'AD'), nonce: bytes(fields, 'Nonce') });

/** Short nonces of CTR and XTS go on with zeros. */
function filled(nonce: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(Math.max(size, nonce.length));
  whole.set(nonce);
  return whole;
}

/** Without an input the keystream itself is given. */
function keystreamCase(algorithm: string, fields: Fields): CaseBody {
  if (!fields.has('Nonce')) skip('algorithm', `${algorithm} as an extendable output`);
  const seek = Number(fields.get('Seek') ?? 0);
  const output = bytes(fields, 'Out');
  const input = fields.has('In') ? bytes(fields, 'In') : new Uint8Array(output.length);
  if (seek > 0) skip('interface', 'keystream from a place inside it');
  return { ...cipherCase(algorithm, fields, 'none'), plaintext: input, ciphertext: output } as CaseBody;
}

function cipherCase(algorithm: string, fields: Fields, padding: 'pkcs7' | 'none'): CaseBody {
  return {
    family: 'cipher',
    algorithm,
    padding,
    key: bytes(fields, 'Key'),
    iv: filled(bytes(fields, 'Nonce'), fields.has('Nonce') ? 16 : 0),
    plaintext: bytes(fields, 'In'),
    ciphertext: bytes(fields, 'Out'),
  };
}

function wrapCase(name: string, key: Uint8Array, payload: Uint8Array | undefined, wrapped: Uint8Array): CaseBody {
  return { family: 'wrap', algorithm: `AES-${name}`, wrappingKey: aesKey(key), payload, wrapped };
}

function chaCha(fields: Fields): CaseBody {
  const { length } = bytes(fields, 'Nonce');
  if (length !== 12 && length !== 24) skip('weak', `ChaCha20-Poly1305 with a nonce of ${length} bytes`);
  return aeadCase(length === 24 ? 'XChaCha20-Poly1305' : 'ChaCha20-Poly1305', fields, 16, plainStrings(fields));
}

const hashSection = /^(SHA-(?:1|224|256|384|512|512-256|512-224|3\(\d+\)))$/;

export const symmetric: readonly BotanFamily[] = [
  { section: hashSection, last: 'Out', read: ([, name = ''], f) => hashCase(hashName(name), bytes(f, 'In'), bytes(f, 'Out')) },
  {
    section: hashSection,
    last: 'Digest',
    read: ([, name = ''], f) => {
      const unit = bytes(f, 'Input');
      const times = Number(get(f, 'TotalLength')) / unit.length;
      if (!Number.isInteger(times)) skip('notGiven', 'message that is a repetition of whole inputs');
      return hashCase(hashName(name), unit, bytes(f, 'Digest'), {}, times);
    },
  },
  {
    section: /^(SHAKE-(?:128|256))\((\d+)\)$/,
    last: 'Out',
    read: ([, name = '', bits = ''], f) => {
      const digest = firstBits(get(f, 'Out'), Number(bits)) ?? skip('bits', 'digest');
      return hashCase(name, bytes(f, 'In'), digest, { outputLength: digest.length });
    },
  },
  {
    section: /^(c?SHAKE-(?:128|256))$/,
    last: 'Out',
    read: ([, name = ''], f) => {
      const custom = name.startsWith('c') && { functionName: bytes(f, 'Name'), customization: bytes(f, 'Salt') };
      return hashCase(name, bytes(f, 'In'), bytes(f, 'Out'), { outputLength: bytes(f, 'Out').length, ...custom });
    },
  },
  {
    section: /^(BLAKE2[bs])\((\d+)\)$/i,
    last: 'Out',
    read: ([, name = ''], f) => {
      if (f.has('Key')) skip('interface', 'BLAKE2 with a key');
      return hashCase(hashName(name), bytes(f, 'In'), bytes(f, 'Out'), { outputLength: bytes(f, 'Out').length });
    },
  },
  { section: /^HMAC\((.*)\)$/, last: 'Out', read: ([, hash = ''], f) => macCase(`HMAC-${hashName(hash)}`, f) },
  {
    section: /^CMAC\((.*)\)$/,
    last: 'Out',
    read: ([, of = ''], f) => (/^AES/.test(of) ? macCase('AES-CMAC', f) : skip('algorithm', `CMAC of ${of}`)),
  },
  {
    section: /^GMAC\((.*)\)$/,
    last: 'Out',
    read: ([, of = ''], f) => (/^AES/.test(of) ? macCase('GMAC', f, {}, bytes(f, 'IV')) : skip('algorithm', `GMAC of ${of}`)),
  },
  { section: /^KMAC-(128|256)\(\d+\)$/, last: 'Out', read: ([, bits], f) => macCase(`KMAC-${bits}`, f, { customization: bytes(f, 'IV') }) },
  {
    section: /^AES-(\d{3})\/GCM(?:\((\d+)\))?$/,
    last: 'Out',
    read: ([, bits, tag = '16'], f) => aeadCase(`AES-${bits}-GCM`, f, Number(tag), plainStrings(f)),
  },
  {
    section: /^AES-(\d{3})\/CCM(?:\((\d+)(?:,\d+)?\))?$/,
    last: 'Out',
    read: ([, bits, tag = '16'], f) => aeadCase(`AES-${bits}-CCM`, f, Number(tag), plainStrings(f)),
  },
  { section: /^AES-(\d{3})\/GCM-SIV$/, last: 'Out', read: ([, bits], f) => aeadCase(`AES-${bits}-GCM-SIV`, f, 16, plainStrings(f)) },
  {
    section: /^AES-(\d{3})\/SIV$/,
    last: 'Out',
    read: ([, bits], f) => {
      const given = [f.has('AD') ? bytes(f, 'AD') : undefined, f.has('Nonce') ? bytes(f, 'Nonce') : undefined];
      return aeadCase(`AES-${bits}-SIV`, f, 16, sivStrings(given.filter((one) => one !== undefined)), true);
    },
  },
  {
    section: /^AES-(\d{3})$/,
    last: 'Out',
    has: ['ADs'],
    read: ([, bits], f) => {
      const strings = get(f, 'ADs')
        .split(',')
        .filter((one) => one !== '');
      return aeadCase(`AES-${bits}-SIV`, f, 16, sivStrings(strings.map((one) => Uint8Array.from(Buffer.from(one.trim(), 'hex')))), true);
    },
  },
  { section: /^ChaCha20Poly1305$/, last: 'Out', read: (_, f) => chaCha(f) },
  { section: /^AES-(\d{3})$/, last: 'Out', read: ([, bits], f) => ({ ...cipherCase(`AES-${bits}-ECB`, f, 'none'), iv: none }) as CaseBody },
  {
    section: /^AES-(\d{3})\/CBC\/(PKCS7|NoPadding)$/,
    last: 'Out',
    read: ([, bits, padding], f) => cipherCase(`AES-${bits}-CBC`, f, padding === 'PKCS7' ? 'pkcs7' : 'none'),
  },
  {
    section: /^AES-(\d{3})\/CFB(?:\((8)\))?$/,
    last: 'Out',
    read: ([, bits, byte = ''], f) => cipherCase(`AES-${bits}-CFB${byte}`, f, 'none'),
  },
  { section: /^AES-(\d{3})\/XTS$/, last: 'Out', read: ([, bits], f) => cipherCase(`AES-${bits}-XTS`, f, 'none') },
  { section: /^(?:CTR-BE|CTR)\(AES-(\d{3})\)$/, last: 'Out', read: ([, bits], f) => keystreamCase(`AES-${bits}-CTR`, f) },
  { section: /^OFB\(AES-(\d{3})\)$/, last: 'Out', read: ([, bits], f) => cipherCase(`AES-${bits}-OFB`, f, 'none') },
  {
    section: /^(KWP?)$/,
    last: 'Output',
    read: ([, name = ''], f) => wrapCase(name, bytes(f, 'Key'), bytes(f, 'Input'), bytes(f, 'Output')),
  },
  {
    section: /^(KWP?)$/,
    last: 'Input',
    refused: true,
    read: ([, name = ''], f) => wrapCase(name, bytes(f, 'Key'), undefined, bytes(f, 'Input')),
  },
  { section: /^$/, last: 'Output', has: ['KEK'], read: (_, f) => wrapCase('KW', bytes(f, 'KEK'), bytes(f, 'Key'), bytes(f, 'Output')) },
];
