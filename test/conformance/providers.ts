/**
 * The providers that conformance and vectors run on, one row each: the configuration lines of a disposable daemon. What a row
 * makes is gone when its daemon is disposed.
 */
import { createToken, type ProviderLine, softwareProvider, tokenProvider } from '../../src/testing/index.js';

export interface ProviderSetup extends AsyncDisposable {
  readonly line: ProviderLine;
}
export interface TestedProvider {
  /** What `--provider` takes; the first one is its name in reports and configurations. */
  readonly names: readonly [string, ...string[]];
  readonly about: string;
  readonly setUp: () => Promise<ProviderSetup>;
}

const nothing = async (): Promise<void> => undefined;

export const testedProviders: readonly TestedProvider[] = [
  {
    names: ['software'],
    about: 'node:crypto inside the daemon',
    setUp: async () => ({ line: softwareProvider('software', 1), [Symbol.asyncDispose]: nothing }),
  },
  {
    names: ['softhsm', 'token', 'pkcs11', 'hsm'],
    about: 'a disposable token of SoftHSM2',
    setUp: async () => {
      const token = await createToken({ report: (line) => process.stderr.write(`${line}\n`) });
      return { line: tokenProvider(token, 'softhsm', 2), [Symbol.asyncDispose]: token.remove };
    },
  },
];

export function testedProvider(name: string): TestedProvider | undefined {
  return testedProviders.find(({ names }) => names.includes(name.toLowerCase()));
}

/** The table for help texts. */
export function describeProviders(): string {
  return testedProviders
    .map(({ names, about }) => `  ${names[0].padEnd(10)} ${about}${names.length > 1 ? ` (also: ${names.slice(1).join(', ')})` : ''}`)
    .join('\n');
}
