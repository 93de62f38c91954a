import { longestSealed } from '../../daemon/admin/operations.js';
import { sealTo } from '../../vault/seal-to.js';
import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import { encryptedFile } from '../box/encrypted-file.js';
import { readWhole } from '../box/whole-file.js';
import type { CliContext } from '../context.js';
import { usageError } from '../failure.js';
import { namingFlags } from '../flag-names.js';
import type { AdminFlags, OutputFlags } from '../flags.js';
import { withKeyFile } from '../key-file.js';
import { openOutput } from '../output-file.js';
import { readPublicKey } from '../public-key.js';
import { wiping } from '../secret-memory.js';
import { assertSeparateOutput } from './encrypt.js';

export interface SealFlags extends AdminFlags, OutputFlags {
  readonly keyVersion?: number;
  readonly to?: string;
}

/** The sealed bytes, and what JSON tells about them. */
type Sealing = (plaintext: Uint8Array) => Promise<{ readonly sealed: Uint8Array; readonly how: object }>;

/** `keyslot seal` */
export const seal = action(async (context, flags: SealFlags, file?: string) => {
  const { json = false, to, keyVersion } = flags;
  assertSeparateOutput(flags);
  if (to !== undefined && keyVersion !== undefined)
    throw usageError("--key-version is of the vault's keys: it does not go with --to", 'keyVersion');
  const sealing = to === undefined ? byVault(context, flags) : await forKey(context, to, file);
  const out = await openOutput(context, flags, { mode: 0o666, text: to === undefined });
  try {
    const about = await wiping(await readWhole(context, file, longestSealed), async (plaintext) => {
      const { sealed, how } = await sealing(plaintext);
      await out.write(sealed);
      return { ...how, bytes: plaintext.length };
    });
    await out.commit();
    if (json) printJson(context, { file: file ?? '-', output: out.name, ...about });
  } catch (error) {
    await out.discard();
    throw error;
  }
});

function byVault(context: CliContext, flags: SealFlags): Sealing {
  const keyVersion = flags.keyVersion ?? 0;
  return async (plaintext) => {
    const names = { keyVersion: 'keyVersion', key_version: 'keyVersion' };
    const answer = await namingFlags(names, () => withAdmin(context, flags, (admin) => admin.call('vaultSeal', { keyVersion, plaintext })));
    return { sealed: encryptedFile(answer), how: { keyVersion: answer.keyVersion } };
  };
}

async function forKey(context: CliContext, to: string, file = '-'): Promise<Sealing> {
  if (to === '-' && file === '-') throw usageError('the public key and the file can not both be standard input', 'to');
  const publicKey = await withKeyFile(context, to, async (bytes) => readPublicKey(bytes.slice(), 'to'));
  return (plaintext) => namingFlags({ publicKey: 'to' }, async () => ({ sealed: sealTo(publicKey, plaintext), how: { to } }));
}
