import { action, printJson } from '../action.js';
import { withCrypto } from '../crypto.js';
import { type DaemonFlags, type OutputFlags, providerChoice } from '../flags.js';
import { openInput } from '../input-file.js';
import { openOutput } from '../output-file.js';
import { Progress } from '../progress.js';
import { ChunkContexts } from '../sealed/chunk-contexts.js';
import { takeHeader, unseal } from '../sealed/unseal.js';
import { assertSeparateOutput } from './encrypt.js';

export interface DecryptFlags extends DaemonFlags, OutputFlags {
  readonly key: string;
}

/** `keyslot decrypt`. What was secret stays its owner's: a new file can't be read by others. */
export const decrypt = action(async (context, flags: DecryptFlags, file?: string) => {
  const { json = false } = flags;
  assertSeparateOutput(flags);
  await using input = await openInput(context, file);
  const header = await takeHeader(input);
  const out = await openOutput(context, flags, { mode: 0o600 });
  const progress = new Progress(context, 'decrypting', input, json);
  try {
    const { algorithm } = header;
    const result = await withCrypto(context, flags, async (daemon) => {
      const key = await daemon.crypto.resolveResource(flags.key, 'keySlot', daemon.call);
      await using contexts = new ChunkContexts(daemon, { key, algorithm, ...providerChoice(flags.provider) }, 'decrypt');
      return await unseal({ header, contexts, input, progress, write: (bytes) => out.write(bytes) });
    });
    await out.commit();
    progress.end();
    if (json) printJson(context, { file: input.name, output: out.name, key: flags.key, algorithm, ...result });
  } catch (error) {
    progress.end();
    await out.discard();
    throw error;
  }
});
