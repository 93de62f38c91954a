/** The key of a key store whose key comes from the vault, while no daemon has the vault: it is unlocked here for as long as that takes. */
import { KeyslotError } from '../../core/errors.js';
import { StoreKey } from '../../providers/software/store-key.js';
import { formatPath } from '../../vault/derivation-path.js';
import { createVault, type Vault } from '../../vault/index.js';
import type { Config } from '../config/schema.js';
import { assertPathOf, assertPhraseOf, readVaultRecord } from '../vault/fingerprint.js';
import { VaultPaths } from '../vault/paths.js';

/** Gets a phrase from somebody and unlocks the vault with it. */
export type VaultUnlocker = (vault: Vault) => Promise<void>;

/**
 * The receiver disposes the key. `path`: the configured one of key stores when not given. A vault that the state folder does not know, as on a machine
 * that a backup is brought to, is taken as it is: another vault's key opens nothing.
 * @throws as `unlock`; MNEMONIC_INVALID for the phrase of another vault, INVALID_OPERATION where its configuration has changed
 */
export async function openVaultKey(config: Config, path: string | undefined, unlock: VaultUnlocker): Promise<StoreKey> {
  const { vault: settings, state } = config;
  if (settings === undefined) throw new KeyslotError('INVALID_FORMAT', 'the configuration has no vault', { field: 'vault' });
  const paths = new VaultPaths(settings.paths);
  const { identity } = paths.named;
  const record = readVaultRecord(state);
  if (record !== undefined) assertPathOf(record, formatPath(identity));
  using vault = createVault({ allowUnlockedMemory: settings.allowUnlockedMemory });
  await unlock(vault);
  if (record !== undefined) assertPhraseOf(record, vault.publicKey('Ed25519', identity));
  // Not disposed: the store key owns its bytes from here on.
  return new StoreKey(vault.deriveEncryptionKey(formatPath(paths.ofStore(path))).private_key);
}
