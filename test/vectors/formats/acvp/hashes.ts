/** SHA, SHA-3, SHAKE and cSHAKE: AFT and VOT (with lengths in bits), LDT (large messages) and MCT (Monte Carlo). */
import type { Message } from '../../case.js';
import { hashName } from '../../names.js';
import { skip } from '../../skip.js';
import { bytes, inner, type JsonObject, number, numberOr, objects, textOr } from '../json-fields.js';
import { type AcvpReader, wholeBytes } from './acvp-test.js';

function seedOf(test: JsonObject): Uint8Array {
  return wholeBytes(test, 'msg', 'len', 'message');
}

export const hash: AcvpReader = ({ algorithm, group, test, expected }) => {
  const name = hashName(algorithm);
  if (textOr(group, 'testType', 'AFT') === 'MCT') {
    const seed = seedOf(test);
    return {
      family: 'hashChain',
      algorithm: name,
      chain: name.startsWith('SHA3') ? 'sha3' : 'sha',
      seed,
      results: objects(expected, 'resultsArray').map((result) => bytes(result, 'md')),
      seedLength: group.mctVersion === 'alternate' ? seed.length : undefined,
      outputBounds: undefined,
    };
  }
  const digest = bytes(expected, 'md');
  return { family: 'hash', algorithm: name, parameters: {}, message: messageOf(test), digest, digestBits: digest.length * 8 };
};

function messageOf(test: JsonObject): Message {
  const large = inner(test, 'largeMsg');
  if (Object.keys(large).length === 0) return { bytes: wholeBytes(test, 'msg', 'len', 'message'), times: 1 };
  const content = wholeBytes(large, 'content', 'contentLength', 'message');
  const times = number(large, 'fullLength') / 8 / content.length;
  if (textOr(large, 'expansionTechnique', 'repeating') !== 'repeating' || !Number.isInteger(times))
    skip('notGiven', 'large message that is not a repetition');
  return { bytes: content, times };
}

/** `customization` is text unless the group says that it is hexadecimal. */
export function customizationOf(group: JsonObject, test: JsonObject): Uint8Array {
  if (group.hexCustomization === true) {
    return test.customizationHex === undefined ? bytes(test, 'customization') : bytes(test, 'customizationHex');
  }
  return new Uint8Array(Buffer.from(textOr(test, 'customization', ''), 'latin1'));
}

export const xof: AcvpReader = ({ algorithm, group, test, expected, all }) => {
  const name = hashName(algorithm);
  const customized = name.startsWith('c');
  if (textOr(group, 'testType', 'AFT') === 'MCT') {
    const [min, max] = [numberOr(group, 'minOutLen', 16), numberOr(group, 'maxOutLen', 65_536)];
    return {
      family: 'hashChain',
      algorithm: name,
      chain: customized ? 'cshake' : 'shake',
      seed: seedOf(test),
      results: objects(expected, 'resultsArray').map((result) => bytes(result, 'md')),
      seedLength: undefined,
      outputBounds: { min, max, step: customized ? numberOr(group, 'outLenIncrement', 1) : 8 },
    };
  }
  const digest = bytes(expected, 'md');
  const digestBits = numberOr(all, 'outLen', digest.length * 8);
  const functionName = new Uint8Array(Buffer.from(textOr(test, 'functionName', ''), 'latin1'));
  return {
    family: 'hash',
    algorithm: name,
    parameters: {
      outputLength: Math.ceil(digestBits / 8),
      ...(customized && { functionName, customization: customizationOf(group, test) }),
    },
    message: messageOf(test),
    digest,
    digestBits,
  };
};
