/** JSON files of C2SP/wycheproof: groups by type, parameters in the group, results valid, invalid or acceptable. */
import { hex } from '../bytes.js';
import { type CaseBody, notInThisVersion, readCase, type VectorCase, type Verdict } from '../case.js';
import { rsaPublicKey } from '../key-encodings.js';
import { ecdsaName, ecKeyName, hashName, pssName, pssParameters, rsaKeyName } from '../names.js';
import { inner, type JsonObject, number, objects, text, textOr } from './json-fields.js';

/** Reads one test; the name of an algorithm when its family is not known. */
type GroupReader = (algorithm: string, group: JsonObject) => ((test: JsonObject) => CaseBody) | string;

const aead: GroupReader = (algorithm, group) => {
  if (algorithm !== 'AES-GCM') return algorithm;
  const name = `AES-${number(group, 'keySize')}-GCM`;
  return (test) => ({
    family: 'aead',
    algorithm: name,
    key: hex(text(test, 'key')),
    nonce: hex(text(test, 'iv')),
    aad: hex(text(test, 'aad')),
    plaintext: hex(text(test, 'msg')),
    ciphertext: hex(text(test, 'ct')),
    tag: hex(text(test, 'tag')),
    tagLength: number(group, 'tagSize') / 8,
  });
};

const cipher: GroupReader = (algorithm, group) => {
  if (algorithm !== 'AES-CBC-PKCS5') return algorithm;
  const name = `AES-${number(group, 'keySize')}-CBC`;
  return (test) => ({
    family: 'cipher',
    algorithm: name,
    padding: 'pkcs7',
    key: hex(text(test, 'key')),
    iv: hex(text(test, 'iv')),
    plaintext: hex(text(test, 'msg')),
    ciphertext: hex(text(test, 'ct')),
  });
};

const mac: GroupReader = (algorithm, group) => {
  const of = /^HMAC-?(SHA.*|SM3)$/.exec(algorithm)?.[1];
  if (of === undefined) return algorithm;
  const size = number(group, 'tagSize') / 8;
  return (test) => ({
    family: 'mac',
    algorithm: `HMAC-${hashName(of)}`,
    key: hex(text(test, 'key')),
    message: { bytes: hex(text(test, 'msg')), times: 1 },
    mac: hex(text(test, 'tag')),
    macLength: size,
  });
};

function ecdsa(format: 'der' | 'p1363'): GroupReader {
  return (_algorithm, group) => {
    const curve = textOr(inner(group, 'publicKey'), 'curve', textOr(inner(group, 'key'), 'curve', 'unknown'));
    const publicKey = {
      algorithm: ecKeyName(curve),
      format: 'der' as const,
      data: hex(textOr(group, 'publicKeyDer', textOr(group, 'keyDer', ''))),
    };
    const algorithm = ecdsaName(curve, text(group, 'sha'));
    return (test) => ({
      family: 'signature',
      algorithm,
      publicKey,
      privateKey: undefined,
      parameters: { signatureFormat: format },
      message: hex(text(test, 'msg')),
      signature: hex(text(test, 'sig')),
    });
  };
}

/** `restricted`: the SPKI is of id-RSASSA-PSS with parameters, so the numbers are taken instead. */
function pss(restricted: boolean): GroupReader {
  return (_algorithm, group) => {
    const numbers = inner(group, 'publicKey');
    const hash = text(group, 'sha');
    const publicKey = restricted
      ? rsaPublicKey(text(numbers, 'modulus'), text(numbers, 'publicExponent'))
      : { algorithm: rsaKeyName(number(group, 'keySize')), format: 'der' as const, data: hex(text(group, 'publicKeyDer')) };
    const mgf = textOr(group, 'mgf', 'MGF1');
    const parameters = pssParameters(hash, mgf === 'MGF1' ? text(group, 'mgfSha') : mgf, number(group, 'sLen'));
    return (test) => ({
      family: 'signature',
      algorithm: pssName(hash),
      publicKey,
      privateKey: undefined,
      parameters,
      message: hex(text(test, 'msg')),
      signature: hex(text(test, 'sig')),
    });
  };
}

const groupReaders: ReadonlyMap<string, GroupReader> = new Map([
  ['AeadTest', aead],
  ['IndCpaTest', cipher],
  ['MacTest', mac],
  ['EcdsaVerify', ecdsa('der')],
  ['EcdsaP1363Verify', ecdsa('p1363')],
  ['RsassaPssVerify', pss(false)],
  ['RsassaPssWithParametersVerify', pss(true)],
]);

function verdictOf(test: JsonObject): Verdict {
  const result = text(test, 'result');
  if (result === 'valid' || result === 'invalid' || result === 'acceptable') return result;
  throw new Error(`"${result}" is no result`);
}

export function isWycheproof(file: JsonObject): boolean {
  const group = objects(file, 'testGroups')[0];
  return group !== undefined && typeof group.type === 'string' && Array.isArray(group.tests) && 'numberOfTests' in file;
}

export function readWycheproof(file: JsonObject): VectorCase[] {
  return objects(file, 'testGroups').flatMap((group) => readGroup(file, group));
}

function readGroup(file: JsonObject, group: JsonObject): VectorCase[] {
  const type = textOr(group, 'type', '');
  const algorithm = textOr(file, 'algorithm', type);
  const tests = objects(group, 'tests');
  const nameOf = (test: JsonObject) => `tcId ${String(test.tcId)}`;
  const reader = groupReaders.get(type);
  if (reader === undefined) return tests.map((test) => notInThisVersion(nameOf(test), algorithm));
  let read: ReturnType<GroupReader>;
  try {
    read = reader(algorithm, group);
  } catch (error) {
    return tests.map((test) =>
      readCase(nameOf(test), 'valid', () => {
        throw error;
      }),
    );
  }
  if (typeof read === 'string') return tests.map((test) => notInThisVersion(nameOf(test), algorithm));
  return tests.map((test) => readTest(nameOf(test), test, read));
}

function readTest(name: string, test: JsonObject, read: (test: JsonObject) => CaseBody): VectorCase {
  try {
    return readCase(name, verdictOf(test), () => read(test));
  } catch (error) {
    return readCase(name, 'valid', () => {
      throw error;
    });
  }
}
