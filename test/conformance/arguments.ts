import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ClientManner } from './bench.js';
import { describeProviders, type TestedProvider, testedProvider } from './providers.js';

export interface ConformanceOptions {
  readonly provider: TestedProvider;
  readonly json: string | undefined;
  /** Checks whose names contain this. */
  readonly only: string;
  readonly clients: readonly ClientManner[];
  /** Leaves out what moves very much data. */
  readonly quick: boolean;
}

export const usage = `Runs the conformance suite against one provider, on a disposable daemon.

Usage: npm run conformance -- --provider NAME [--json FILE]

  --provider NAME   which one
  --json FILE       writes [{name, result, reason?, message?}]; result is passed, failed or skipped
  --only TEXT       checks whose names contain TEXT
  --client MANNER   async or blocking; both when not given (the blocking client runs a part)
  --quick           without messages of 64 MiB

Providers:
${describeProviders()}

Exit: 0 all passed, 1 something failed or nothing ran, 2 usage.
`;

/** Thrown for arguments that can't be used. */
export class UsageError extends Error {}

/** Undefined when help was asked for. @throws UsageError */
export function readArguments(argv: readonly string[], folder: string): ConformanceOptions | undefined {
  const values = parse(argv);
  if (values.help === true) return undefined;
  if (values.provider === undefined) throw new UsageError(`--provider is missing; there are:\n${describeProviders()}`);
  const provider = testedProvider(values.provider);
  if (provider === undefined) throw new UsageError(`there is no provider "${values.provider}"; there are:\n${describeProviders()}`);
  return {
    provider,
    json: values.json === undefined ? undefined : resolve(folder, values.json),
    only: values.only ?? '',
    clients: clientsOf(values.client),
    quick: values.quick === true,
  };
}

function clientsOf(client: string | undefined): readonly ClientManner[] {
  if (client === undefined) return ['async', 'blocking'];
  if (client === 'async' || client === 'blocking') return [client];
  throw new UsageError('--client must be async or blocking');
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parse(argv: readonly string[]) {
  const options = { provider: text, json: text, only: text, client: text, quick: flag, help: { ...flag, short: 'h' } } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
