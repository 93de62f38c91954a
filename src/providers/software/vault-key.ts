/** A key of a slot that is derived from the vault: a kind and a path, and never the key itself. */
import { ECDH } from 'node:crypto';
import type { KeyRow, OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { defaultPublicPermissions, type KeyHalf } from '../../core/permissions.js';
import type { KeyKind } from '../../vault/key-kind.js';
import type { Vault } from '../../vault/vault.js';
import type { Provider, ProviderKey, SlotSpec, StoredKey } from '../contract.js';
import { importMaterial } from '../key-encoding/import-material.js';
import type { Material } from '../key-encoding/material.js';

/** What providers use of a vault. Everything but `isUnlocked` and `onChange` is VAULT_LOCKED while it is locked. */
export interface KeyVault
  extends Pick<
    Vault,
    'isUnlocked' | 'touch' | 'publicKey' | 'sign' | 'signAsync' | 'seal' | 'sealAsync' | 'open' | 'openAsync' | 'deriveEncryptionKey'
  > {
  /** Runs after each unlocking, and within each locking. */
  onChange(listener: (unlocked: boolean) => void): void;
}

interface KindRow {
  readonly kind: KeyKind;
  readonly half: KeyHalf;
  /** Whether these keys are for an operation that fits them. */
  readonly operations: (name: string, family: string) => boolean;
}

/** By the names of key rows. */
const kinds: Readonly<Record<string, KindRow>> = {
  Ed25519: { kind: 'Ed25519', half: 'private', operations: (name) => name === 'Ed25519' },
  'ECDSA-secp256k1': { kind: 'Secp256k1', half: 'private', operations: (_name, family) => family === 'ecdsa' },
  'AES-256': { kind: 'Aes256Gcm', half: 'secret', operations: (name) => name === 'AES-256-GCM' },
};

/** Undefined for keys that are never derived. */
export function vaultKeyKind({ name }: KeyRow): KeyKind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name]?.kind : undefined;
}

function rowOf(slot: SlotSpec): KindRow {
  const row = kinds[slot.algorithm.name];
  if (row === undefined) throw new KeyslotError('INTERNAL_ERROR', `slot "${slot.name}" has a path, and no key of its kind is derived`);
  return row;
}

/** What is known of the slot without the vault: its key was never another one. */
export function storedVaultKey(slot: SlotSpec): StoredKey {
  const { algorithm, permissions } = slot;
  const { half } = rowOf(slot);
  const publicPermissions = half === 'private' ? defaultPublicPermissions(algorithm) : 0;
  return { generation: 1, algorithm, keyLength: algorithm.keyLength, half, permissions, publicPermissions };
}

/**
 * It outlives the locking of the vault: each use asks the vault for the key of this path anew. So a context that was opened before works on
 * after the same vault was unlocked again.
 */
export class VaultKey implements ProviderKey {
  readonly provider: Provider;
  readonly algorithm: KeyRow;
  readonly keyLength: number;
  readonly half: KeyHalf;
  readonly alive = true;
  readonly kind: KeyKind;
  readonly path: string;
  readonly #row: KindRow;
  readonly #vault: KeyVault | undefined;

  constructor(provider: Provider, slot: SlotSpec, path: string, vault: KeyVault | undefined) {
    this.#row = rowOf(slot);
    this.provider = provider;
    this.algorithm = slot.algorithm;
    this.keyLength = slot.algorithm.keyLength;
    this.half = this.#row.half;
    this.kind = this.#row.kind;
    this.path = path;
    this.#vault = vault;
  }

  isFor({ name, family }: OperationRow): boolean {
    return this.#row.operations(name, family);
  }

  /** Unlocked, and in use. @throws VAULT_LOCKED */
  vault(): KeyVault {
    if (this.#vault?.isUnlocked() !== true)
      throw new KeyslotError('VAULT_LOCKED', 'the key is derived from the vault, which is locked', { field: 'key' });
    this.#vault.touch();
    return this.#vault;
  }

  /** A stream goes on that will need the key at its end: a vault that waits for it is not idle. Nothing happens when it is locked. */
  streams(): void {
    if (this.#vault?.isUnlocked() === true) this.#vault.touch();
  }

  /** The receiver's. @throws VAULT_LOCKED, INCOMPATIBLE_KEY_TYPE for a secret key */
  publicMaterial(): Material {
    if (this.half === 'secret') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a secret key has no public half', { field: 'key' });
    return importMaterial(this.algorithm, 'raw', rawPublicKey(this.kind, this.vault().publicKey(this.kind, this.path)));
  }

  release(): void {
    // The vault holds the key, for as long as it likes.
  }
}

/** The form that keys are imported in: of a point both coordinates. */
function rawPublicKey(kind: KeyKind, publicKey: Uint8Array): Uint8Array {
  if (kind !== 'Secp256k1') return publicKey;
  return ECDH.convertKey(publicKey, 'secp256k1', undefined, undefined, 'uncompressed') as Uint8Array;
}
