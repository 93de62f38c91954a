/** ACVP's ECDSA and RSA: signatures to verify, generated signatures to verify, key pairs, public keys. */
import { bigint, concat, fixed, hex } from '../bytes.js';
import { type CaseBody, SkippedTest } from '../case.js';
import { coordinateSize, ecPrivateKey, ecPublicKey, rsaPrivateKey, rsaPublicKey } from '../key-encodings.js';
import { ecdsaName, ecKeyName, hashName, pssName, pssParameters } from '../names.js';
import type { AcvpTest } from './acvp-test.js';
import { type JsonObject, number, text, textOr } from './json-fields.js';

/** SP 800-106 signs a message that is not a whole number of bytes; component tests sign a ready digest. */
function assertPlainMessage(group: JsonObject): void {
  if (textOr(group, 'conformance', '') === 'SP800-106')
    throw new SkippedTest('message is randomised by SP 800-106 and not a whole number of bytes');
  if (group.componentTest === true) throw new SkippedTest('message is a ready digest');
}

function sizeOf(curve: string, algorithm: string): number {
  const size = coordinateSize(curve);
  if (size === undefined) throw new SkippedTest(`algorithm not in this version: ${algorithm}`);
  return size;
}

export function readAcvpEcSignature({ group, expectedGroup, test, expected }: AcvpTest): CaseBody {
  const curve = text(group, 'curve');
  const algorithm = ecdsaName(curve, text(group, 'hashAlg'));
  const size = sizeOf(curve, algorithm);
  assertPlainMessage(group);
  const key: JsonObject = { ...expectedGroup, ...test };
  const signature: JsonObject = { ...test, ...expected };
  const [x, y] = [text(key, 'qx'), text(key, 'qy')];
  return {
    family: 'signature',
    algorithm,
    publicKey: ecPublicKey(curve, x, y),
    privateKey: typeof key.d === 'string' ? ecPrivateKey(curve, key.d, x, y) : undefined,
    parameters: { signatureFormat: 'p1363' },
    message: hex(text(test, 'message')),
    signature: concat(fixed(text(signature, 'r'), size), fixed(text(signature, 's'), size)),
  };
}

export function readAcvpEcKeyGeneration({ group, test, expected }: AcvpTest): CaseBody {
  const curve = text(group, 'curve');
  const algorithm = ecKeyName(curve);
  sizeOf(curve, algorithm);
  const key: JsonObject = { ...test, ...expected };
  const [d, x, y] = [text(key, 'd'), text(key, 'qx'), text(key, 'qy')];
  return { family: 'keyPair', algorithm, publicKey: ecPublicKey(curve, x, y), privateKey: ecPrivateKey(curve, d, x, y) };
}

export function readAcvpEcKeyVerification({ group, test }: AcvpTest): CaseBody {
  const curve = text(group, 'curve');
  const algorithm = ecKeyName(curve);
  sizeOf(curve, algorithm);
  return { family: 'publicKey', algorithm, publicKey: ecPublicKey(curve, text(test, 'qx'), text(test, 'qy')) };
}

export function readAcvpRsaSignature({ group, expectedGroup, test, expected }: AcvpTest): CaseBody {
  const hash = text(group, 'hashAlg');
  if (text(group, 'sigType') !== 'pss')
    throw new SkippedTest(`algorithm not in this version: RSA ${text(group, 'sigType')} ${hashName(hash)}`);
  assertPlainMessage(group);
  const mask = textOr(group, 'maskFunction', 'mgf1');
  return {
    family: 'signature',
    algorithm: pssName(hash),
    publicKey: rsaPublicKey(text(expectedGroup, 'n'), text(expectedGroup, 'e')),
    privateKey: undefined,
    parameters: pssParameters(hash, mask === 'mgf1' ? hash : mask, number(group, 'saltLen')),
    message: hex(text(test, 'message')),
    signature: hex(text({ ...test, ...expected }, 'signature')),
  };
}

export function readAcvpRsaKeyGeneration({ group, test, expected }: AcvpTest): CaseBody {
  const key: JsonObject = { ...test, ...expected };
  if (['n', 'e', 'p', 'q'].some((name) => typeof key[name] !== 'string')) throw new SkippedTest('no key is given');
  const [n, e, p, q] = [text(key, 'n'), text(key, 'e'), text(key, 'p'), text(key, 'q')];
  const algorithm = `RSA-${number(group, 'modulo')}`;
  if (bigint(p) * bigint(q) !== bigint(n)) throw new Error('n is not the product of p and q');
  return { family: 'keyPair', algorithm, publicKey: rsaPublicKey(n, e), privateKey: rsaPrivateKey(n, e, p, q) };
}
