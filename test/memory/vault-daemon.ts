/** A daemon with a vault, and everything one can have it do with it. */
import { randomBytes } from 'node:crypto';
import { createCryptoStack } from '../../src/client/index.js';
import type { VaultKeyKind } from '../../src/core/vocabulary.js';
import { AdminClient } from '../../src/daemon/admin/admin-client.js';
import { vaultKeyKindNumbers } from '../../src/protocol/enumerations.js';
import { type DisposableDaemon, softwareProvider, startDisposableDaemon } from '../../src/testing/index.js';
import type { Wallet, WalletPaths } from './wallet.js';

const me = process.getuid?.() ?? 0;
const identity = "m/74'/0'/0'/0'";
const versions = [2, 3, 4] as const;

const slots = [
  { name: 'signer', algorithm: 'Ed25519', path: "m/74'/5'/0'/1'", permissions: ['sign', 'verify'] },
  { name: 'ethereum', algorithm: 'ECDSA-secp256k1', path: "m/44'/60'/0'/0/0", permissions: ['sign', 'verify'] },
  { name: 'sealer', algorithm: 'AES-256', path: "m/74'/5'/1'/0'", permissions: ['encrypt', 'decrypt'] },
] as const;

/** Its provider's key store is sealed under a key of the vault. */
const stored = { name: 'stored', algorithm: 'AES-256', permissions: ['encrypt', 'decrypt'] } as const;
const keyStorePath = "m/74'/3'/0'/0'";

/** The paths that `useAll` uses. */
export const usedPaths: WalletPaths = {
  ed25519: [identity, slots[0].path],
  aes: [keyStorePath, slots[2].path, ...versions.map((version) => `m/74'/2'/0'/${version - 2}'`)],
  secp256k1: [slots[1].path],
};

/** More Ed25519 keys than are kept. */
export const manyPaths = Array.from({ length: 65 }, (_, i) => `m/74'/6'/${i}'`);

export function kindOf(kind: VaultKeyKind): number {
  return vaultKeyKindNumbers.number(kind, 'kind');
}

export interface VaultDaemon extends AsyncDisposable {
  readonly daemon: DisposableDaemon;
  readonly pid: number;
  readonly admin: AdminClient;
  /** A value of its configuration, which it has in ordinary memory: what a scan must find. */
  readonly marker: Uint8Array;
}

export async function startVaultDaemon(vault: Readonly<Record<string, unknown>> = {}): Promise<VaultDaemon> {
  const marker = `marker-${randomBytes(12).toString('hex')}`;
  const named = slots.map((slot) => ({ ...slot, kind: 'key' as const, providers: ['software'] }));
  const plain = { name: marker, kind: 'key' as const, algorithm: 'AES-256', providers: ['software'], permissions: ['encrypt'] as const };
  const sealed = { ...stored, kind: 'key' as const, providers: ['sealed'] };
  const own = Object.fromEntries([...slots, stored].map(({ name }) => [name, name]));
  const daemon = await startDisposableDaemon({
    settings: {
      providers: [softwareProvider(), { name: 'sealed', id: 2, type: 'software', keyStore: { key: { vault: true } } }],
      vault,
      slots: [...named, plain, sealed],
      access: [{ user: me, slots: own, rights: ['use', 'generate'] }],
    },
  });
  const admin = await AdminClient.open(daemon.adminPath);
  const dispose = async () => {
    await admin.close();
    await daemon[Symbol.asyncDispose]();
  };
  return { daemon, pid: daemon.pid as number, admin, marker: Buffer.from(marker), [Symbol.asyncDispose]: dispose };
}

/** Over a connection of its own, so that a refusal costs nothing else. */
export async function sendPhrase({ daemon }: VaultDaemon, purpose: 'initialize' | 'unlock', wallet: Wallet): Promise<void> {
  await using admin = await AdminClient.open(daemon.adminPath);
  const [phrase, passphrase] = [wallet.phrase, wallet.passphrase].map((text) => Buffer.from(text)) as [Buffer, Buffer];
  await admin.sendPhrase({ purpose, format: 'english', phrase, passphrase });
}

/** Derives, seals, opens and rotates over the admin socket; signs, encrypts and decrypts by slots over the application's,
 * and keeps a key in a store of the vault. */
export async function useAll({ daemon, admin }: VaultDaemon, rounds: number): Promise<void> {
  await using stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const context = await stack.createCryptoContext();
  const keyOf = (name: string) => context.resolveResource(name, 'keySlot');
  const edwards = await context.createSignContext({ algorithm: 'Ed25519', key: await keyOf('signer') });
  const curve = await context.createSignContext({ algorithm: 'ECDSA-secp256k1-SHA-256', key: await keyOf('ethereum') });
  const sealing = await context.createAeadContext({ algorithm: 'AES-256-GCM', key: await keyOf('sealer'), direction: 'encrypt' });
  const kept = await keyOf(stored.name);
  const management = await context.createKeyManagementContext();
  await management.generateKey(kept, { algorithm: stored.algorithm, overwrite: true });
  const cipher = await context.createAeadContext({ algorithm: 'AES-256-GCM', key: kept, direction: 'encrypt' });
  for (let round = 0; round < rounds; round++) {
    await admin.call('vaultPublicKey', { kind: kindOf('Ed25519'), path: 'identity' });
    await admin.call('vaultPublicKey', { kind: kindOf('Secp256k1'), path: 'ethereum' });
    // Gives a chain code away, which is no secret from then on: of another path than those that are looked for.
    await admin.call('vaultExtendedPublicKey', { path: "m/44'/60'/7'" });
    let sealed = await admin.call('vaultSeal', { keyVersion: 2, plaintext: new Uint8Array(100 * round + 1) });
    for (const toVersion of [3, 4]) sealed = await admin.call('vaultRotate', { ...sealed, toVersion });
    await admin.call('vaultOpen', sealed);
    await edwards.singleShot(new Uint8Array(1000));
    await curve.singleShot(new Uint8Array(1000));
    await cipher.encrypt({ nonce: randomBytes(12), data: new Uint8Array(100) });
    await sealing.encrypt({ nonce: randomBytes(12), data: new Uint8Array(2000) });
  }
}
