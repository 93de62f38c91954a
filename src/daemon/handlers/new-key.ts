/** Keys that come into being with a guard. */
import type { ResourceInput } from '../../protocol/generated/messages.js';
import type { ProviderKey } from '../../providers/contract.js';
import { KeyEntry, type KeyTraits } from '../key-entry.js';
import { Made } from '../services.js';
import type { Session } from '../session.js';
import { wireResource } from './wire-values.js';

export type MadeKey = Made<{ key: ResourceInput }>;

export function guardAnswer(session: Session, entry: KeyEntry, management: number, released: () => void): MadeKey {
  const guard = session.addGuard(entry, management, released);
  return new Made({ key: wireResource(guard.id, 'key', 'ephemeral', entry.key.provider.id) }, () => void session.releaseGuard(guard.id));
}

/**
 * Makes a key and gives it a guard. Charged before the work; whatever goes wrong, no key stays behind. The context may have been
 * closed while the provider worked.
 */
export async function newKey(
  session: Session,
  management: number,
  make: () => ProviderKey | Promise<ProviderKey>,
  traits: (key: ProviderKey) => KeyTraits,
): Promise<MadeKey> {
  session.quota.take('keys');
  let key: ProviderKey;
  try {
    key = await make();
  } catch (error) {
    session.quota.give('keys');
    throw error;
  }
  const entry = new KeyEntry(key, traits(key), () => session.quota.give('keys'));
  try {
    if (management !== 0) session.context(management, 'keyManagement');
    return guardAnswer(session, entry, management, () => undefined);
  } catch (error) {
    entry.release();
    throw error;
  }
}
