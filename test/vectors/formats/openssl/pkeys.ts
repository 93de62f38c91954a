/** Signatures, key agreement, encryption and encapsulation of evp_test. Signatures of ECDSA are DER there. */
import type { CaseBody, KeyMaterial } from '../../case.js';
import { curveName, digestSizes, ecdhName, ecdsaName, hashName, maskParameters, pkcs1Name, pssName, pssParameters } from '../../names.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';
import type { EvpKey, EvpKeys } from './keys.js';
import { assertResultOfData, Controls, evpBytes, inputOf } from './values.js';

type Parameters = Record<string, string | number | boolean | Uint8Array>;
interface Scheme {
  readonly algorithm: string;
  readonly parameters: Parameters;
  /** Nothing is left to chance. */
  readonly exact: boolean;
}

function schemeOf(key: EvpKey, hash: string, controls: Controls): Scheme {
  switch (key.type) {
    case 'ec':
      return { algorithm: ecdsaName(key.curve ?? '', hash), parameters: { signatureFormat: 'der' }, exact: false };
    case 'rsa':
      return rsaScheme(hash, controls);
    case 'edwards': {
      const context = controls.bytes('context-string');
      const instance = controls.find('instance');
      if (instance !== undefined && instance !== key.algorithm) skip('algorithm', instance);
      return { algorithm: key.algorithm, parameters: context === undefined ? {} : { context }, exact: true };
    }
    case 'other': {
      const context = controls.bytes('context-string');
      if (controls.find('message-encoding') === '0') skip('interface', `${key.algorithm.slice(0, 3)}-DSA without its context`);
      if (controls.find('mu') === '1') skip('interface', 'ML-DSA of a ready mu');
      return {
        algorithm: key.algorithm,
        parameters: context === undefined ? {} : { context },
        exact: controls.find('deterministic') === '1',
      };
    }
    default:
      return skip('algorithm', key.algorithm);
  }
}

function rsaScheme(hash: string, controls: Controls): Scheme {
  const mode = controls.find('rsa_padding_mode') ?? 'pkcs1';
  if (mode === 'pkcs1') return { algorithm: pkcs1Name(hash), parameters: {}, exact: true };
  if (mode !== 'pss') skip('algorithm', `RSA with padding ${mode}`);
  const salt = controls.find('rsa_pss_saltlen') ?? '';
  const saltLength = salt === '-1' || salt === 'digest' ? (digestSizes[hash] ?? 0) : Number(salt === '' ? Number.NaN : salt);
  if (!Number.isInteger(saltLength) || saltLength < 0) skip('notGiven', 'salt length');
  return { algorithm: pssName(hash), parameters: pssParameters(hash, controls.find('rsa_mgf1_md') ?? hash, saltLength), exact: false };
}

function signatureCase(stanza: Stanza, key: EvpKey, { algorithm, parameters, exact }: Scheme): CaseBody {
  const signing = key.privateKey !== undefined;
  if (!stanza.has('Output')) skip('notGiven', 'answer');
  return {
    family: 'signature',
    algorithm,
    publicKey: key.publicKey,
    privateKey: key.privateKey,
    parameters,
    message: inputOf(stanza),
    signature: evpBytes(stanza.get('Output')),
    exactly: signing && exact ? (key.type === 'other' ? { deterministic: true } : {}) : undefined,
  };
}

/** `DigestSign = SHA256`, `OneShotDigestVerify = NULL`. */
export function readDigestSignature(stanza: Stanza, digest: string, keys: EvpKeys): CaseBody {
  const key = keys.get(stanza.get('Key'));
  assertResultOfData(stanza);
  return signatureCase(stanza, key, schemeOf(key, hashName(digest), new Controls(stanza)));
}

/** The key's own name, or `ML-DSA-44:NAME`. */
function named(value: string): string {
  return value.includes(':') ? (value.split(':').at(-1) ?? value) : value;
}

export function readMessageSignature(stanza: Stanza, value: string, keys: EvpKeys): CaseBody {
  const key = keys.get(named(value));
  assertResultOfData(stanza);
  const hash = value.includes(':') ? '' : hashName(new Controls(stanza).find('digest') ?? '');
  return signatureCase(stanza, key, schemeOf(key, hash, new Controls(stanza)));
}

/** `Sign` and `Verify` take a ready digest; without its name there is no scheme. */
export function readReadyDigest(stanza: Stanza, value: string, keys: EvpKeys): CaseBody {
  const key = keys.get(value);
  assertResultOfData(stanza);
  const controls = new Controls(stanza);
  const digest = controls.find('digest');
  if (key.type !== 'ec' && key.type !== 'rsa') skip('interface', `${key.algorithm} of a ready digest`);
  // Without a name an ECDSA signature is of any digest: the one of this size.
  const size = inputOf(stanza).length;
  const bySize = ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'].find((name) => digestSizes[name] === size);
  const hash = digest === undefined ? (key.type === 'ec' ? bySize : undefined) : hashName(digest);
  if (hash === undefined) skip('interface', 'signature of bytes that are no digest');
  if (digestSizes[hash] !== size) skip('interface', 'signature of bytes that are no digest of the hash');
  const scheme = schemeOf(key, hash, controls);
  return signatureCase(stanza, key, { ...scheme, parameters: { ...scheme.parameters, prehashed: true } });
}

/** `Derive = NAME`, `PeerKey = NAME`, `SharedSecret = …`. */
export function readDerive(stanza: Stanza, value: string, keys: EvpKeys): CaseBody {
  const [own, peer] = [keys.get(value), keys.get(stanza.get('PeerKey'))];
  assertResultOfData(stanza);
  if (stanza.has('KDFType') || new Controls(stanza).find('ecdh_cofactor_mode') === '-1')
    skip('library', 'OpenSSL, derivation inside of key agreement');
  const algorithm =
    own.type === 'ec' ? ecdhName(curveName(own.curve ?? '')) : own.type === 'montgomery' ? own.algorithm : skip('algorithm', own.algorithm);
  const { privateKey } = own;
  if (privateKey === undefined || peer.publicKey === undefined) skip('notGiven', 'key');
  const key: KeyMaterial = own.type === 'ec' ? { ...privateKey, algorithm } : privateKey;
  const shared = evpBytes(stanza.find('SharedSecret') ?? stanza.find('Output') ?? '');
  return { family: 'agreement', algorithm, agreements: [{ privateKey: key, peer: peer.publicKey.data, peerFormat: 'der', shared }] };
}

/** `Decrypt = NAME`; what is encrypted is not the same twice. */
export function readDecrypt(stanza: Stanza, value: string, keys: EvpKeys): CaseBody {
  const key = keys.get(value);
  assertResultOfData(stanza);
  if (key.type !== 'rsa' || key.privateKey === undefined) skip('algorithm', `decryption with ${key.algorithm}`);
  const controls = new Controls(stanza);
  const mode = controls.find('rsa_padding_mode') ?? 'pkcs1';
  const common = {
    family: 'rsaCipher' as const,
    privateKey: key.privateKey,
    plaintext: evpBytes(stanza.find('Output') ?? ''),
    ciphertext: inputOf(stanza),
  };
  if (mode === 'pkcs1') return { ...common, algorithm: 'RSA-PKCS1', parameters: {}, implicitRejection: true };
  if (mode !== 'oaep') skip('algorithm', `RSA decryption with padding ${mode}`);
  const hash = hashName(controls.find('rsa_oaep_md') ?? 'SHA1');
  const label = controls.find('rsa_oaep_label');
  return {
    ...common,
    algorithm: `RSA-OAEP-${hash}`,
    parameters: {
      ...maskParameters(hash, controls.find('rsa_mgf1_md') ?? hash),
      ...(label !== undefined && label !== '' && { label: evpBytes(label) }),
    },
    implicitRejection: false,
  };
}

/** `Kem = ML-KEM-512` with its encoded private key, a ciphertext as input and the secret as output. */
export function readKem(stanza: Stanza, value: string): CaseBody {
  if (!/^ML-KEM/.test(value)) skip('algorithm', `KEM ${value}`);
  assertResultOfData(stanza);
  const privateKey = stanza.find('EncodedPrivateKey') ?? skip('interface', 'ML-KEM encapsulation with chosen randomness');
  return {
    family: 'kem',
    privateKey: { algorithm: value, format: 'raw', data: evpBytes(privateKey) },
    ciphertext: inputOf(stanza),
    secret: evpBytes(stanza.get('Output')),
    publicKey: undefined,
  };
}

/** `PrivPubKeyPair = PRIVATE:PUBLIC`. */
export function readPair(stanza: Stanza, value: string, keys: EvpKeys): CaseBody {
  if (stanza.has('Result')) skip('library', 'OpenSSL, comparison of two keys');
  const [first = '', second = ''] = value.split(':');
  const [own, other] = [keys.get(first), keys.get(second)];
  if (own.privateKey === undefined || other.publicKey === undefined) skip('notGiven', 'key');
  return { family: 'keyPair', publicKey: other.publicKey, privateKeys: [own.privateKey] };
}
