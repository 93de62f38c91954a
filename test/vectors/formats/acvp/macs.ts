/** HMAC, CMAC, GMAC and KMAC, made (`gen`, AFT) or verified (`ver`, MVT). */
import { firstBits } from '../../bytes.js';
import type { CaseBody, KeyMaterial } from '../../case.js';
import { aesKey, secretKey } from '../../key-encodings.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, bytesOr, type JsonObject, number, numberOr, text } from '../json-fields.js';
import { type AcvpReader, wholeBytes } from './acvp-test.js';
import { customizationOf } from './hashes.js';

function macCase(
  algorithm: string,
  key: KeyMaterial,
  message: Uint8Array,
  { all, bits, iv, parameters = {} }: { all: JsonObject; bits: number; iv?: Uint8Array; parameters?: Record<string, Uint8Array | boolean> },
): CaseBody {
  const field = all.mac === undefined ? 'tag' : 'mac';
  const mac = firstBits(text(all, field), bits) ?? skip('bits', 'MAC');
  return {
    family: 'mac',
    algorithm,
    key,
    iv,
    parameters,
    message: { bytes: message, times: 1 },
    mac,
    macLength: mac.length,
  };
}

function macBits(group: JsonObject, all: JsonObject): number {
  return numberOr(all, 'macLen', numberOr(group, 'macLen', typeof all.mac === 'string' ? all.mac.length * 4 : 0));
}

export const hmac: AcvpReader = ({ algorithm, group, test, all }) => {
  const name = `HMAC-${hashName(algorithm.replace(/^HMAC-/, ''))}`;
  const key = secretKey(name, wholeBytes(test, 'key', 'keyLen', 'key'));
  return macCase(name, key, wholeBytes(test, 'msg', 'msgLen', 'message'), { all, bits: macBits(group, all) });
};

export const cmac: AcvpReader = ({ group, test, all }) => {
  const message = firstBits(text(test, 'message'), number(group, 'msgLen')) ?? skip('bits', 'message');
  return macCase('AES-CMAC', aesKey(bytes(test, 'key')), message, { all, bits: macBits(group, all) });
};

/** The message stands in `aad`. */
export const gmac: AcvpReader = ({ group, test, all }) => {
  const iv = bytesOr(all, 'iv', undefined) ?? skip('notGiven', 'IV');
  return macCase('GMAC', aesKey(bytes(test, 'key')), bytes(test, 'aad'), { all, bits: number(group, 'tagLen'), iv });
};

/** With `xof` the length is no part of the computation. */
export const kmac: AcvpReader = ({ algorithm, group, test, all }) => {
  const key = secretKey(algorithm, wholeBytes(test, 'key', 'keyLen', 'key'));
  const parameters = { xof: group.xof === true, customization: customizationOf(group, test) };
  return macCase(algorithm, key, wholeBytes(test, 'msg', 'msgLen', 'message'), { all, bits: macBits(group, all), parameters });
};
