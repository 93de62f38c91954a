import { KeyslotError } from '../../core/errors.js';
import type { ProviderKey } from '../contract.js';
import { SoftwareKey } from './key.js';

/** @throws CROSS_PROVIDER_INCOMPATIBLE for a key that another provider holds */
export function ownKey(key: ProviderKey | undefined, providerId: number): SoftwareKey {
  if (key instanceof SoftwareKey && key.provider.id === providerId) return key;
  if (key === undefined) throw new KeyslotError('INVALID_ARGUMENT', 'this needs a key', { field: 'key' });
  throw new KeyslotError('CROSS_PROVIDER_INCOMPATIBLE', `the key is held by provider "${key.provider.name}"`, { field: 'key' });
}
