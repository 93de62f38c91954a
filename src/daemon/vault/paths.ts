/** What the configuration says of derivation paths: names for some, and which key of a slot a path gives. */
import type { KeyRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { vaultKeyKind } from '../../providers/software/vault-key.js';
import { type DerivationPath, parsePath, requirePathFor } from '../../vault/derivation-path.js';
import type { KeyKind } from '../../vault/key-kind.js';
import { firstKeyVersion, NamedPaths, type PathTemplates } from '../../vault/named-paths.js';

export type ConfiguredPaths = PathTemplates & { readonly keyStore: string };

interface NamedPath {
  readonly kind: KeyKind;
  readonly path: (named: NamedPaths, number: number) => DerivationPath;
  /** Whether its name has a number behind it. */
  readonly numbered: boolean;
}

const names: { readonly [N in keyof PathTemplates]: NamedPath } = {
  identity: { kind: 'Ed25519', path: ({ identity }) => identity, numbered: false },
  device: { kind: 'Ed25519', path: (named, n) => named.device(n), numbered: true },
  sshHost: { kind: 'Ed25519', path: ({ sshHost }) => sshHost, numbered: false },
  encryption: { kind: 'Aes256Gcm', path: (named, version) => named.encryption(version), numbered: true },
  ethereum: { kind: 'Secp256k1', path: ({ ethereum }) => ethereum, numbered: false },
};
const spellings = Object.entries(names).map(([name, { numbered }]) => (numbered ? `${name}/NUMBER` : name));
const form = /^([A-Za-z]+)(?:\/(0|[1-9][0-9]{0,9}))?$/;

/** A path, and the kind of key that its name is for, where it was given by name. */
export interface FoundPath {
  readonly path: DerivationPath;
  readonly kind: KeyKind | undefined;
}

export class VaultPaths {
  readonly named: NamedPaths;
  /** Of the AES key under which a key store is sealed whose key comes from the vault. */
  readonly keyStore: DerivationPath;

  /** @throws DERIVATION_PATH_INVALID that names the path at fault, `paths.…` */
  constructor({ keyStore, ...templates }: ConfiguredPaths) {
    this.named = new NamedPaths(templates);
    this.keyStore = parsePath(keyStore, 'paths.keyStore');
    requirePathFor('Aes256Gcm', this.keyStore, 'paths.keyStore');
  }

  /** `m/…`, or a name: `identity`, `device/3`, `sshHost`, `encryption/2`, `ethereum`. @throws DERIVATION_PATH_INVALID */
  find(text: string, field = 'path'): FoundPath {
    if (text === 'm' || text.startsWith('m/')) return { path: parsePath(text, field), kind: undefined };
    const [, name = '', number] = form.exec(text) ?? [];
    const row = Object.hasOwn(names, name) ? names[name as keyof PathTemplates] : undefined;
    if (row === undefined || row.numbered !== (number !== undefined)) {
      throw new KeyslotError('DERIVATION_PATH_INVALID', `must be a path such as m/74'/0'/0'/0', or one of ${spellings.join(', ')}`, {
        field,
      });
    }
    return { path: row.path(this.named, Number(number)), kind: row.kind };
  }

  /** The path of a slot's key. @throws DERIVATION_PATH_INVALID for one that is none, or not for keys of this algorithm */
  ofSlot(text: string, algorithm: KeyRow): DerivationPath {
    const kind = vaultKeyKind(algorithm);
    if (kind === undefined) throw new KeyslotError('DERIVATION_PATH_INVALID', `no key of ${algorithm.name} is derived`, { field: 'path' });
    const found = this.find(text);
    if (found.kind !== undefined && found.kind !== kind) {
      throw new KeyslotError('DERIVATION_PATH_INVALID', `"${text}" is the path of an ${found.kind} key, not of one of ${algorithm.name}`, {
        field: 'path',
      });
    }
    requirePathFor(kind, found.path);
    return found.path;
  }

  /** The path of a key store's key. @throws DERIVATION_PATH_INVALID */
  ofStore(text: string | undefined): DerivationPath {
    if (text === undefined) return this.keyStore;
    const path = parsePath(text);
    requirePathFor('Aes256Gcm', path);
    return path;
  }

  /** Whether the vault's own encryption keys, of whatever version, are here. */
  isEncryption(path: DerivationPath): boolean {
    const [first, second] = [this.named.encryption(firstKeyVersion), this.named.encryption(firstKeyVersion + 1)];
    return path.length === first.length && path.every((step, i) => step === first[i] || first[i] !== second[i]);
  }
}
