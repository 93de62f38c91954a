/** `keyslot/vault`: a vault in this process, without a daemon. */

import type { NativeVaultOptions } from '../native-vault.js';
import { NativeCore } from './native-core.js';
import { Vault, type VaultOptions } from './vault.js';

export { KeyslotError } from '../core/errors.js';
export { SecureBuffer } from '../native.js';
export type { PhraseFormat, Protection } from './core.js';
export { type DerivationPath, formatPath, parsePath, pathOf } from './derivation-path.js';
export { DerivedKey, type RedactedKey } from './derived-key.js';
export type { EncryptedData } from './encrypted-data.js';
export type { KeyKind } from './key-kind.js';
export type { UnlockNewOptions, UnlockOptions, WordCount } from './life-cycle.js';
export { NamedPaths, type PathTemplates, usualPaths } from './named-paths.js';
export {
  type Agreement,
  agreementOf,
  keyIdOf,
  openSealed,
  readSealed,
  type SealAlgorithm,
  type SealedMessage,
  type SealingKey,
  sealingKeyFor,
  sealTo,
} from './seal-to.js';
export type { SecretSource } from './secret-source.js';
export {
  type PathLike,
  Vault,
  type VaultOptions,
  type VaultStatus,
} from './vault.js';

export interface CreateVaultOptions extends VaultOptions {
  /** False: never memfd_secret(2), which keeps the machine from hibernating. Default true. */
  readonly secretMemory?: boolean;
}

/**
 * A locked vault. Its memory is taken at the first `unlock`, `unlockNew` or `status`; a process can have one vault with memory at a time
 * (ALREADY_INITIALIZED for another). The owner disposes it. @throws INVALID_ARGUMENT, DERIVATION_PATH_INVALID that name the option at fault
 */
export function createVault(options: CreateVaultOptions = {}): Vault {
  const { secretMemory = true, ...rest } = options;
  const native: NativeVaultOptions = { requireLock: rest.allowUnlockedMemory !== true, secretMemory };
  return new Vault(new NativeCore(native), rest);
}
