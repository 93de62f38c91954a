/** The vault's verbs of the admin socket. */
import { randomBytes } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { phraseFormatNumbers, vaultKeyKindNumbers, vaultPurposeNumbers, vaultStateNumbers } from '../../protocol/enumerations.js';
import { formatPath, requirePathFor } from '../../vault/derivation-path.js';
import { ivSize, saltSize, tagSize } from '../../vault/encrypted-data.js';
import type { AdminHandlers } from '../admin/admin-connection.js';
import type { AdminPeer } from '../admin/admin-peer.js';
import type { VaultService } from './service.js';

type VaultVerb = Extract<keyof AdminHandlers, `vault${string}`>;
type VaultHandlers = Pick<AdminHandlers, VaultVerb>;
/** With the vault in front. */
type Verbs = {
  readonly [N in VaultVerb]: (
    vault: VaultService,
    request: Parameters<AdminHandlers[N]>[0],
    peer: AdminPeer,
  ) => ReturnType<AdminHandlers[N]>;
};

interface Sealed {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

const usualPatience = 60_000;
const longestPatience = 600_000;
const nothing = new Uint8Array(0);

const verbs: Verbs = {
  vaultStatus(vault) {
    const { state, protection, lockedBytes, dumpable, cached, initialized, memoryRefused, idleTimeout, identity } = vault.status();
    return {
      state: vaultStateNumbers.number(state, 'state'),
      protection,
      lockedBytes,
      dumpable: dumpable ? 1 : 0,
      cached,
      initialized: initialized ? 1 : 0,
      memoryRefused: memoryRefused ? 1 : 0,
      idleTimeoutMs: idleTimeout,
      identity,
    };
  },
  vaultReceive(vault, { purpose, format, passphrase, patienceMs }, peer) {
    if (patienceMs > longestPatience)
      throw new KeyslotError('INVALID_ARGUMENT', `patienceMs must be at most ${longestPatience}`, { field: 'patienceMs' });
    vault.receive(peer, {
      purpose: vaultPurposeNumbers.given(purpose, 'purpose'),
      format: format === 0 ? 'english' : phraseFormatNumbers.given(format, 'format'),
      withPassphrase: passphrase !== 0,
      patience: patienceMs === 0 ? usualPatience : patienceMs,
    });
    return {};
  },
  vaultUnlock: (vault, _request, peer) => ({ identity: vault.finish(peer) }),
  vaultLock: (vault) => ({ wasUnlocked: vault.lock('asked') ? 1 : 0 }),
  vaultPublicKey(vault, { kind: number, path: text }) {
    const kind = vaultKeyKindNumbers.given(number, 'kind');
    if (kind === 'Aes256Gcm')
      throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'an Aes256Gcm key has no public half, and no secret leaves', { field: 'kind' });
    const { path } = vault.paths.find(text);
    requirePathFor(kind, path);
    return { path: formatPath(path), publicKey: vault.keys.publicKey(kind, path) };
  },
  vaultExtendedPublicKey(vault, { path: text }) {
    const { path } = vault.paths.find(text);
    return { path: formatPath(path), extendedPublicKey: vault.keys.extendedPublicKey(path) };
  },
  async vaultSeal(vault, { keyVersion, plaintext }) {
    try {
      return await seal(vault, keyVersion, plaintext);
    } finally {
      plaintext.fill(0);
    }
  },
  vaultOpen: async (vault, sealed) => ({ plaintext: await open(vault, sealed) }),
  async vaultRotate(vault, { toVersion, ...sealed }) {
    // First, so that a version which can't be is refused before anything is decrypted.
    vault.paths.named.encryption(toVersion === 0 ? vault.keyVersion : toVersion);
    const plaintext = await open(vault, sealed);
    try {
      return await seal(vault, toVersion, plaintext);
    } finally {
      plaintext.fill(0);
    }
  },
};

/** As `Vault.encrypt`, on the thread pool. */
async function seal({ keys, paths, keyVersion: usual }: VaultService, asked: number, plaintext: Uint8Array): Promise<Sealed> {
  const keyVersion = asked === 0 ? usual : asked;
  const iv = randomBytes(ivSize);
  const data = await keys.sealAsync(paths.named.encryption(keyVersion), iv, nothing, plaintext);
  return { keyVersion, salt: randomBytes(saltSize), iv, data };
}

/** As `Vault.decrypt`, on the thread pool. */
async function open({ keys, paths }: VaultService, { keyVersion, salt, iv, data }: Sealed): Promise<Uint8Array> {
  assertSize(salt, (size) => size === saltSize, `${saltSize} bytes`, 'salt');
  assertSize(iv, (size) => size === ivSize, `${ivSize} bytes`, 'iv');
  assertSize(data, (size) => size >= tagSize, `at least ${tagSize} bytes`, 'data');
  return keys.openAsync(paths.named.encryption(keyVersion), iv, nothing, data);
}

function assertSize(bytes: Uint8Array, fits: (size: number) => boolean, sizes: string, field: string): void {
  if (!fits(bytes.length)) throw new KeyslotError('INVALID_FORMAT', `${field} must have ${sizes}`, { field });
}

export function vaultHandlers(vault: VaultService | undefined): VaultHandlers {
  const bound = Object.entries(verbs).map(([name, verb]) => {
    const handler = (request: never, peer: AdminPeer) => {
      if (vault !== undefined) return (verb as (vault: VaultService, request: never, peer: AdminPeer) => unknown)(vault, request, peer);
      throw new KeyslotError('UNSUPPORTED_OPERATION', 'this daemon has no vault: add vault: to its configuration');
    };
    return [name, handler] as const;
  });
  return Object.fromEntries(bound) as unknown as VaultHandlers;
}
