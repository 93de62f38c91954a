/** One run of the command line: arguments in, exit status out. */
import { ExitCode, run } from '@stricli/core';
import { exitStatus } from '../core/errors.js';
import { application } from './application.js';
import { type CliContext, interruption, type Output } from './context.js';
import { report, usageError } from './failure.js';

/** Runs a command; `context` decides where everything comes from and goes. Answers the exit status. */
export async function runCli(args: readonly string[], context: CliContext): Promise<number> {
  const { stdout, env } = context.process;
  let complaint = '';
  // The framework complains in its own words; they are told in Keyslot's manner, and as JSON where that is asked for.
  const stderr = {
    write(text: string): void {
      complaint += text;
    },
  };
  const process: StricliProcess = { stdout, stderr, env };
  await run(application, args, { process, cli: context });
  if (complaint === '') return interruption(context.signal) ?? context.status ?? exitStatus.ok;
  const wrongCommandLine = process.exitCode === ExitCode.InvalidArgument || process.exitCode === ExitCode.UnknownCommand;
  return complain(args, context, complaint.trim(), wrongCommandLine);
}

/** What the framework takes and leaves. */
interface StricliProcess {
  readonly stdout: Output;
  readonly stderr: { write(text: string): void };
  readonly env: CliContext['process']['env'];
  exitCode?: number | string | null;
}

function complain(args: readonly string[], context: CliContext, complaint: string, wrongCommandLine: boolean): number {
  const end = args.indexOf('--');
  const json = (end < 0 ? args : args.slice(0, end)).includes('--json');
  if (!wrongCommandLine) return report(context, json, new Error(complaint));
  const words = args.filter((arg) => !arg.startsWith('-')).slice(0, 2);
  const message = complaint.charAt(0).toLowerCase() + complaint.slice(1);
  return report(context, json, usageError(`${message}; see keyslot ${[...commandOf(words), '--help'].join(' ')}`, fieldOf(complaint)));
}

/** The flag or argument that the framework complains of, in camel case. */
function fieldOf(complaint: string): string | undefined {
  const [, name] =
    /^(?:Failed to parse "[\s\S]*" for |Expected input for flag --|Expected argument for |Too many arguments for --)([a-z-]+)/.exec(
      complaint,
    ) ?? [];
  return name?.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The words that name a command. */
function commandOf([first = '', second = '']: readonly string[]): string[] {
  const route = application.root;
  if (!('getRoutingTargetForInput' in route)) return [];
  const target = route.getRoutingTargetForInput(first);
  if (target === undefined) return [];
  if (!('getRoutingTargetForInput' in target)) return [first];
  return target.getRoutingTargetForInput(second) === undefined ? [first] : [first, second];
}
