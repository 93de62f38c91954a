import { action, printJson } from '../action.js';
import { keyAndAlgorithm, withCrypto } from '../crypto.js';
import { usageError } from '../failure.js';
import { type DaemonFlags, type OutputFlags, providerChoice } from '../flags.js';
import { openInput } from '../input-file.js';
import { openOutput } from '../output-file.js';
import { Progress } from '../progress.js';
import { ChunkContexts } from '../sealed/chunk-contexts.js';
import { aeadOf } from '../sealed/layout.js';
import { seal } from '../sealed/seal.js';

export interface EncryptFlags extends DaemonFlags, OutputFlags {
  readonly key: string;
  readonly algorithm?: string;
}

/** JSON and the file itself can't share standard output. @throws INVALID_ARGUMENT (usage) */
export function assertSeparateOutput({ json = false, output = '-' }: DaemonFlags & OutputFlags): void {
  if (json && output === '-') throw usageError('--json needs -o FILE: standard output is for the JSON then', 'output');
}

/** `keyslot encrypt` */
export const encrypt = action(async (context, flags: EncryptFlags, file?: string) => {
  const { json = false } = flags;
  assertSeparateOutput(flags);
  await using input = await openInput(context, file);
  const out = await openOutput(context, flags, { mode: 0o666 });
  const progress = new Progress(context, 'encrypting', input, json);
  try {
    const result = await withCrypto(context, flags, async (daemon) => {
      const { key, algorithm: name } = await keyAndAlgorithm(daemon, flags.key, 'aead', flags.algorithm);
      const algorithm = aeadOf(name).name;
      await using contexts = new ChunkContexts(daemon, { key, algorithm, ...providerChoice(flags.provider) }, 'encrypt');
      return { algorithm, ...(await seal({ algorithm, contexts, input, progress, write: (bytes) => out.write(bytes) })) };
    });
    await out.commit();
    progress.end();
    if (json) printJson(context, { file: input.name, output: out.name, key: flags.key, ...result });
  } catch (error) {
    progress.end();
    await out.discard();
    throw error;
  }
});
