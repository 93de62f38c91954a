import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId } from '../core/resources.js';
import type { KeyFormat } from '../core/vocabulary.js';
import { keyFormatNumbers } from '../protocol/enumerations.js';
import type { Resource } from '../protocol/generated/messages.js';
import { idOf } from './configs.js';
import { ContextBase } from './context-base.js';
import {
  type AgreeKeyParams,
  agreeRequest,
  asked,
  type DecapsulateKeyParams,
  type DeriveKeyParams,
  decapsulateRequest,
  deriveRequest,
  type EncapsulateKeyParams,
  encapsulateRequest,
  type GenerateKeyParams,
  type ImportKeyParams,
  type PersistKeyParams,
  type UnwrapKeyParams,
  unwrapRequest,
  type WrapKeyParams,
  wrapRequest,
} from './key-params.js';
import { nothing } from './link.js';
import { attempt, type Mode, type Owned, owned, type Result } from './mode.js';
import { checkRoom, deliver } from './output.js';
import { CryptoResourceGuard } from './resource-guard.js';
import type { CallOptions } from './transport.js';
import { type KeySlotInfo, resourceId, slotInfo } from './views.js';

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

  /** A key from a secret key and what a key derivation adds. */
  deriveKey(params: DeriveKeyParams, options?: CallOptions): Result<M, Guard<M>>;
  deriveKey(targetSlot: CryptoResourceId, params: DeriveKeyParams, options?: CallOptions): Result<M, void>;
  deriveKey(first: CryptoResourceId | DeriveKeyParams, second?: DeriveKeyParams | CallOptions, third?: CallOptions): Result<M, unknown> {
    return attempt(this.link.mode, () => {
      const { slot, params, options } = split<DeriveKeyParams>(first, second, third);
      const input = { context: this.id, slot: slotId(slot), ...deriveRequest(params) };
      return this.link.call('deriveKey', input, this.#made(slot), options, this.#late);
    });
  }

  /** A key from what a private key and somebody's public key have in common, in one step: the shared secret never surfaces. */
  agreeKey(params: AgreeKeyParams, options?: CallOptions): Result<M, Guard<M>>;
  agreeKey(targetSlot: CryptoResourceId, params: AgreeKeyParams, options?: CallOptions): Result<M, void>;
  agreeKey(first: CryptoResourceId | AgreeKeyParams, second?: AgreeKeyParams | CallOptions, third?: CallOptions): Result<M, unknown> {
    return attempt(this.link.mode, () => {
      const { slot, params, options } = split<AgreeKeyParams>(first, second, third);
      const input = { context: this.id, slot: slotId(slot), ...agreeRequest(params) };
      return this.link.call('agreeKey', input, this.#made(slot), options, this.#late);
    });
  }

  /** A fresh key, and the ciphertext from which the owner of the private key makes the same one (FIPS 203). */
  encapsulateKey(params: EncapsulateKeyParams, options?: CallOptions): Result<M, { key: Guard<M>; ciphertext: Uint8Array }> {
    return attempt(this.link.mode, () => {
      const decode = ({ key, ciphertext }: Made & { readonly ciphertext: Uint8Array }) => ({
        key: owned<M, CryptoResourceGuard<M>>(new CryptoResourceGuard(this.link, resourceId(key))),
        ciphertext: new Uint8Array(ciphertext),
      });
      return this.link.call('encapsulateKey', { context: this.id, ...encapsulateRequest(params) }, decode, options, this.#late);
    });
  }

  /** The key of a ciphertext. A changed ciphertext gives another key, not an error (FIPS 203 6.3). */
  decapsulateKey(params: DecapsulateKeyParams, options?: CallOptions): Result<M, Guard<M>> {
    return attempt(this.link.mode, () => {
      const decode = ({ key }: Made) => owned<M, CryptoResourceGuard<M>>(new CryptoResourceGuard(this.link, resourceId(key)));
      return this.link.call('decapsulateKey', { context: this.id, ...decapsulateRequest(params) }, decode, options, this.#late);
    });
  }

  /** A key encrypted with another one: needs `export` on the key that leaves and `wrap` on the wrapping key. */
  wrapKey(params: WrapKeyParams, output?: Uint8Array, options?: CallOptions): Result<M, Uint8Array> {
    return attempt(this.link.mode, () => {
      checkRoom(output, 0);
      return this.link.call('wrapKey', wrapRequest(params, false), ({ data }) => deliver(data, output), options);
    });
  }

  /** Bytes that `wrapKey` would give. */
  getWrapKeySize(params: WrapKeyParams, options?: CallOptions): Result<M, number> {
    return attempt(this.link.mode, () => this.link.call('wrapKey', wrapRequest(params, true), ({ size }) => size, options));
  }

  /** A key out of what `wrapKey` made. */
  unwrapKey(params: UnwrapKeyParams, options?: CallOptions): Result<M, Guard<M>>;
  unwrapKey(targetSlot: CryptoResourceId, params: UnwrapKeyParams, options?: CallOptions): Result<M, void>;
  unwrapKey(first: CryptoResourceId | UnwrapKeyParams, second?: UnwrapKeyParams | CallOptions, third?: CallOptions): Result<M, unknown> {
    return attempt(this.link.mode, () => {
      const { slot, params, options } = split<UnwrapKeyParams>(first, second, third);
      const input = { context: this.id, slot: slotId(slot), ...unwrapRequest(params) };
      return this.link.call('unwrapKey', input, this.#made(slot), options, this.#late);
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
      checkRoom(output, 0);
      const input = { key: idOf(key, 'key'), format: keyFormatNumbers.number(format, 'format') };
      return this.link.call('exportKey', input, ({ data }) => deliver(data, output), options);
    });
  }

  /** Bytes that `exportKey` would give. */
  getExportKeySize(key: CryptoResourceId, format?: KeyFormat, options?: CallOptions): Result<M, number> {
    return attempt(this.link.mode, () => {
      const input = { key: idOf(key, 'key'), format: keyFormatNumbers.number(format, 'format'), sizeOnly: 1 };
      return this.link.call('exportKey', input, ({ size }) => size, options);
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

const secretKeys = /^(AES|HMAC|KMAC|X?ChaCha20|GENERIC|SECRET)/i;
function usualFormat(algorithm: string): KeyFormat {
  return secretKeys.test(algorithm) ? 'raw' : 'der';
}
