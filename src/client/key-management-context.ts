import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId } from '../core/resources.js';
import type { KeyFormat } from '../core/vocabulary.js';
import { keyFormatNumbers } from '../protocol/enumerations.js';
import type { Resource } from '../protocol/generated/messages.js';
import { idOf } from './configs.js';
import { ContextBase } from './context-base.js';
import { nothing } from './link.js';
import { attempt, type Mode, type Owned, owned, type Result } from './mode.js';
import { deliver } from './output.js';
import { CryptoResourceGuard } from './resource-guard.js';
import type { CallOptions } from './transport.js';
import { type KeySlotInfo, resourceId, slotInfo } from './views.js';

export interface GenerateKeyParams {
  algorithm: string;
  permissions?: number;
  publicKeyPermissions?: number;
  overwrite?: boolean;
}
export interface ImportKeyParams {
  algorithm: string;
  /** Stays the caller's, who wipes it. */
  keyData: Uint8Array;
  /** `raw` for secret keys and `der` for others when nothing is said. */
  format?: KeyFormat;
  permissions?: number;
  passphrase?: Uint8Array;
  overwrite?: boolean;
}
export interface PersistKeyParams {
  permissions?: number;
  overwrite?: boolean;
}

/** What a guard-form method answers. */
type Guard<M extends Mode> = Owned<M, CryptoResourceGuard<M>>;

type Made = { readonly key: Resource | undefined };

/**
 * Makes, imports, loads and stores keys. With a slot as the first argument the key goes into the slot; without, a guard owns it,
 * which works in the whole session while this context is open.
 */
export class KeyManagementContext<M extends Mode> extends ContextBase<M> {
  generateKey(params: GenerateKeyParams | string, options?: CallOptions): Result<M, Guard<M>>;
  generateKey(targetSlot: CryptoResourceId, params: GenerateKeyParams | string, options?: CallOptions): Result<M, void>;
  generateKey(
    first: CryptoResourceId | GenerateKeyParams | string,
    second?: GenerateKeyParams | string | CallOptions,
    third?: CallOptions,
  ): Result<M, unknown> {
    return attempt(this.link.mode, () => {
      const { slot, params, options } = split<GenerateKeyParams | string>(first, second, third);
      const { algorithm, permissions, publicKeyPermissions, overwrite } =
        typeof params === 'string' ? { algorithm: params } : (params as GenerateKeyParams);
      const input = {
        context: this.id,
        slot: slotId(slot),
        algorithm,
        ...asked('permissions', 'hasPermissions', permissions),
        ...asked('publicPermissions', 'hasPublicPermissions', publicKeyPermissions),
        overwrite: overwrite === true ? 1 : 0,
      };
      return this.link.call('generateKey', input, this.#made(slot), options, this.#late);
    });
  }

  importKey(params: ImportKeyParams, options?: CallOptions): Result<M, Guard<M>>;
  importKey(targetSlot: CryptoResourceId, params: ImportKeyParams, options?: CallOptions): Result<M, void>;
  importKey(first: CryptoResourceId | ImportKeyParams, second?: ImportKeyParams | CallOptions, third?: CallOptions): Result<M, unknown> {
    return attempt(this.link.mode, () => {
      const { slot, params, options } = split<ImportKeyParams>(first, second, third);
      const { algorithm, keyData, format, permissions, passphrase, overwrite } = params;
      const input = {
        context: this.id,
        slot: slotId(slot),
        algorithm,
        format: keyFormatNumbers.number(format ?? usualFormat(algorithm), 'format'),
        keyData: this.link.checkData(keyData, 'keyData'),
        passphrase,
        ...asked('permissions', 'hasPermissions', permissions),
        overwrite: overwrite === true ? 1 : 0,
      };
      return this.link.call('importKey', input, this.#made(slot), options, this.#late);
    });
  }

  /** The key of a slot as a guard, for several contexts at once. */
  loadKey(slot: CryptoResourceId, options?: CallOptions): Result<M, Guard<M>> {
    return attempt(this.link.mode, () => {
      const decode = ({ key }: Made) => owned<M, CryptoResourceGuard<M>>(new CryptoResourceGuard(this.link, resourceId(key)));
      return this.link.call('loadKey', { context: this.id, slot: idOf(slot, 'slot') }, decode, options, this.#late);
    });
  }

  /** A copy: the guard stays active. */
  persistKey(targetSlot: CryptoResourceId, key: CryptoResourceId, params: PersistKeyParams = {}, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () => {
      const input = {
        context: this.id,
        slot: idOf(targetSlot, 'targetSlot'),
        key: idOf(key, 'key'),
        ...asked('permissions', 'hasPermissions', params.permissions),
        overwrite: params.overwrite === true ? 1 : 0,
      };
      return this.link.call('persistKey', input, nothing, options);
    });
  }

  /** Empties a slot, or destroys an ephemeral key. */
  clearKey(target: CryptoResourceId, options?: CallOptions): Result<M, void> {
    return attempt(this.link.mode, () =>
      this.link.call('clearKey', { context: this.id, target: idOf(target, 'target') }, nothing, options),
    );
  }

  getKeySlotInfo(slot: CryptoResourceId, options?: CallOptions): Result<M, KeySlotInfo> {
    return attempt(this.link.mode, () =>
      this.link.call('getKeySlotInfo', { slot: idOf(slot, 'slot') }, ({ info }) => slotInfo(info), options),
    );
  }

  /** The bytes of a key: of a public one always, of others only with the permission `export`. */
  exportKey(key: CryptoResourceId, format?: KeyFormat, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      const input = { key: idOf(key, 'key'), format: keyFormatNumbers.number(format, 'format') };
      return this.link.call('exportKey', input, ({ data }) => deliver(data, output), options);
    });
  }

  #made(slot: CryptoResourceId | undefined): (answer: Made) => Guard<M> | undefined {
    return ({ key }) =>
      slot === undefined ? owned<M, CryptoResourceGuard<M>>(new CryptoResourceGuard(this.link, resourceId(key))) : undefined;
  }

  /** A key that came when its caller had given up must not stay without an owner. */
  readonly #late = ({ key }: Made): void => {
    if (key !== undefined) this.link.transport.post('releaseKey', { key: key.id });
  };
}

function isResource(value: unknown): value is CryptoResourceId {
  return typeof value === 'object' && value !== null && 'id' in value && 'primaryProvider' in value;
}

function split<P>(
  first: CryptoResourceId | P,
  second: P | CallOptions | undefined,
  third: CallOptions | undefined,
): { slot: CryptoResourceId | undefined; params: P; options: CallOptions | undefined } {
  const found = isResource(first)
    ? { slot: first, params: second as P, options: third }
    : { slot: undefined, params: first, options: second as CallOptions | undefined };
  if (typeof found.params === 'string' || (typeof found.params === 'object' && found.params !== null)) return found;
  throw new KeyslotError('INVALID_ARGUMENT', 'parameters of the key are missing', { field: 'params' });
}

function slotId(slot: CryptoResourceId | undefined): number {
  return slot === undefined ? 0 : idOf(slot, 'targetSlot');
}

function asked<V extends string, H extends string>(name: V, flag: H, value: number | undefined): { [K in V | H]?: number } {
  if (value === undefined) return {};
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff)
    throw new KeyslotError('INVALID_ARGUMENT', `${name} must be a bitmask`, { field: name });
  return { [name]: value, [flag]: 1 } as { [K in V | H]?: number };
}

const secretKeys = /^(AES|HMAC|ChaCha20)/i;
function usualFormat(algorithm: string): KeyFormat {
  return secretKeys.test(algorithm) ? 'raw' : 'der';
}
