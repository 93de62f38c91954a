import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import { parseEncryptedFile, readSealedFile, type Sealed } from '../box/encrypted-file.js';
import { openWithSlot } from '../box/open-with-slot.js';
import type { CliContext } from '../context.js';
import { withCrypto } from '../crypto.js';
import { usageError } from '../failure.js';
import { namingFlags } from '../flag-names.js';
import type { AdminFlags, OutputFlags } from '../flags.js';
import { openResult, withResult } from '../result-bytes.js';
import { wiping } from '../secret-memory.js';

export interface OpenFlags extends AdminFlags, OutputFlags {
  readonly key?: string;
  readonly endpoint?: string;
}

/** `keyslot open`. What was secret stays its owner's: a new file can't be read by others. */
export const open = action(async (context, flags: OpenFlags, file?: string) => {
  const sealed = await readSealedFile(context, file);
  const opening = openingOf(context, flags, sealed);
  const result = await openResult(context, flags, { mode: 0o600, secret: true });
  await withResult(result, async () => {
    const { plaintext, how } = await opening();
    await wiping(plaintext, async (bytes) => {
      const where = await result.deliver(bytes, () => ({}));
      if (flags.json === true) printJson(context, { file: file ?? '-', ...where, ...how, bytes: bytes.length });
    });
  });
});

/** The plaintext, and what JSON tells about it. */
type Opening = () => Promise<{ readonly plaintext: Uint8Array; readonly how: object }>;

/** @throws INVALID_ARGUMENT (usage) for a flag that is missing, or one too many; INVALID_FORMAT */
function openingOf(context: CliContext, flags: OpenFlags, sealed: Sealed): Opening {
  const { key } = flags;
  if (sealed.kind === 'vault') {
    const encrypted = parseEncryptedFile(sealed.text);
    if (key !== undefined) throw usageError('this was sealed by the vault, which opens it without --key', 'key');
    return async () => {
      const { plaintext } = await withAdmin(context, flags, (admin) => admin.call('vaultOpen', encrypted));
      return { plaintext, how: { keyVersion: encrypted.keyVersion } };
    };
  }
  if (key === undefined) throw usageError('this was sealed to a public key: give --key SLOT, the slot of its private key', 'key');
  return async () => {
    const names = { publicKey: 'key', privateKey: 'key' };
    const plaintext = await namingFlags(names, () => withCrypto(context, flags, (daemon) => openWithSlot(daemon, key, sealed.message)));
    return { plaintext, how: { key } };
  };
}
