import { exitStatus, KeyslotError } from '../../core/errors.js';
import { checkFiles } from '../../daemon/config/files.js';
import { type ConfigError, type ConfigProblem, describeProblem, loadConfig } from '../../daemon/config/load.js';
import { action, printJson } from '../action.js';
import { CommandError } from '../failure.js';
import type { JsonFlags } from '../flags.js';

/** `keyslot config check`. A file that does not exist is no input; everything else that is wrong with it is a configuration error. */
export const configCheck = action(async (context, flags: JsonFlags, file: string) => {
  const problems = problemsOf(file);
  const ok = problems.length === 0;
  if (flags.json === true) printJson(context, { ok, file, problems });
  else if (ok) context.process.stdout.write(`${file}: ok\n`);
  else context.process.stdout.write(`${problems.map(describeProblem).join('\n')}\n`);
  return ok ? exitStatus.ok : exitStatus.configuration;
});

function problemsOf(file: string): readonly ConfigProblem[] {
  try {
    loadConfig(file, checkFiles);
    return [];
  } catch (error) {
    if (!(error instanceof KeyslotError)) throw error;
    if ('problems' in error) return (error as ConfigError).problems;
    if (error.code === 'RESOURCE_NOT_FOUND') throw error;
    throw new CommandError('ACCESS_DENIED', exitStatus.configuration, error.message, error.field);
  }
}
