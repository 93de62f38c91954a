/** What `keyslot` and `keyslot/sync` export alike. */
export { type ErrorCode, errorTable, KeyslotError } from '../core/errors.js';
export { PermissionBuilder } from '../core/permission-builder.js';
export { hasPermission, KeyOperationPermission, type PermissionName } from '../core/permissions.js';
export type { CryptoResourceId, Persistence, ResourceType } from '../core/resources.js';
export type { KeyFormat, ProviderSelection } from '../core/vocabulary.js';
export { SecureBuffer } from '../native.js';
export type * from './configs.js';
export type { CryptoStackConfig } from './crypto-stack.js';
export type {
  AgreeKeyParams,
  DecapsulateKeyParams,
  DeriveKeyParams,
  EncapsulateKeyParams,
  GenerateKeyParams,
  ImportKeyParams,
  KdfParameters,
  PersistKeyParams,
  UnwrapKeyParams,
  WrapKeyParams,
} from './key-params.js';
export type { CallOptions } from './transport.js';
export type {
  AlgorithmCapabilities,
  Health,
  KeySlotInfo,
  KeySlotObject,
  ListedResource,
  ProviderInfo,
  SystemCapabilities,
} from './views.js';
