import { KeyslotError } from '../../core/errors.js';
import type { ProviderKey } from '../contract.js';
import { SoftwareKey } from './key.js';
import { VaultKey } from './vault-key.js';

/** @throws CROSS_PROVIDER_INCOMPATIBLE for a key that another provider holds; UNSUPPORTED_OPERATION for one that the vault holds */
export function ownKey(key: ProviderKey | undefined, providerId: number): SoftwareKey {
  if (key instanceof SoftwareKey && key.provider.id === providerId) return key;
  if (key === undefined) throw new KeyslotError('INVALID_ARGUMENT', 'this needs a key', { field: 'key' });
  if (key instanceof VaultKey && key.provider.id === providerId)
    throw new KeyslotError('UNSUPPORTED_OPERATION', `a ${key.algorithm.name} key of the vault can not be used for this`, { field: 'key' });
  throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is held by provider "${key.provider.name}"`, { field: 'key' });
}
