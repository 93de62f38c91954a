/** Bytes that a command makes: into a file, to standard output, or inside the JSON. */
import type { CliContext } from './context.js';
import { usageError } from './failure.js';
import type { JsonFlags, OutputFlags } from './flags.js';
import { type OutputRules, openOutput } from './output-file.js';

export interface ResultBytes {
  /** Gives them to where they go. Answers what JSON tells of it: `output`, or `inJson` itself. */
  deliver(bytes: Uint8Array, inJson: () => object): Promise<object>;
  discard(): Promise<void>;
}

export interface ResultRules extends OutputRules {
  /** They never stand in the JSON. */
  readonly secret?: boolean;
}

/** Opens the output before the work begins, so that nothing is done for nothing. @throws INVALID_ARGUMENT (usage); OPERATION_FAILED with exit 73 */
export async function openResult(context: CliContext, flags: JsonFlags & OutputFlags, rules: ResultRules): Promise<ResultBytes> {
  const inStandardOutput = flags.output === undefined || flags.output === '-';
  if (flags.json === true && inStandardOutput) {
    if (rules.secret === true) throw usageError('--json needs -o FILE: a secret does not stand in the JSON', 'output');
    return { deliver: async (_bytes, inJson) => inJson(), discard: async () => undefined };
  }
  const out = await openOutput(context, flags, rules);
  return {
    async deliver(bytes) {
      await out.write(bytes);
      await out.commit();
      return { output: out.name };
    },
    discard: () => out.discard(),
  };
}

/** Runs work with a result; when that fails nothing of it stays. */
export async function withResult<T>(result: ResultBytes, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await result.discard();
    throw error;
  }
}
