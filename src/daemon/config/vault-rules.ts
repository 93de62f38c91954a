/** What must hold of the vault's paths and of the slots whose keys are derived. */
import { KeyslotError } from '../../core/errors.js';
import { vaultKeyKind } from '../../providers/software/vault-key.js';
import { type DerivationPath, formatPath } from '../../vault/derivation-path.js';
import type { KeyKind } from '../../vault/key-kind.js';
import { VaultPaths } from '../vault/paths.js';
import type { Finding } from './rules.js';
import type { Config, SlotConfig } from './schema.js';

/** What has the bytes of a path: an Ed25519 key and an AES key at one path are the same 32 bytes. */
interface Use {
  readonly kind: KeyKind;
  readonly what: string;
  /** No slot may have the very key either. */
  readonly alone?: true;
}
const keyOfStores = 'the key of a key store';
const sameBytes: ReadonlySet<KeyKind> = new Set(['Ed25519', 'Aes256Gcm']);

export function vaultRules(config: Config): Finding[] {
  const derived = config.slots.flatMap((slot, i) => (slot.path === undefined ? [] : [{ slot, text: slot.path, i }]));
  const stores = storesOf(config);
  if (config.vault === undefined) {
    const message = 'needs a vault: add vault: to the configuration';
    const needing = [...derived.map(({ i }) => ['slots', i, 'path']), ...stores.map(({ at }) => at)];
    return needing.map((path) => ({ path, message, ofKey: true }));
  }
  let paths: VaultPaths;
  try {
    paths = new VaultPaths(config.vault.paths);
    paths.named.encryption(config.vault.keyVersion);
  } catch (error) {
    const message = messageOf(error);
    return [{ path: ['vault', ...((error as KeyslotError).field ?? 'paths').split('.')], message }];
  }
  const uses = usesOf(paths);
  const ofStores = stores.flatMap((store) => storeFindings(paths, uses, store));
  return [...keyStorePath(paths), ...ofStores, ...derived.flatMap(({ slot, text, i }) => slotFindings(config, paths, uses, slot, text, i))];
}

/** Of an error that the configuration has made; others are thrown on. */
function messageOf(error: unknown): string {
  if (error instanceof KeyslotError) return error.message;
  throw error;
}

/** By path; the first use is the one that is told. */
type Uses = Map<string, Use>;

function usesOf({ named, keyStore }: VaultPaths): Uses {
  return new Map([
    [formatPath(named.identity), { kind: 'Ed25519', what: "the vault's identity" }],
    [formatPath(keyStore), { kind: 'Aes256Gcm', what: keyOfStores, alone: true }],
  ]);
}

interface StoreOfVault {
  readonly at: (string | number)[];
  readonly text: string | undefined;
}

/** Key stores whose key is the vault's. */
function storesOf(config: Config): StoreOfVault[] {
  return config.providers.flatMap((provider, i) => {
    const key = provider.type === 'software' ? provider.keyStore?.key : undefined;
    return key?.from === 'vault' ? [{ at: ['providers', i, 'keyStore', 'key', 'vault'], text: key.path }] : [];
  });
}

function storeFindings(paths: VaultPaths, uses: Uses, { at, text }: StoreOfVault): Finding[] {
  try {
    const path = paths.ofStore(text);
    const used = formatPath(path);
    const before = uses.get(used);
    if (before?.kind === 'Ed25519' || paths.isEncryption(path)) return [{ path: at, message: 'must be a path that nothing else uses' }];
    uses.set(used, { kind: 'Aes256Gcm', what: keyOfStores, alone: true });
    return [];
  } catch (error) {
    return [{ path: at, message: messageOf(error) }];
  }
}

function keyStorePath(paths: VaultPaths): Finding[] {
  const { named, keyStore } = paths;
  const taken = [named.identity, named.sshHost].some((path) => formatPath(path) === formatPath(keyStore)) || paths.isEncryption(keyStore);
  return taken ? [{ path: ['vault', 'paths', 'keyStore'], message: 'must be a path that nothing else uses' }] : [];
}

function slotFindings(config: Config, paths: VaultPaths, uses: Uses, slot: SlotConfig, text: string, i: number): Finding[] {
  const at = (...path: (string | number)[]) => ['slots', i, ...path];
  const found: Finding[] = [];
  const [only] = slot.providers;
  const provider = config.providers.find(({ name }) => name === only);
  if (slot.providers.length > 1 || provider?.type === 'pkcs11')
    found.push({ path: at('providers'), message: 'a slot with a path has one provider, a software one' });
  if (slot.object !== undefined) found.push({ path: at('object'), message: 'a slot has either a path or an object', ofKey: true });
  const exporting = slot.permissions.indexOf('export');
  if (exporting >= 0) found.push({ path: at('permissions', exporting), message: 'a key that is derived from the vault never leaves it' });
  const kind = vaultKeyKind(slot.algorithm);
  if (kind === undefined) {
    const message = `no key of ${slot.algorithm.name} is derived from the vault; Ed25519, ECDSA-secp256k1 and AES-256 are`;
    return [...found, { path: at('algorithm'), message }];
  }
  try {
    const path = paths.ofSlot(text, slot.algorithm);
    const taken = takenBy(paths, uses, path, kind, slot.name);
    if (taken !== undefined) found.push({ path: at('path'), message: taken });
  } catch (error) {
    found.push({ path: at('path'), message: messageOf(error) });
  }
  return found;
}

/** Takes the path for a slot, or says why it is another's. */
function takenBy(paths: VaultPaths, uses: Uses, path: DerivationPath, kind: KeyKind, slot: string): string | undefined {
  const text = formatPath(path);
  const clash = (other: Use) => `${text} is the path of ${other.what}, whose key would have the same bytes`;
  const before = uses.get(text);
  if (before?.alone === true) return `${text} is the path of ${before.what}`;
  if (before !== undefined && before.kind !== kind && sameBytes.has(before.kind) && sameBytes.has(kind)) return clash(before);
  if (kind === 'Ed25519' && paths.isEncryption(path)) return clash({ kind, what: 'an encryption key of the vault' });
  if (before === undefined && sameBytes.has(kind)) uses.set(text, { kind, what: `slot "${slot}"` });
  return undefined;
}
