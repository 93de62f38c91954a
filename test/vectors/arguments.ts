import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeProviders, type TestedProvider, testedProvider, testedProviders } from '../conformance/providers.js';

export interface WantedProvider {
  readonly name: string;
  /** A row of the table, or undefined with an endpoint. */
  readonly tested: TestedProvider | undefined;
}

export interface VectorsOptions {
  readonly paths: readonly string[];
  readonly providers: readonly WantedProvider[];
  readonly endpoint: string | undefined;
  readonly json: string | undefined;
  readonly seed: number;
  readonly longest: number;
  /** Makes a path of the caller absolute: npm runs scripts in the package's folder. */
  readonly resolve: (path: string) => string;
}

export const usage = `Runs test vectors through a daemon and the client.

Usage: npm run vectors -- PATH… [--provider NAME]… [--json FILE]

  PATH              files, or folders with all that is below them
  --provider NAME   where they run (default: all, one after the other)
  --json FILE       writes [{file, provider, passed, failed, skipped: {reason: n}}]
  --endpoint E      uses the daemon that runs at unix:/path; NAME is its provider's name, then (default: software)
  --seed N          of the random cuts of streamed messages (default: 1)
  --longest BYTES   longer messages are skipped (default: 1073741824)

Providers:
${describeProviders()}

Licences, READMEs and .md files are not looked at. Exit: 0 all passed, 1 something failed, there was no file or a provider can not
be used, 2 usage.
`;

/** Thrown for arguments that can't be used. */
export class UsageError extends Error {}

function wholeNumber(text: string, option: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`--${option} must be a whole number`);
}

function wantedProvider(name: string): WantedProvider {
  const tested = testedProvider(name);
  if (tested === undefined) throw new UsageError(`there is no provider "${name}"; there are:\n${describeProviders()}`);
  return { name: tested.names[0], tested };
}

function wantedProviders(names: readonly string[], endpoint: string | undefined): WantedProvider[] {
  if (endpoint !== undefined) return (names.length > 0 ? names : ['software']).map((name) => ({ name, tested: undefined }));
  return (names.length > 0 ? names : testedProviders.map((row) => row.names[0])).map(wantedProvider);
}

/** Undefined when help was asked for. @throws UsageError */
export function readArguments(argv: readonly string[], folder: string): VectorsOptions | undefined {
  const { values, positionals } = parse(argv);
  if (values.help === true) return undefined;
  if (positionals.length === 0) throw new UsageError('a PATH is missing');
  return {
    paths: positionals,
    providers: wantedProviders(values.provider ?? [], values.endpoint),
    endpoint: values.endpoint,
    json: values.json,
    seed: wholeNumber(values.seed ?? '1', 'seed'),
    longest: wholeNumber(values.longest ?? '1073741824', 'longest'),
    resolve: (path) => resolve(folder, path),
  };
}

const text = { type: 'string' } as const;

function parse(argv: readonly string[]) {
  const options = {
    provider: { ...text, multiple: true },
    json: text,
    endpoint: text,
    seed: text,
    longest: text,
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
