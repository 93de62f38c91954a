import { action, printJson } from '../action.js';
import { keyAndAlgorithm, withCrypto } from '../crypto.js';
import { type EncodingFlags, encode, encodingOf } from '../encoding.js';
import { feed } from '../feed.js';
import { namingFlags } from '../flag-names.js';
import { type DaemonFlags, type OutputFlags, providerChoice } from '../flags.js';
import { openInput } from '../input-file.js';
import { openOutput } from '../output-file.js';
import { Progress } from '../progress.js';
import { type SignatureFlags, signatureNames, signatureParameters } from '../signature-flags.js';

export interface SignFlags extends DaemonFlags, OutputFlags, EncodingFlags, SignatureFlags {
  readonly key: string;
  readonly algorithm?: string;
  readonly deterministic?: boolean;
}

/** `keyslot sign` */
export const sign = action(async (context, flags: SignFlags, file?: string) => {
  const { json = false } = flags;
  const encoding = encodingOf(flags);
  const inJson = json && (flags.output === undefined || flags.output === '-');
  const rules = { mode: 0o666, text: encoding !== 'raw', instead: 'give -o FILE, --hex or --base64' };
  const out = inJson ? undefined : await openOutput(context, flags, rules);
  try {
    const parameters = await signatureParameters(context, flags);
    const { signature, ...about } = await namingFlags(signatureNames, () =>
      withCrypto(context, flags, async (daemon) => {
        const { crypto, call } = daemon;
        const { key, algorithm } = await keyAndAlgorithm(daemon, flags.key, 'sign', flags.algorithm);
        const config = { key, algorithm, ...parameters, ...providerChoice(flags.provider) };
        await using stream = await crypto.createSignContext(config, call);
        await using input = await openInput(context, file);
        await stream.init(call);
        const bytes = await feed((piece) => stream.update(piece, call), input, new Progress(context, 'reading', input, json));
        return { file: input.name, bytes, algorithm, key: flags.key, signature: await stream.signFinalize(undefined, call) };
      }),
    );
    await out?.write(encode(signature, encoding));
    await out?.commit();
    const written = out === undefined ? { signature: Buffer.from(signature).toString('base64') } : { output: out.name };
    if (json) printJson(context, { ...about, signatureBytes: signature.length, ...written });
  } catch (error) {
    await out?.discard();
    throw error;
  }
});
