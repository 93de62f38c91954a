import { action } from '../action.js';
import { checksumFiles } from '../checksum.js';
import { withCrypto } from '../crypto.js';
import { feed } from '../feed.js';
import { namingFlags } from '../flag-names.js';
import { type DaemonFlags, providerChoice } from '../flags.js';
import { type OutputParameterFlags, outputParameterNames, outputParameters } from '../output-parameters.js';
import { Progress } from '../progress.js';

export interface HashFlags extends DaemonFlags, OutputParameterFlags {
  readonly algorithm?: string;
}

/** `keyslot hash` */
export const hash = action(async (context, flags: HashFlags, ...files: string[]) => {
  const { algorithm = 'SHA-256', json = false } = flags;
  const parameters = await outputParameters(context, flags);
  return await namingFlags(outputParameterNames, () =>
    withCrypto(context, flags, async ({ crypto, call }) => {
      await using stream = await crypto.createHashContext({ algorithm, ...parameters, ...providerChoice(flags.provider) }, call);
      return await checksumFiles(context, files, {
        json,
        field: 'digest',
        about: { algorithm },
        async compute(input) {
          await stream.init(call);
          const progress = new Progress(context, 'hashing', input, json);
          const bytes = await feed((piece) => stream.update(piece, call), input, progress);
          return { file: input.name, bytes, value: await stream.finalize(undefined, call) };
        },
      });
    }),
  );
});
