/** Where a store key comes from: one row for each source. A new one is a row here and a key of `keyStore.key` in the configuration. */
import { KeyslotError } from '../../core/errors.js';
import type { Provider } from '../contract.js';
import { credentialPath, type Environment, openCredential } from './store-credential.js';
import { StoreKey } from './store-key.js';
import { openTokenKey, type TokenKeySource } from './store-token-key.js';
import type { KeyVault } from './vault-key.js';

export type StoreKeySource =
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'credential'; readonly name: string }
  | ({ readonly from: 'token' } & TokenKeySource)
  /** `path`: of the AES key of the vault; the configured one of key stores when not given. */
  | { readonly from: 'vault'; readonly path: string | undefined };

/** What sources need of the process that asks. */
export interface StoreKeySurroundings {
  readonly env: Environment;
  /** A provider of the configuration by its name. */
  readonly provider: (name: string) => Provider | undefined;
  /** Of the running daemon; nobody else has it. */
  readonly vault?: KeyVault | undefined;
}

interface SourceRow<S> {
  /**
   * @throws PROVIDER_NOT_AVAILABLE or VAULT_LOCKED when the key can't be had for now, so that it is asked for again; anything else is
   * for the operator to mend
   */
  open(source: S, surroundings: StoreKeySurroundings): StoreKey | Promise<StoreKey>;
  /** The file, for `status`. */
  place(source: S, surroundings: StoreKeySurroundings): string | undefined;
}

const rows: { readonly [F in StoreKeySource['from']]: SourceRow<Extract<StoreKeySource, { from: F }>> } = {
  file: { open: ({ path }) => StoreKey.open(path), place: ({ path }) => path },
  credential: { open: ({ name }, { env }) => openCredential(name, env), place: ({ name }, { env }) => credentialPath(name, env) },
  token: { open: (source, { provider }) => openTokenKey(source, provider(source.provider)), place: ({ wrapped }) => wrapped },
  vault: { open: ({ path }, { vault }) => openVaultKey(path, vault), place: () => undefined },
};

function openVaultKey(path: string | undefined, vault: KeyVault | undefined): StoreKey {
  if (vault === undefined || path === undefined) {
    const message = 'the key of this key store comes from the vault, and there is none';
    throw new KeyslotError('UNSUPPORTED_OPERATION', message, { field: 'keyStore.key.vault' });
  }
  // Not disposed: the store key owns its bytes from here on.
  return new StoreKey(vault.deriveEncryptionKey(path).private_key);
}

function rowOf(source: StoreKeySource): SourceRow<StoreKeySource> {
  return rows[source.from] as SourceRow<StoreKeySource>;
}

/** The receiver disposes the key. @throws as the source's row */
export async function openStoreKey(source: StoreKeySource, surroundings: StoreKeySurroundings): Promise<StoreKey> {
  return rowOf(source).open(source, surroundings);
}

export interface StoreKeyOrigin {
  readonly source: StoreKeySource['from'];
  readonly path?: string;
}

/** What `status` tells. */
export function originOf(source: StoreKeySource, surroundings: StoreKeySurroundings): StoreKeyOrigin {
  const path = rowOf(source).place(source, surroundings);
  return { source: source.from, ...(path === undefined ? {} : { path }) };
}

/** The key can't be had for now: whoever keeps it is away, starting or locked. */
export const keyForNowAway: ReadonlySet<string> = new Set(['PROVIDER_NOT_AVAILABLE', 'VAULT_LOCKED']);
