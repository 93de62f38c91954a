/** From what the daemon asks for to the operation that does it: one row per family. */
import type { DigestSignatureRow, MacRow, MessageSignatureRow, OperationRow, RsaCipherRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { OperationSpec, ProviderOperation } from '../contract.js';
import { fittingKey } from '../fitting-key.js';
import { createAead } from './aead.js';
import { createCipher } from './cipher.js';
import { HashOperation, hashOf } from './hash.js';
import type { SoftwareKey } from './key.js';
import { MacOperation } from './mac.js';
import { MessageSignOperation } from './message-sign.js';
import { MessageVerifyOperation } from './message-verify.js';
import { ownKey } from './own-key.js';
import { RsaCipherOperation } from './rsa-cipher.js';
import { SignOperation } from './sign.js';
import type { SlowHost } from './slow-host.js';
import { VaultKey } from './vault-key.js';
import { createVaultOperation } from './vault-operations.js';
import { VerifyOperation } from './verify.js';
import { xofOf } from './xof.js';

type Family = OperationRow['family'];
/** Several families share a form of rows. */
type RowOf<F extends Family> = OperationRow extends infer R ? (R extends { family: infer G } ? (F extends G ? R : never) : never) : never;

/** The key is held by this provider. */
type Maker<F extends Family> = (algorithm: RowOf<F>, spec: OperationSpec, key: () => SoftwareKey, slowHost: SlowHost) => ProviderOperation;

function unsupported(spec: OperationSpec): KeyslotError {
  return new KeyslotError('UNSUPPORTED_ALGORITHM', `the software provider does not run ${spec.algorithm.name} in a ${spec.kind} context`, {
    field: 'algorithm',
  });
}

function digestSignature(algorithm: DigestSignatureRow, spec: OperationSpec, key: () => SoftwareKey): ProviderOperation {
  if (spec.kind === 'sign') return new SignOperation(algorithm, key(), spec.parameters);
  if (spec.kind === 'verify') return new VerifyOperation(algorithm, key(), spec.parameters);
  throw unsupported(spec);
}

function messageSignature(
  algorithm: MessageSignatureRow,
  spec: OperationSpec,
  key: () => SoftwareKey,
  slowHost: SlowHost,
): ProviderOperation {
  const parts = () => ({ algorithm, key: key(), parameters: spec.parameters, slowHost });
  if (spec.kind === 'sign') return new MessageSignOperation(parts());
  if (spec.kind === 'verify') return new MessageVerifyOperation(parts());
  throw unsupported(spec);
}

function rsaCipher(algorithm: RsaCipherRow, spec: OperationSpec, key: () => SoftwareKey): ProviderOperation {
  return new RsaCipherOperation(algorithm, key(), spec.direction ?? 'encrypt', spec.parameters);
}

function mac(algorithm: MacRow, spec: OperationSpec, key: () => SoftwareKey): ProviderOperation {
  return new MacOperation(algorithm, key(), spec.parameters);
}

const makers: { readonly [F in Family]: Maker<F> } = {
  hash: (algorithm) => new HashOperation(hashOf(algorithm.hash)),
  xof: (algorithm, spec) => new HashOperation(xofOf(algorithm, spec.parameters)),
  hmac: mac,
  cmac: mac,
  gmac: mac,
  kmac: mac,
  cipher: (algorithm, spec, key) => createCipher(algorithm, key(), spec.direction ?? 'encrypt', spec.parameters),
  aead: (algorithm, spec, key) => createAead(algorithm, key(), spec.direction ?? 'encrypt', spec.tagLength),
  'rsa-oaep': rsaCipher,
  'rsa-pkcs1-encryption': rsaCipher,
  ecdsa: digestSignature,
  'rsa-pss': digestSignature,
  'rsa-pkcs1': digestSignature,
  eddsa: messageSignature,
  'ml-dsa': messageSignature,
  'slh-dsa': messageSignature,
  random: (_algorithm, spec) => {
    throw unsupported(spec);
  },
};

/** @throws INCOMPATIBLE_KEY_TYPE, CROSS_PROVIDER_INCOMPATIBLE, and INVALID_ARGUMENT for parameters that do not fit the key */
export function createOperation(spec: OperationSpec, providerId: number, slowHost: SlowHost): ProviderOperation {
  const { algorithm, key } = spec;
  if (key instanceof VaultKey && key.provider.id === providerId) {
    return createVaultOperation(spec, key, (publicSpec) => createOperation(publicSpec, providerId, slowHost));
  }
  const make = makers[algorithm.family] as (...given: Parameters<Maker<Family>>) => ProviderOperation;
  return make(algorithm as RowOf<Family>, spec, () => fittingKey(ownKey(spec.key, providerId), spec.algorithm), slowHost);
}
