/** ACVP's AES-CBC (no padding; AFT and MCT) and AES-GCM. */
import { hex } from '../bytes.js';
import { type CaseBody, SkippedTest } from '../case.js';
import type { AcvpTest } from './acvp-test.js';
import { type JsonObject, number, objects, text, textOr } from './json-fields.js';

export function readAcvpCbc({ group, test, expected }: AcvpTest): CaseBody {
  const algorithm = `AES-${number(group, 'keyLen')}-CBC`;
  const direction = text(group, 'direction') === 'decrypt' ? 'decrypt' : 'encrypt';
  if (textOr(group, 'testType', 'AFT') === 'MCT') {
    const [input, output] = direction === 'encrypt' ? (['pt', 'ct'] as const) : (['ct', 'pt'] as const);
    const links = objects(expected, 'resultsArray').map((link) => ({
      key: hex(text(link, 'key')),
      iv: hex(text(link, 'iv')),
      input: hex(text(link, input)),
      output: hex(text(link, output)),
    }));
    return { family: 'cipherChain', algorithm, direction, links };
  }
  const [plain, sealed] = direction === 'encrypt' ? [test, expected] : [expected, test];
  return {
    family: 'cipher',
    algorithm,
    padding: 'none',
    key: hex(text(test, 'key')),
    iv: hex(text(test, 'iv')),
    plaintext: hex(text(plain, 'pt')),
    ciphertext: hex(text(sealed, 'ct')),
  };
}

/** Nonces that the tested module was to make itself are among the answers. */
export function readAcvpGcm({ group, test, expected }: AcvpTest): CaseBody {
  const decrypting = text(group, 'direction') === 'decrypt';
  const sealed = decrypting ? test : expected;
  const plain = decrypting ? expected : test;
  const tag = hex(text(sealed, 'tag'));
  const tagBits = number(group, 'tagLen');
  if (tagBits % 8 !== 0) throw new SkippedTest('tag is not a whole number of bytes');
  return {
    family: 'aead',
    algorithm: `AES-${number(group, 'keyLen')}-GCM`,
    key: hex(text(test, 'key')),
    nonce: hex(nonceOf(test, expected)),
    aad: hex(textOr(test, 'aad', '')),
    plaintext: plain.pt === undefined ? undefined : hex(text(plain, 'pt')),
    ciphertext: hex(textOr(sealed, 'ct', '')),
    tag,
    tagLength: tagBits / 8,
  };
}

function nonceOf(test: JsonObject, expected: JsonObject): string {
  return textOr(test, 'iv', '') !== '' ? text(test, 'iv') : text(expected, 'iv');
}
