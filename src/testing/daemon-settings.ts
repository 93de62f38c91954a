/** Lines of a configuration file, as objects; the daemon itself checks them. */
import type { DisposableToken } from '../../softhsm/index.js';
import type { PermissionName } from '../core/permissions.js';
import type { SlotRight } from '../core/resources.js';

export type ProviderLine = Readonly<Record<string, unknown>> & { readonly name: string; readonly id: number; readonly type: string };
export interface SlotLine {
  readonly name: string;
  readonly kind: 'key';
  readonly algorithm: string;
  readonly providers: readonly string[];
  readonly permissions: readonly PermissionName[];
  readonly object?: string;
  readonly export?: 'any' | 'wrapped';
  readonly publicInSoftware?: boolean;
  /** Of a key that is derived from the vault. */
  readonly path?: string;
}
export interface AccessLine {
  readonly user?: string | number;
  readonly group?: string | number;
  /** The caller's name for it: the slot. */
  readonly slots: Readonly<Record<string, string>>;
  readonly rights: readonly SlotRight[];
}
export interface DaemonSettings {
  readonly providers: readonly ProviderLine[];
  readonly slots?: readonly SlotLine[];
  readonly access?: readonly AccessLine[];
  readonly limits?: Readonly<Record<string, number | string>>;
  readonly timeouts?: Readonly<Record<string, unknown>>;
  /** Empty for one with the usual settings. */
  readonly vault?: Readonly<Record<string, unknown>>;
  /** Whether the daemon looks for the next request before it sleeps. */
  readonly spin?: boolean;
  readonly log?: { readonly format?: 'json' | 'text'; readonly level?: 'error' | 'warn' | 'info' | 'debug' };
  /** Permission bits of the application socket, in octal; `0600` when not given. */
  readonly mode?: string;
  readonly group?: string;
}

/** A software provider; its key file is made by the disposable daemon, which knows the folder. */
export function softwareProvider(name = 'software', id = 1): ProviderLine {
  return { name, id, type: 'software', keyStore: { key: { file: '' } } };
}

/** A provider for a disposable token; `more` adds or replaces settings. */
export function tokenProvider(token: DisposableToken, name = 'token', id = 2, more: Readonly<Record<string, unknown>> = {}): ProviderLine {
  return {
    name,
    id,
    type: 'pkcs11',
    module: token.modulePath,
    token: token.uri,
    pin: { file: token.pinFile },
    env: { ...token.env },
    ...more,
  };
}
