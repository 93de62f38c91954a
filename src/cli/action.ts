/** What all commands share when they run: their errors are told, their exit status is kept. */
import { exitStatus } from '../core/errors.js';
import { type CliContext, type CommandThis, interruption } from './context.js';
import { report } from './failure.js';
import type { JsonFlags } from './flags.js';

/** Answers the exit status; nothing means that all went well. */
export type Run<F extends JsonFlags, A extends readonly unknown[]> = (
  context: CliContext,
  flags: F,
  ...args: A
  // biome-ignore lint/suspicious/noConfusingVoidType: a command that has nothing to tell returns nothing
) => Promise<number | void>;

export type Action<F extends JsonFlags, A extends readonly unknown[]> = (this: CommandThis, flags: F, ...args: A) => Promise<void>;

export function action<F extends JsonFlags, A extends readonly unknown[]>(run: Run<F, A>): Action<F, A> {
  return async function (this: CommandThis, flags: F, ...args: A): Promise<void> {
    const { cli } = this;
    try {
      const status = await run(cli, flags, ...args);
      cli.status = interruption(cli.signal) ?? status ?? exitStatus.ok;
    } catch (error) {
      cli.status = report(cli, flags.json === true, error);
    }
  };
}

/** One result for machines. */
export function printJson(context: CliContext, value: object): void {
  context.process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
