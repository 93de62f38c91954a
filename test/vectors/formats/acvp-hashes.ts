/** ACVP's hashes and HMACs: AFT (with lengths in bits), LDT (large messages) and MCT (Monte Carlo). */
import { firstBits, hex } from '../bytes.js';
import { type CaseBody, type Message, SkippedTest } from '../case.js';
import { hashName } from '../names.js';
import type { AcvpTest } from './acvp-test.js';
import { inner, type JsonObject, number, objects, text, textOr } from './json-fields.js';

export function readAcvpHash({ algorithm, group, test, expected }: AcvpTest): CaseBody {
  const name = hashName(algorithm);
  if (textOr(group, 'testType', 'AFT') === 'MCT') {
    const seed = wholeBytes(test, 'msg', 'len');
    return {
      family: 'hashChain',
      algorithm: name,
      seed,
      results: objects(expected, 'resultsArray').map((result) => hex(text(result, 'md'))),
      seedLength: group.mctVersion === 'alternate' ? seed.length : undefined,
    };
  }
  return { family: 'hash', algorithm: name, message: messageOf(test), digest: hex(text(expected, 'md')) };
}

function messageOf(test: JsonObject): Message {
  const large = inner(test, 'largeMsg');
  if (Object.keys(large).length === 0) return { bytes: wholeBytes(test, 'msg', 'len'), times: 1 };
  const bytes = wholeBytes(large, 'content', 'contentLength');
  const times = number(large, 'fullLength') / 8 / bytes.length;
  if (textOr(large, 'expansionTechnique', 'repeating') !== 'repeating' || !Number.isInteger(times)) {
    throw new SkippedTest('large message that is not a repetition');
  }
  return { bytes, times };
}

export function readAcvpHmac({ algorithm, group, test, expected }: AcvpTest): CaseBody {
  const mac = text(expected, 'mac');
  const bits = typeof test.macLen === 'number' ? test.macLen : typeof group.macLen === 'number' ? group.macLen : mac.length * 4;
  const bytes = firstBits(mac, bits);
  if (bytes === undefined) throw new SkippedTest('MAC is not a whole number of bytes');
  return {
    family: 'mac',
    algorithm: `HMAC-${hashName(algorithm.replace(/^HMAC-/, ''))}`,
    key: hex(text(test, 'key')),
    message: { bytes: hex(text(test, 'msg')), times: 1 },
    mac: bytes,
    macLength: bytes.length,
  };
}

function wholeBytes(object: JsonObject, field: string, bitsField: string): Uint8Array {
  const content = text(object, field);
  const bits = object[bitsField];
  const bytes = firstBits(content, typeof bits === 'number' ? bits : content.length * 4);
  if (bytes === undefined) throw new SkippedTest('message is not a whole number of bytes');
  return bytes;
}
