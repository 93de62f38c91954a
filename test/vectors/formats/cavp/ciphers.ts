/** CAVP's block cipher files (KAT, MMT and MCT), XTS, GCM, CCM and key wrapping, and pyca's texts of other AEADs. */
import { hex } from '../../bytes.js';
import { type AeadCase, type CaseBody, readCase, type VectorCase } from '../../case.js';
import { aesKey } from '../../key-encodings.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import { type CavpFile, hint } from './hints.js';

const cipherWord =
  /(?<![A-Za-z])(?:Camellia|CAMELLIA|CAST5|SEED|SM4|ARIA|TDES|3DES|IDEA|Blowfish|ARC4|RC2|XChaCha20|ChaCha20|AES|aes)(?![a-z])/;
const modeWord =
  /(?<![A-Za-z])(ECB|CBC|OFB|CFB\d*|CTR|GCM-SIV|GCM|CCM|XTS|SIV|OCB\d?|Poly1305)(?=[^A-Za-z]|MMT|MCT|GFSbox|KeySbox|VarKey|VarTxt|$)/i;
const none = new Uint8Array(0);

/** `AES-256-CBC`, by the words of the comments and the path and by the key's size. */
function cipherName(file: CavpFile, key: Uint8Array): string {
  const cipher = (hint(file, cipherWord)?.[0] ?? 'cipher').toUpperCase();
  const mode = (hint(file, modeWord)?.[1] ?? (hint(file, /Counter/) === undefined ? '' : 'CTR')).toUpperCase().replace('CFB128', 'CFB');
  const size = /AES|ARIA|CAMELLIA/.test(cipher) ? `-${key.length * 8}` : '';
  return `${cipher}${size}${mode === '' ? '' : `-${mode}`}`;
}

export function readCipher(test: Stanza, file: CavpFile): VectorCase[] {
  return [readCase(test.name, 'valid', () => cipherCase(test, file))];
}

/** Texts of CFB1 are bits. */
function cipherCase(test: Stanza, file: CavpFile): CaseBody {
  const key = hex(test.find('Key') ?? skip('algorithm', cipherName(file, none)));
  const algorithm = cipherName(file, key);
  if (!/^AES-\d+-(?:ECB|CBC|OFB|CFB8?|CTR)$/.test(algorithm)) skip('algorithm', algorithm);
  const iv = algorithm.endsWith('ECB') ? none : hex(test.get('IV'));
  const [plaintext, ciphertext] = [hex(test.get('Plaintext')), hex(test.get('Ciphertext'))];
  if (hint(file, /\bMCT\b|MCT\d/) === undefined) return { family: 'cipher', algorithm, padding: 'none', key, iv, plaintext, ciphertext };
  const direction = test.labels.includes('DECRYPT') ? 'decrypt' : 'encrypt';
  const [input, output] = direction === 'encrypt' ? [plaintext, ciphertext] : [ciphertext, plaintext];
  return { family: 'cipherChain', algorithm, direction, links: [{ key, iv, input, output }] };
}

/** The tweak is given as bytes or as a number, which is written from its low end. */
export function readXts(test: Stanza): VectorCase[] {
  return [
    readCase(test.name, 'valid', () => {
      if (Number(test.find('DataUnitLen') ?? 0) % 8 !== 0) skip('bits', 'message');
      const key = hex(test.get('Key'));
      const iv = new Uint8Array(16);
      const number = test.find('DataUnitSeqNumber');
      if (number === undefined) iv.set(hex(test.get('i')));
      else new DataView(iv.buffer).setBigUint64(0, BigInt(number), true);
      return {
        family: 'cipher',
        algorithm: `AES-${key.length * 4}-XTS`,
        padding: 'none',
        key,
        iv,
        plaintext: hex(test.get('PT')),
        ciphertext: hex(test.get('CT')),
      };
    }),
  ];
}

export function readGcm(test: Stanza, file: CavpFile): VectorCase[] {
  const refused = test.words.includes('FAIL');
  return [
    readCase(test.name, refused ? 'invalid' : 'valid', () => {
      const cipher = hint(file, cipherWord)?.[0].toUpperCase() ?? 'AES';
      if (cipher !== 'AES') skip('algorithm', `${cipher}-GCM`);
      const key = hex(test.get('Key'));
      const tag = hex(test.get('Tag'));
      return {
        family: 'aead',
        algorithm: `AES-${key.length * 8}-GCM`,
        key,
        nonce: hex(test.get('IV')),
        aad: hex(test.get('AAD')),
        plaintext: refused ? undefined : hex(test.get('PT')),
        ciphertext: hex(test.get('CT')),
        tag,
        tagLength: Number(test.settings.get('taglen') ?? tag.length * 8) / 8,
      };
    }),
  ];
}

/** Lengths in bytes; of length 0 there is a byte that does not count. */
export function readCcm(test: Stanza): VectorCase[] {
  const refused = /^F/i.test(test.find('Result') ?? 'P');
  const length = (name: string): number | undefined => {
    const text = test.settings.get(name.toLowerCase()) ?? test.find(name);
    return text === undefined ? undefined : Number(text);
  };
  return [
    readCase(test.name, refused ? 'invalid' : 'valid', () => {
      const key = hex(test.get('Key'));
      const tagLength = length('Tlen') ?? 16;
      const plain = test.find('Payload');
      const sealed = hex(test.get('CT'));
      const cut = sealed.length - tagLength;
      return {
        family: 'aead',
        algorithm: `AES-${key.length * 8}-CCM`,
        key,
        nonce: hex(test.get('Nonce')),
        aad: length('Alen') === 0 ? none : hex(test.get('Adata')),
        plaintext: refused || plain === undefined ? undefined : length('Plen') === 0 ? none : hex(plain),
        ciphertext: sealed.subarray(0, cut),
        tag: sealed.subarray(cut),
        tagLength,
      };
    }),
  ];
}

/** `"text"` or hexadecimal. */
function quotedOrHex(value: string): Uint8Array {
  const text = /^"(.*)"$/s.exec(value)?.[1];
  return text === undefined ? hex(value) : new Uint8Array(Buffer.from(text, 'latin1'));
}

/** Names of other AEADs by the words of the test's comment, the top, and the path; SIV's key is two keys. */
const aeads: readonly (readonly [RegExp, (key: Uint8Array) => string])[] = [
  [/XChaCha20-?Poly1305/i, () => 'XChaCha20-Poly1305'],
  [/ChaCha20-?Poly1305/i, () => 'ChaCha20-Poly1305'],
  [/RFC (?:7539|8439)/, () => 'ChaCha20-Poly1305'],
  [/GCM-SIV/i, (key) => `AES-${key.length * 8}-GCM-SIV`],
  [/(?<![A-Za-z])SIV/i, (key) => `AES-${key.length * 4}-SIV`],
  [/OCB/i, () => 'AES-OCB'],
  [/CCM/i, (key) => `AES-${key.length * 8}-CCM`],
  [/GCM/i, (key) => `AES-${key.length * 8}-GCM`],
];

function aeadName(file: CavpFile, test: Stanza, key: Uint8Array): string {
  return aeads.find(([pattern]) => hint(file, pattern, test) !== undefined)?.[1](key) ?? skip('algorithm', 'unnamed AEAD');
}

/**
 * The additional data of SIV is a list of strings, of which the last may be a nonce (RFC 5297 3).
 * @throws SkippedTest for lists that an AEAD does not have
 */
export function sivStrings(strings: readonly Uint8Array[]): Pick<AeadCase, 'aad' | 'nonce'> {
  if (strings.length === 0) skip('bounds', 'SIV without additional data');
  if (strings.length > 2) skip('bounds', 'SIV with several strings of additional data');
  return { aad: strings[0] ?? none, nonce: strings[1] ?? none };
}

export function readAead(test: Stanza, file: CavpFile): VectorCase[] {
  const verdict = test.has('Result') ? 'invalid' : 'valid';
  return [
    readCase(test.name, verdict, () => {
      const value = (...names: readonly string[]) =>
        quotedOrHex(names.map((name) => test.find(name)).find((one) => one !== undefined) ?? '');
      const key = value('Key');
      const algorithm = aeadName(file, test, key);
      const cipher = hint(file, cipherWord, test)?.[0].toUpperCase() ?? 'AES';
      if (!/AES|CHACHA/.test(cipher)) skip('algorithm', `${cipher} with authentication`);
      const additional = test.fields.filter(({ name }) => /^(?:AAD|AD)\d*$/i.test(name)).map(({ value: text }) => quotedOrHex(text));
      const nonce = value('Nonce', 'IV');
      const strings =
        algorithm.endsWith('-SIV') && !algorithm.includes('GCM')
          ? sivStrings(nonce.length > 0 ? [...additional, nonce] : additional)
          : { aad: additional[0] ?? none, nonce };
      const tag = value('Tag');
      return {
        family: 'aead',
        algorithm,
        key,
        ...strings,
        plaintext: value('Plaintext', 'In'),
        ciphertext: value('Ciphertext', 'CT'),
        tag,
        tagLength: tag.length,
      };
    }),
  ];
}

/** SP 800-38F: `K`, `P` and `C`; Botan's in pyca's manner: `Key`, `Input` and `Output`. */
export function readKeyWrap(test: Stanza, file: CavpFile): VectorCase[] {
  const refused = test.words.includes('FAIL');
  return [
    readCase(test.name, refused ? 'invalid' : 'valid', () => {
      const name = hint(file, /(?<![A-Za-z])(T?KWP?)(?![A-Za-z])/)?.[1] ?? test.labels.find((label) => /^KWP?$/.test(label)) ?? 'KW';
      if (name === 'TKW') skip('algorithm', 'key wrapping with Triple-DES');
      if (hint(file, /inverse cipher|_inv\b/) !== undefined) skip('algorithm', `AES-${name} with the inverse cipher function`);
      return {
        family: 'wrap',
        algorithm: `AES-${name}`,
        wrappingKey: aesKey(hex(test.find('K') ?? test.get('Key'))),
        payload: refused ? undefined : hex(test.find('P') ?? test.get('Input')),
        wrapped: hex(test.find('C') ?? test.get('Output')),
      };
    }),
  ];
}
