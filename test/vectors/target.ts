/** The daemon that vectors run on: one that runs already, or a disposable one with the wanted provider. */
import { type ProviderLine, startDisposableDaemon } from '../../src/testing/index.js';
import type { TestedProvider } from '../conformance/providers.js';

export interface Target extends AsyncDisposable {
  readonly endpoint: string;
  /** The provider's name in the daemon. */
  readonly provider: string;
}

export function runningTarget(endpoint: string, provider: string): Target {
  return { endpoint, provider, [Symbol.asyncDispose]: async () => undefined };
}

// Nothing here tests deadlines, and some vectors want very much work: large RSA keys, signatures of SLH-DSA, millions of iterations.
const timeouts = { default: '5min', max: '10min', stream: '10min', hang: { call: '10min', generate: '10min' } };
const limits = { keys: 100_000, contexts: 100_000 };

/** A token is told to take RSA keys of all lengths of the table. */
function withLargeKeys(line: ProviderLine): ProviderLine {
  return line.type === 'pkcs11' ? { ...line, maxKeyLength: 8192 } : line;
}

/** @throws PROVIDER_NOT_AVAILABLE */
export async function disposableTarget(provider: TestedProvider): Promise<Target> {
  const setup = await provider.setUp();
  const free = () => setup[Symbol.asyncDispose]();
  try {
    const daemon = await startDisposableDaemon({ settings: { providers: [withLargeKeys(setup.line)], limits, timeouts } });
    const dispose = async (): Promise<void> => {
      await daemon[Symbol.asyncDispose]();
      await free();
    };
    return { endpoint: daemon.endpoint, provider: setup.line.name, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await free();
    throw error;
  }
}
