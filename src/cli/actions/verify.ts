import { exitStatus } from '../../core/errors.js';
import { action, printJson } from '../action.js';
import { keyAndAlgorithm, withCrypto } from '../crypto.js';
import { decode, type EncodingFlags, encodingOf } from '../encoding.js';
import { usageError } from '../failure.js';
import { feed } from '../feed.js';
import { namingFlags } from '../flag-names.js';
import { type DaemonFlags, providerChoice } from '../flags.js';
import { openInput, readSmall } from '../input-file.js';
import { Progress } from '../progress.js';
import { type SignatureFlags, signatureNames, signatureParameters } from '../signature-flags.js';

export interface VerifyFlags extends DaemonFlags, EncodingFlags, SignatureFlags {
  readonly key: string;
  readonly signature: string;
  readonly algorithm?: string;
}

const longestSignature = 65_536;

/** `keyslot verify` */
export const verify = action(async (context, flags: VerifyFlags, given?: string) => {
  const { json = false } = flags;
  const file = given ?? '-';
  if (flags.signature === '-' && file === '-') throw usageError('the file and its signature can not both be standard input', 'signature');
  const encoding = encodingOf(flags);
  const signature = decode(await readSmall(context, flags.signature, longestSignature), encoding, flags.signature);
  const parameters = await signatureParameters(context, flags);
  const { ok, ...about } = await namingFlags(signatureNames, () =>
    withCrypto(context, flags, async (daemon) => {
      const { crypto, call } = daemon;
      const { key, algorithm } = await keyAndAlgorithm(daemon, flags.key, 'verify', flags.algorithm);
      const config = { key, algorithm, ...parameters, ...providerChoice(flags.provider) };
      await using stream = await crypto.createVerifySignatureContext(config, call);
      await using input = await openInput(context, file);
      await stream.init(call);
      const bytes = await feed((piece) => stream.update(piece, call), input, new Progress(context, 'reading', input, json));
      return { ok: await stream.verifyFinalize(signature, call), file: input.name, bytes, algorithm, key: flags.key };
    }),
  );
  if (json) printJson(context, { ok, ...about });
  else context.process.stdout.write(`${about.file}: ${ok ? 'ok' : 'does not match'}\n`);
  return ok ? exitStatus.ok : exitStatus.failed;
});
