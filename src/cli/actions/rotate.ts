import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import { encryptedFile, parseEncryptedFile, readSealedFile } from '../box/encrypted-file.js';
import { usageError } from '../failure.js';
import { namingFlags } from '../flag-names.js';
import type { AdminFlags, OutputFlags } from '../flags.js';
import { openOutput } from '../output-file.js';
import { assertSeparateOutput } from './encrypt.js';

export interface RotateFlags extends AdminFlags, OutputFlags {
  readonly toVersion?: number;
}

/** `keyslot rotate` */
export const rotate = action(async (context, flags: RotateFlags, file?: string) => {
  assertSeparateOutput(flags);
  const sealed = await readSealedFile(context, file);
  if (sealed.kind === 'key') throw usageError('this was sealed to a public key, which has no versions: open it and seal it anew', 'file');
  const encrypted = parseEncryptedFile(sealed.text);
  const out = await openOutput(context, flags, { mode: 0o666, text: true });
  try {
    const request = { ...encrypted, toVersion: flags.toVersion ?? 0 };
    const answer = await namingFlags({ toVersion: 'toVersion', key_version: 'toVersion' }, () =>
      withAdmin(context, flags, (admin) => admin.call('vaultRotate', request)),
    );
    await out.write(encryptedFile(answer));
    await out.commit();
    const { keyVersion: fromVersion } = encrypted;
    if (flags.json === true) printJson(context, { file: file ?? '-', output: out.name, fromVersion, toVersion: answer.keyVersion });
  } catch (error) {
    await out.discard();
    throw error;
  }
});
