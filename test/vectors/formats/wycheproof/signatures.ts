/** EcdsaVerify and its likes, EddsaVerify, RsassaPkcs1Verify, RsassaPkcs1Generate, RsassaPssVerify, MlDsaVerify and MlDsaSign. */
import { bigint } from '../../bytes.js';
import type { KeyMaterial } from '../../case.js';
import { rsaPublicKey } from '../../key-encodings.js';
import { ecdsaName, ecKeyName, edwardsName, pkcs1Name, pssName, pssParameters, rsaKeyName } from '../../names.js';
import { SkippedTest, skip } from '../../skip.js';
import { bytes, bytesOr, inner, isObject, type JsonObject, number, text, textOr } from '../json-fields.js';
import type { GroupReader } from './group-reader.js';

/** Older files call it `keyDer`. */
function spki(group: JsonObject, algorithm: string): KeyMaterial {
  return { algorithm, format: 'der', data: bytesOr(group, 'publicKeyDer', undefined) ?? bytes(group, 'keyDer') };
}

const given = { privateKey: undefined, exactly: undefined } as const;

export function ecdsa(signatureFormat: 'der' | 'p1363', lowOnly = false): GroupReader {
  return (_algorithm, group) => {
    const curve = textOr(inner(group, 'publicKey'), 'curve', textOr(inner(group, 'key'), 'curve', 'unknown'));
    const algorithm = ecdsaName(curve, text(group, 'sha'));
    const publicKey = spki(group, ecKeyName(curve));
    return (test) => {
      if (lowOnly && hasHighS(bytes(test, 'sig'))) throw new SkippedTest('algorithm', 'ECDSA of Bitcoin, which refuses a high s');
      return {
        family: 'signature',
        algorithm,
        publicKey,
        ...given,
        parameters: { signatureFormat },
        message: bytes(test, 'msg'),
        signature: bytes(test, 'sig'),
      };
    };
  };
}

export const eddsa: GroupReader = (_algorithm, group) => {
  const numbers = inner(group, 'publicKey');
  const algorithm = edwardsName(textOr(numbers, 'curve', textOr(inner(group, 'key'), 'curve', 'unknown')));
  const publicKey = spki(group, algorithm);
  return (test) => ({
    family: 'signature',
    algorithm,
    publicKey,
    ...given,
    parameters: {},
    message: bytes(test, 'msg'),
    signature: bytes(test, 'sig'),
  });
};

/** `restricted`: the SPKI is of id-RSASSA-PSS with parameters, so the numbers are taken instead. */
export function pss(restricted: boolean): GroupReader {
  return (_algorithm, group) => {
    const numbers = inner(group, 'publicKey');
    const hash = text(group, 'sha');
    const mgf = textOr(group, 'mgf', 'MGF1');
    if (mgf !== 'MGF1') skip('algorithm', `RSA-PSS with the mask ${mgf}`);
    const publicKey = restricted
      ? rsaPublicKey(text(numbers, 'modulus'), text(numbers, 'publicExponent'))
      : spki(group, rsaKeyName(number(group, 'keySize')));
    const parameters = pssParameters(hash, text(group, 'mgfSha'), number(group, 'sLen'));
    return (test) => ({
      family: 'signature',
      algorithm: pssName(hash),
      publicKey,
      ...given,
      parameters,
      message: bytes(test, 'msg'),
      signature: bytes(test, 'sig'),
    });
  };
}

export const pkcs1: GroupReader = (_algorithm, group) => {
  const algorithm = pkcs1Name(text(group, 'sha'));
  const keyName = rsaKeyName(number(group, 'keySize'));
  const publicKey = spki(group, keyName);
  const secret = bytesOr(group, 'privateKeyPkcs8', undefined);
  return (test) => ({
    family: 'signature',
    algorithm,
    publicKey,
    privateKey: secret === undefined ? undefined : { algorithm: keyName, format: 'der', data: secret },
    parameters: {},
    message: bytes(test, 'msg'),
    signature: bytes(test, 'sig'),
    exactly: secret === undefined ? undefined : {},
  });
};

function contextOf(test: JsonObject): { context?: Uint8Array } {
  const context = bytesOr(test, 'ctx', undefined);
  return context === undefined ? {} : { context };
}

export const mlDsaVerify: GroupReader = (algorithm, group) => {
  const publicKey: KeyMaterial = { algorithm, format: 'raw', data: bytes(group, 'publicKey') };
  return (test) => ({
    family: 'signature',
    algorithm,
    publicKey,
    ...given,
    parameters: contextOf(test),
    message: bytes(test, 'msg'),
    signature: bytes(test, 'sig'),
  });
};

/** Half of the order of secp256k1; only s of a well-formed DER signature counts. */
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
function hasHighS(signature: Uint8Array): boolean {
  const found = /^30(?:[0-7].|81..)02(..)/.exec(Buffer.from(signature).toString('hex'));
  if (found === null) return false;
  const s = signature.subarray(found[0].length / 2 + Number.parseInt(found[1] ?? '', 16));
  const size = s[0] === 2 ? (s[1] ?? 0) : 0;
  return size > 0 && size <= s.length - 2 && bigint(Buffer.from(s.subarray(2, 2 + size)).toString('hex')) > halfOrder;
}

/** Signatures without fresh randomness. A test without its message is of the interface that takes mu. */
export const mlDsaSign: GroupReader = (algorithm, group) => {
  const secret = bytesOr(group, 'privateSeed', undefined) ?? bytes(group, 'privateKey');
  const publicKey = typeof group.publicKey === 'string' ? bytes(group, 'publicKey') : undefined;
  return (test) => {
    if (test.msg === undefined || (isObject(test) && test.msg === null)) throw new SkippedTest('interface', 'ML-DSA of a ready mu');
    const signature = bytesOr(test, 'sig', undefined);
    // With fresh randomness the signature can be checked, and not made again.
    const random = bytesOr(test, 'rnd', undefined)?.some((byte) => byte !== 0) === true;
    return {
      family: 'signature',
      algorithm,
      publicKey: publicKey === undefined ? undefined : { algorithm, format: 'raw', data: publicKey },
      privateKey: { algorithm, format: 'raw', data: secret },
      parameters: contextOf(test),
      message: bytes(test, 'msg'),
      signature: signature?.length === 0 ? undefined : signature,
      exactly: random ? undefined : { deterministic: true },
    };
  };
};
