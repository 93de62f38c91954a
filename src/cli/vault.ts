/** The vault of the daemon as commands use it. */

import { KeyslotError } from '../core/errors.js';
import type { VaultPurpose } from '../core/vocabulary.js';
import type { VaultStatusResponse } from '../daemon/admin/generated/messages.js';
import { vaultStateNumbers } from '../protocol/enumerations.js';
import { withAdmin } from './admin.js';
import type { CliContext } from './context.js';
import type { AdminFlags } from './flags.js';
import { type PhraseFlags, phraseFormatOf } from './phrase/phrase-flags.js';
import { readPassphrase } from './phrase/phrase-input.js';
import { wipe, wiping } from './secret-memory.js';

export type VaultStatus = ReturnType<typeof vaultStatusObject>;

/** The shape that `vault status --json` has for good; fields are only added. */
export function vaultStatusObject(answer: VaultStatusResponse) {
  const { state, protection, lockedBytes, dumpable, cached, initialized, idleTimeoutMs, identity } = answer;
  return {
    state: vaultStateNumbers.given(state, 'state'),
    protection,
    lockedBytes,
    dumpable: dumpable !== 0,
    cached,
    initialized: initialized !== 0,
    idleTimeoutMs,
    identity: identity.length === 0 ? null : hex(identity),
  };
}

export function hex(bytes: Uint8Array): string {
  // not secret: public keys
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

export async function vaultStatusOf(context: CliContext, flags: AdminFlags): Promise<VaultStatus> {
  return vaultStatusObject(await withAdmin(context, flags, (admin) => admin.call('vaultStatus', {})));
}

/**
 * Refuses what the daemon would refuse, before somebody types a phrase for nothing.
 * @throws VAULT_ALREADY_UNLOCKED, ALREADY_INITIALIZED, INVALID_OPERATION, MEMORY_NOT_LOCKED
 */
export async function requireVaultFor(purpose: VaultPurpose, context: CliContext, flags: AdminFlags): Promise<void> {
  const answer = await withAdmin(context, flags, (admin) => admin.call('vaultStatus', {}));
  const { state, initialized } = vaultStatusObject(answer);
  if (purpose === 'initialize' && initialized)
    throw new KeyslotError('ALREADY_INITIALIZED', 'the vault is bound to a phrase already: keyslot vault unlock takes it');
  if (purpose === 'unlock' && !initialized)
    throw new KeyslotError('INVALID_OPERATION', 'the vault was never initialised: keyslot vault init does that, once');
  if (state !== 'locked') throw new KeyslotError('VAULT_ALREADY_UNLOCKED', 'the vault is unlocked already');
  if (answer.memoryRefused !== 0)
    throw new KeyslotError(
      'MEMORY_NOT_LOCKED',
      'the system locks no memory for the vault of the daemon: raise its RLIMIT_MEMLOCK (LimitMEMLOCK= of the service), or set vault.allowUnlockedMemory',
      { field: 'vault.allowUnlockedMemory' },
    );
}

/** Sends what `phrase` gives, and the passphrase after it, to the daemon. Connects only when both are there: typing takes long. Answers the identity. */
export async function sendPhrase(
  context: CliContext,
  flags: PhraseFlags,
  purpose: VaultPurpose,
  readPhrase: () => Promise<Uint8Array>,
): Promise<{ readonly identity: string; readonly passphrase: boolean }> {
  return wiping(await readPhrase(), async (phrase) => {
    const passphrase = await readPassphrase(context, flags, purpose === 'initialize');
    try {
      const format = phraseFormatOf(flags);
      const { identity } = await withAdmin(context, flags, (admin) => admin.sendPhrase({ purpose, format, phrase, passphrase }));
      return { identity: hex(identity), passphrase: passphrase !== undefined };
    } finally {
      wipe(passphrase);
    }
  });
}
