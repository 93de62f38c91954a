/** Closed lists of words that travel as numbers: position in the list plus one; zero is "not given". Appended only. */

export const contextKinds = ['hash', 'mac', 'cipher', 'aead', 'sign', 'verify', 'random', 'keyManagement'] as const;
export const directions = ['encrypt', 'decrypt'] as const;
export const operationModes = ['generate', 'verify'] as const;
export const providerSelections = ['default', 'hardware', 'software', 'hardwarePreferred', 'softwarePreferred'] as const;
export const keyFormats = ['raw', 'der', 'pem', 'jwk'] as const;
export const keyKinds = ['symmetric', 'public', 'private'] as const;
export const providerTypes = ['hardware', 'software'] as const;
export const providerStates = ['ready', 'starting', 'unavailable'] as const;
export const healthStatuses = ['serving', 'degraded', 'stopping'] as const;
export const vaultStates = ['locked', 'unlocking', 'unlocked'] as const;
/** What becomes of a phrase: the vault must have been made with it, or is made with it. */
export const vaultPurposes = ['unlock', 'initialize'] as const;
/** english: words and checksum are checked; bytes: another language, checked by whoever sends it. */
export const phraseFormats = ['english', 'bytes'] as const;
export const vaultKeyKinds = ['Ed25519', 'Aes256Gcm', 'Secp256k1'] as const;

export type ContextKind = (typeof contextKinds)[number];
export type Direction = (typeof directions)[number];
export type OperationMode = (typeof operationModes)[number];
export type ProviderSelection = (typeof providerSelections)[number];
export type KeyFormat = (typeof keyFormats)[number];
export type KeyKind = (typeof keyKinds)[number];
export type ProviderType = (typeof providerTypes)[number];
export type ProviderState = (typeof providerStates)[number];
export type HealthStatus = (typeof healthStatuses)[number];
export type VaultPurpose = (typeof vaultPurposes)[number];
export type PhraseFormat = (typeof phraseFormats)[number];
export type VaultKeyKind = (typeof vaultKeyKinds)[number];
