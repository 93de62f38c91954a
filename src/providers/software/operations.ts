/** From what the daemon asks for to the operation that does it: one row per family. */
import type { OperationRow, SignatureRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { OperationSpec, ProviderOperation } from '../contract.js';
import { createAead } from './aead.js';
import { CipherOperation } from './cipher.js';
import { HashOperation } from './hash.js';
import type { SoftwareKey } from './key.js';
import { ownKey } from './keys.js';
import { MacOperation } from './mac.js';
import { SignOperation } from './sign.js';
import { VerifyOperation } from './verify.js';

type Family = OperationRow['family'];
type RowOf<F extends Family> = F extends SignatureRow['family'] ? SignatureRow : Extract<OperationRow, { family: F }>;

/** The key is held by this provider. */
type Maker<F extends Family> = (algorithm: RowOf<F>, spec: OperationSpec, key: () => SoftwareKey) => ProviderOperation;

function unsupported(spec: OperationSpec): KeyslotError {
  return new KeyslotError('UNSUPPORTED_ALGORITHM', `the software provider does not run ${spec.algorithm.name} in a ${spec.kind} context`, {
    field: 'algorithm',
  });
}

function signature(algorithm: SignatureRow, spec: OperationSpec, key: () => SoftwareKey): ProviderOperation {
  if (spec.kind === 'sign') return new SignOperation(algorithm, key(), spec.parameters);
  if (spec.kind === 'verify') return new VerifyOperation(algorithm, key(), spec.parameters);
  throw unsupported(spec);
}

const makers: { readonly [F in Family]: Maker<F> } = {
  hash: (algorithm) => new HashOperation(algorithm),
  hmac: (algorithm, spec, key) => new MacOperation(algorithm, key(), spec.parameters),
  cipher: (algorithm, spec, key) => new CipherOperation(algorithm, key(), spec.direction ?? 'encrypt'),
  aead: (algorithm, spec, key) => createAead(algorithm, key(), spec.direction ?? 'encrypt', spec.tagLength),
  ecdsa: signature,
  'rsa-pss': signature,
  random: (_algorithm, spec) => {
    throw unsupported(spec);
  },
};

/** @throws INCOMPATIBLE_KEY_TYPE, CROSS_PROVIDER_INCOMPATIBLE, and INVALID_ARGUMENT for parameters that do not fit the key */
export function createOperation(spec: OperationSpec, providerId: number): ProviderOperation {
  const { algorithm } = spec;
  const make = makers[algorithm.family] as Maker<Family>;
  return make(algorithm, spec, () => fittingKey(spec, providerId));
}

function fittingKey(spec: OperationSpec, providerId: number): SoftwareKey {
  const key = ownKey(spec.key, providerId);
  const wanted = spec.algorithm as Partial<{ keyType: string; keyLength: number; curve: string }>;
  const fits =
    key.algorithm.keyType === wanted.keyType &&
    (wanted.keyLength === undefined || wanted.keyLength === key.keyLength) &&
    (wanted.curve === undefined || wanted.curve === key.algorithm.curve);
  if (fits) return key;
  throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of ${key.algorithm.name} does not fit ${spec.algorithm.name}`, { field: 'key' });
}
