/** Signatures: ECDSA, RSA and EdDSA (FIPS 186-5, RFC 8017, RFC 8032), ML-DSA (FIPS 204), SLH-DSA (FIPS 205). */
import type { ContextKind } from '../vocabulary.js';
import { mgfHash } from './ciphers.js';
import { hashAliases, hashSizes, hashStatus } from './hashes.js';
import { curveShortNames, slhDsaSets, usualHashes } from './key-names.js';
import {
  type CurveName,
  curveNames,
  type DigestSignatureRow,
  type HashName,
  hashNames,
  type MessageSignatureRow,
  type ParameterRow,
  type SignatureRow,
} from './row.js';

/** The data is a digest already: it is signed as it is. */
const prehashed: ParameterRow = { name: 'prehashed', type: 'boolean', default: false };
const signatureFormat: ParameterRow = { name: 'signatureFormat', type: 'string', values: ['p1363', 'der'], default: 'p1363' };
const context: ParameterRow = { name: 'context', type: 'bytes', max: 255 };
/** Signs without fresh randomness (FIPS 204 3.4, FIPS 205 9.2). */
const deterministic: ParameterRow = { name: 'deterministic', type: 'boolean', default: false };

/** SHA-1 is too weak to sign with; old signatures are still checked. */
function kindsOf(hash: HashName): readonly ContextKind[] {
  return hash === 'SHA-1' ? ['verify'] : ['sign', 'verify'];
}

function ecdsa(curve: CurveName, hash: HashName): DigestSignatureRow {
  const short = `ECDSA-${curveShortNames[curve]}`;
  const name = `${short}-${hash}`;
  return {
    name,
    aliases: [...hashAliases(name), ...(usualHashes[curve] === hash ? [short] : [])],
    family: 'ecdsa',
    kinds: kindsOf(hash),
    parameters: [signatureFormat, prehashed],
    status: hash === 'SHA-1' ? 'legacy' : curve.startsWith('P-') ? 'approved' : 'other',
    keyType: 'ec',
    hash,
    curve,
  };
}
function rsa(family: 'rsa-pss' | 'rsa-pkcs1', hash: HashName): DigestSignatureRow {
  const name = `${family === 'rsa-pss' ? 'RSA-PSS' : 'RSA-PKCS1'}-${hash}`;
  const saltLength: ParameterRow = { name: 'saltLength', type: 'number', min: 0, max: 1024, default: hashSizes[hash] };
  return {
    name,
    aliases: hashAliases(name),
    family,
    kinds: kindsOf(hash),
    parameters: family === 'rsa-pss' ? [saltLength, mgfHash, prehashed] : [prehashed],
    status: hashStatus(hash),
    keyType: 'rsa',
    hash,
  };
}
function message(
  family: MessageSignatureRow['family'],
  keyType: MessageSignatureRow['keyType'],
  name: string,
  signatureSize: number,
  parameters: readonly ParameterRow[],
): MessageSignatureRow {
  return { name, aliases: [], family, kinds: ['sign', 'verify'], parameters, status: 'approved', keyType, keyName: name, signatureSize };
}

export const signatureRows: readonly SignatureRow[] = [
  ...curveNames.flatMap((curve) => hashNames.map((hash) => ecdsa(curve, hash))),
  ...hashNames.map((hash) => rsa('rsa-pss', hash)),
  ...hashNames.map((hash) => rsa('rsa-pkcs1', hash)),
  message('eddsa', 'edwards', 'Ed25519', 64, []),
  message('eddsa', 'edwards', 'Ed448', 114, [context]),
  message('ml-dsa', 'ml-dsa', 'ML-DSA-44', 2420, [context, deterministic]),
  message('ml-dsa', 'ml-dsa', 'ML-DSA-65', 3309, [context, deterministic]),
  message('ml-dsa', 'ml-dsa', 'ML-DSA-87', 4627, [context, deterministic]),
  ...slhDsaSets.map(({ name, signatureSize }) => message('slh-dsa', 'slh-dsa', name, signatureSize, [context, deterministic])),
];
