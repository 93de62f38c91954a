/** AES without authentication (AFT, CTR and MCT), with authentication, and key wrapping. */
import { firstBits } from '../../bytes.js';
import type { CaseBody } from '../../case.js';
import { aesKey } from '../../key-encodings.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, type JsonObject, number, numberOr, objects, text, textOr } from '../json-fields.js';
import { type AcvpReader, type AcvpTest, wholeBytes } from './acvp-test.js';

const none = new Uint8Array(0);

function directionOf(group: JsonObject): 'encrypt' | 'decrypt' {
  return text(group, 'direction') === 'decrypt' ? 'decrypt' : 'encrypt';
}
function ivOf(all: JsonObject): Uint8Array | undefined {
  return typeof all.iv === 'string' && all.iv !== '' ? bytes(all, 'iv') : undefined;
}

/** By what follows `AES-` in the algorithm's name. CFB1 works on bits. */
const modes: Readonly<Record<string, string>> = { ECB: 'ECB', CBC: 'CBC', CFB128: 'CFB', CFB8: 'CFB8', OFB: 'OFB', CTR: 'CTR' };

export const cipher: AcvpReader = (given) => {
  const { algorithm, group } = given;
  const mode = modes[algorithm.replace(/^AES-/, '')] ?? skip('algorithm', algorithm);
  const name = `AES-${number(group, 'keyLen')}-${mode}`;
  return textOr(group, 'testType', 'AFT') === 'MCT' ? chainCase(name, given) : cipherCase(name, mode, given);
};

function chainCase(algorithm: string, { group, expected }: AcvpTest): CaseBody {
  const direction = directionOf(group);
  const [input, output] = direction === 'encrypt' ? (['pt', 'ct'] as const) : (['ct', 'pt'] as const);
  const links = objects(expected, 'resultsArray').map((link) => ({
    key: bytes(link, 'key'),
    iv: bytesOr(link, 'iv', none) ?? none,
    input: bytes(link, input),
    output: bytes(link, output),
  }));
  return { family: 'cipherChain', algorithm, direction, links };
}

/** Some counters are chosen by who encrypts, and are among the answers. */
function cipherCase(algorithm: string, mode: string, { all }: AcvpTest): CaseBody {
  const iv = mode === 'ECB' ? none : (ivOf(all) ?? skip('notGiven', 'IV'));
  const bits = numberOr(all, 'payloadLen', 0);
  const known = { family: 'cipher', algorithm, padding: 'none', key: bytes(all, 'key'), iv } as const;
  // The start of a keystream is the same for any length.
  if (mode === 'CTR' && bits % 8 !== 0) return { ...known, plaintext: bytes(all, 'pt'), ciphertext: bytes(all, 'ct'), bits };
  return {
    ...known,
    plaintext: wholeBytes(all, 'pt', 'payloadLen', 'message'),
    ciphertext: wholeBytes(all, 'ct', 'payloadLen', 'message'),
  };
}

/** The tweak is given as bytes or as a number, which is written from its low end. */
export const xts: AcvpReader = ({ group, all }) => {
  const iv = new Uint8Array(16);
  if (typeof all.tweakValue === 'string') iv.set(bytes(all, 'tweakValue'));
  else if (typeof all.i === 'string') iv.set(bytes(all, 'i'));
  else new DataView(iv.buffer).setBigUint64(0, BigInt(number(all, 'sequenceNumber')), true);
  const size = numberOr(all, 'dataUnitLen', numberOr(all, 'payloadLen', 0));
  if (size !== 0 && size !== numberOr(all, 'payloadLen', size)) skip('bounds', 'XTS with several data units');
  return {
    family: 'cipher',
    algorithm: `AES-${number(group, 'keyLen')}-XTS`,
    padding: 'none',
    key: bytes(all, 'key'),
    iv,
    plaintext: wholeBytes(all, 'pt', 'payloadLen', 'message'),
    ciphertext: wholeBytes(all, 'ct', 'payloadLen', 'message'),
  };
};

/** Nonces that the tested module was to make itself are among the answers. */
export const gcm: AcvpReader = ({ group, all }) => {
  const tagBits = number(group, 'tagLen');
  if (tagBits % 8 !== 0) skip('bits', 'tag');
  return {
    family: 'aead',
    algorithm: `AES-${number(group, 'keyLen')}-GCM`,
    key: bytes(all, 'key'),
    nonce: ivOf(all) ?? skip('notGiven', 'nonce'),
    aad: bytesOr(all, 'aad', none) ?? none,
    plaintext: bytesOr(all, 'pt', undefined),
    ciphertext: bytesOr(all, 'ct', none) ?? none,
    tag: bytes(all, 'tag'),
    tagLength: tagBits / 8,
  };
};

/** The tag stands at the end of the ciphertext. */
function appended(suffix: string, tagBits: (group: JsonObject) => number): AcvpReader {
  return ({ group, all }) => {
    const sealed = bytes(all, 'ct');
    const tagLength = tagBits(group) / 8;
    const cut = Math.max(0, sealed.length - tagLength);
    return {
      family: 'aead',
      algorithm: `AES-${number(group, 'keyLen')}-${suffix}`,
      key: bytes(all, 'key'),
      nonce: ivOf(all) ?? skip('notGiven', 'nonce'),
      aad: bytesOr(all, 'aad', none) ?? none,
      plaintext: bytesOr(all, 'pt', undefined),
      ciphertext: sealed.subarray(0, cut),
      tag: sealed.subarray(cut),
      tagLength,
    };
  };
}
export const ccm = appended('CCM', (group) => number(group, 'tagLen'));
export const gcmSiv = appended('GCM-SIV', () => 128);

/** `inverse` wraps with the decryption function of AES, which is another algorithm (SP 800-38F 5.1). */
export const wrap: AcvpReader = ({ algorithm, group, all }) => {
  if (textOr(group, 'kwCipher', 'cipher') !== 'cipher') skip('algorithm', `${algorithm} with the inverse cipher function`);
  const payload = all.pt === undefined ? undefined : (firstBits(text(all, 'pt'), number(group, 'payloadLen')) ?? skip('bits', 'key'));
  return {
    family: 'wrap',
    algorithm,
    wrappingKey: aesKey(bytes(all, 'key')),
    payload,
    wrapped: bytes(all, 'ct'),
  };
};
