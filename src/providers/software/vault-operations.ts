/** From what the daemon asks of a key of the vault to the operation that does it. */
import type { AeadRow, DigestSignatureRow, OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { OperationSpec, ProviderOperation } from '../contract.js';
import { GatheredAead } from './gathered-aead.js';
import { SoftwareKey } from './key.js';
import { VaultAead } from './vault-aead.js';
import type { VaultKey } from './vault-key.js';
import { VaultDigestSigning, VaultMessageSigning } from './vault-signing.js';
import { VaultVerification } from './vault-verification.js';

/** Makes an operation with a public key, as for any other public key. */
export type PublicOperation = (spec: OperationSpec) => ProviderOperation;

type Maker = (spec: OperationSpec, key: VaultKey) => ProviderOperation;

/** What the secret and the private half do; what the public half does needs no vault's memory. */
const makers: Readonly<Partial<Record<OperationRow['family'], Maker>>> = {
  eddsa: (_spec, key) => new VaultMessageSigning(key),
  ecdsa: ({ algorithm, parameters }, key) => new VaultDigestSigning(algorithm as DigestSignatureRow, key, parameters),
  aead: ({ algorithm, direction, tagLength }, key) =>
    new GatheredAead(new VaultAead(algorithm as AeadRow, key, tagLength), direction ?? 'encrypt'),
};

/** @throws UNSUPPORTED_ALGORITHM for what such keys are not for, VAULT_LOCKED */
export function createVaultOperation(spec: OperationSpec, key: VaultKey, publicOperation: PublicOperation): ProviderOperation {
  const make = key.isFor(spec.algorithm) ? makers[spec.algorithm.family] : undefined;
  if (make === undefined) {
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `a ${key.algorithm.name} key of the vault is not for ${spec.algorithm.name}`, {
      field: 'algorithm',
    });
  }
  key.vault();
  if (spec.kind !== 'verify') return make(spec, key);
  const publicKey = new SoftwareKey(key.provider, key.algorithm, key.publicMaterial(), () => undefined);
  try {
    return new VaultVerification(publicOperation({ ...spec, key: publicKey }), key, publicKey);
  } catch (error) {
    publicKey.release();
    throw error;
  }
}
