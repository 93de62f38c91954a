import type { KeyFormat } from '../../core/vocabulary.js';
import { action } from '../action.js';
import type { CliContext } from '../context.js';
import { badData, usageError } from '../failure.js';
import { isEncryptedPem, isEncryptedTheOldWay, keyFormatOf, withKeyFile } from '../key-file.js';
import { type NewKeyFlags, newKeyNames, newKeyParams } from '../key-flags.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';
import { askPassphrase, givenPassphrase, givesPassphrase, type PassphraseFlags } from '../passphrase.js';
import { wipe } from '../secret-memory.js';

export interface KeyImportFlags extends NewKeyFlags, PassphraseFlags {
  readonly input?: string;
  readonly format?: KeyFormat;
}

const names = { ...newKeyNames, keyData: 'input', format: 'format', passphrase: 'passphraseFile' } as const;

/** `keyslot key import` */
export const keyImport = action(async (context, flags: KeyImportFlags, name: string) => {
  const { json = false, input = '-' } = flags;
  const given = givesPassphrase(flags, input);
  const { key, ...more } = await withKeyFile(context, input, (keyData) =>
    withSlot(context, flags, name, names, async (keys) => {
      const { management, slot, before, call } = keys;
      const algorithm = flags.algorithm ?? before.algorithm;
      const format = flags.format ?? keyFormatOf(keyData, algorithm);
      const passphrase = await passphraseOf(context, flags, given, keyData, format);
      try {
        const secret = passphrase === undefined ? {} : { passphrase };
        await management.importKey(slot, { algorithm, keyData, format, ...secret, ...newKeyParams(flags) }, call);
      } finally {
        wipe(passphrase);
      }
      return { key: await keyInSlot(keys), file: input, bytes: keyData.length, format };
    }),
  );
  tellNewKey(context, json, key, 'imported', more);
});

/** Of an encrypted key only; one that nothing asks for is a mistake. @throws INVALID_ARGUMENT (usage), INVALID_FORMAT */
async function passphraseOf(
  context: CliContext,
  flags: KeyImportFlags,
  given: boolean,
  keyData: Uint8Array,
  format: KeyFormat,
): Promise<Uint8Array | undefined> {
  const encrypted = format === 'pem' && isEncryptedPem(keyData);
  const { input = '-' } = flags;
  if (format === 'pem' && isEncryptedTheOldWay(keyData))
    throw badData(`${input} is encrypted in openssl's old way: openssl pkcs8 -topk8 makes an encrypted PKCS#8 of it`, 'input');
  if (given && format !== 'der' && !encrypted) throw usageError(`${input} is not encrypted; leave the passphrase out`, 'passphraseFile');
  if (given) return givenPassphrase(context, flags);
  return encrypted ? askPassphrase(context, input === '-' ? 'the key' : input) : undefined;
}
