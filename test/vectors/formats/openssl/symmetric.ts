/** Digest, MAC and Cipher of evp_test. */
import { concat } from '../../bytes.js';
import type { CaseBody } from '../../case.js';
import { aesKey, secretKey } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { sivStrings } from '../cavp/ciphers.js';
import type { Stanza } from '../pairs.js';
import { assertResultOfData, Controls, evpBytes, inputOf } from './values.js';

const none = new Uint8Array(0);
const text = (stanza: Stanza, name: string): Uint8Array | undefined => {
  const value = stanza.find(name);
  return value === undefined ? undefined : evpBytes(value);
};

/** Functions with output of any length, and their customized forms. */
export function readDigest(stanza: Stanza, value: string): CaseBody {
  assertResultOfData(stanza);
  const algorithm = hashName(value);
  const digest = evpBytes(stanza.get('Output'));
  const controls = new Controls(stanza);
  const anyOutput = /^c?SHAKE|^BLAKE/.test(algorithm);
  const customized = algorithm.startsWith('c') && {
    functionName: controls.bytes('function-name') ?? text(stanza, 'FunctionName') ?? none,
    customization: controls.bytes('customization') ?? text(stanza, 'Custom') ?? none,
  };
  return {
    family: 'hash',
    algorithm,
    parameters: anyOutput ? { outputLength: digest.length, ...(customized !== false && customized) } : {},
    message: { bytes: inputOf(stanza), times: 1 },
    digest,
    digestBits: digest.length * 8,
  };
}

export function readMac(stanza: Stanza, value: string): CaseBody {
  const kind = value.replace(/ by .*$/, '').toUpperCase();
  assertResultOfData(stanza);
  const controls = new Controls(stanza);
  const underlying = stanza.find('Algorithm') ?? controls.find('digest') ?? controls.find('cipher') ?? '';
  const key = evpBytes(stanza.get('Key'));
  const mac = evpBytes(stanza.get('Output'));
  const common = { message: { bytes: inputOf(stanza), times: 1 }, mac, macLength: mac.length, iv: undefined, parameters: {} };
  switch (kind) {
    case 'HMAC': {
      const algorithm = `HMAC-${hashName(underlying)}`;
      return { family: 'mac', algorithm, key: secretKey(algorithm, key), ...common };
    }
    case 'CMAC':
      if (!/^AES/i.test(underlying)) skip('algorithm', `CMAC of ${underlying}`);
      return { family: 'mac', algorithm: 'AES-CMAC', key: aesKey(key), ...common };
    case 'GMAC':
      if (!/^AES/i.test(underlying)) skip('algorithm', `GMAC of ${underlying}`);
      return { family: 'mac', algorithm: 'GMAC', key: aesKey(key), ...common, iv: text(stanza, 'IV') ?? none };
    case 'KMAC128':
    case 'KMAC256':
    case 'KMAC-128':
    case 'KMAC-256': {
      const algorithm = `KMAC-${kind.slice(-3)}`;
      const xof = stanza.find('XOF') === '1' || controls.find('xof') === '1';
      const customization = text(stanza, 'Custom') ?? controls.bytes('custom') ?? none;
      return { family: 'mac', algorithm, key: secretKey(algorithm, key), ...common, parameters: { xof, customization } };
    }
    default:
      return skip('algorithm', value);
  }
}

const aesName = /^(?:id-)?AES-?(\d{3})-(ECB|CBC|CTR|CFB|CFB128|CFB8|OFB|XTS|GCM|CCM|GCM-SIV|SIV)$/i;
const wrapName = /^(?:id-)?aes-?(\d{3})-wrap(-pad)?(-inv)?$/i;

export function readCipher(stanza: Stanza, value: string): CaseBody {
  const name = value.replace(/\s/g, '');
  assertResultOfData(stanza);
  const wrap = wrapName.exec(name);
  if (wrap !== null) return wrapCase(stanza, wrap[2] !== undefined, wrap[3] !== undefined);
  const key = evpBytes(stanza.get('Key'));
  if (/^chacha20-poly1305$/i.test(name)) return aeadCase(stanza, 'ChaCha20-Poly1305', key);
  const [, bits, mode = ''] = aesName.exec(name) ?? skip('algorithm', name.toUpperCase());
  const kind = mode.toUpperCase().replace('CFB128', 'CFB');
  const algorithm = `AES-${bits}-${kind}`;
  if (/GCM|CCM|SIV/.test(kind)) return aeadCase(stanza, algorithm, key);
  if (stanza.has('CTSMode')) skip('algorithm', `${algorithm} with ciphertext stealing`);
  if (stanza.find('XTSStandard')?.toUpperCase() === 'GB') skip('algorithm', `${algorithm} of GB/T 17964`);
  return cipherCase(stanza, algorithm, key);
}

/** Paddings are off in evp_test unless the ciphertext shows one. */
function cipherCase(stanza: Stanza, algorithm: string, key: Uint8Array): CaseBody {
  const ciphertext = evpBytes(stanza.get('Ciphertext'));
  const plaintext = text(stanza, 'Plaintext') ?? none;
  const blocks = /ECB|CBC/.test(algorithm);
  const iv = algorithm.endsWith('ECB') ? none : (text(stanza, 'IV') ?? none);
  const padding = blocks && stanza.find('Padding') !== '0' && ciphertext.length > plaintext.length ? 'pkcs7' : 'none';
  return { family: 'cipher', algorithm, padding, key, iv, plaintext, ciphertext };
}

function wrapCase(stanza: Stanza, padded: boolean, inverse: boolean): CaseBody {
  const algorithm = padded ? 'AES-KWP' : 'AES-KW';
  if (inverse) skip('algorithm', `${algorithm} with the inverse cipher function`);
  if (stanza.has('IV')) skip('interface', 'key wrapping with another initial value');
  return {
    family: 'wrap',
    algorithm,
    wrappingKey: aesKey(evpBytes(stanza.get('Key'))),
    payload: text(stanza, 'Plaintext'),
    wrapped: evpBytes(stanza.get('Ciphertext')),
  };
}

/** Of SIV the list of additional strings, the nonce last; of others one string in pieces. */
function aeadCase(stanza: Stanza, algorithm: string, key: Uint8Array): CaseBody {
  const additional = stanza.fields.filter(({ name }) => name === 'AAD').map(({ value }) => evpBytes(value));
  const iv = text(stanza, 'IV') ?? none;
  const isSiv = algorithm.endsWith('-SIV') && !algorithm.includes('GCM');
  const strings = isSiv ? sivStrings(iv.length > 0 ? [...additional, iv] : additional) : { aad: concat(...additional), nonce: iv };
  if (stanza.has('TLSAAD')) skip('library', 'OpenSSL, records of TLS');
  const tag = evpBytes(stanza.get('Tag'));
  return {
    family: 'aead',
    algorithm,
    key,
    ...strings,
    plaintext: text(stanza, 'Plaintext'),
    ciphertext: text(stanza, 'Ciphertext') ?? none,
    tag,
    tagLength: tag.length,
  };
}
