/** The daemon that vectors run on: one that runs already, or a disposable one with the wanted provider. */
import { startDisposableDaemon } from '../../src/testing/index.js';
import type { TestedProvider } from '../conformance/providers.js';

export interface Target extends AsyncDisposable {
  readonly endpoint: string;
  /** The provider's name in the daemon. */
  readonly provider: string;
}

export function runningTarget(endpoint: string, provider: string): Target {
  return { endpoint, provider, [Symbol.asyncDispose]: async () => undefined };
}

/** @throws PROVIDER_NOT_AVAILABLE */
export async function disposableTarget(provider: TestedProvider): Promise<Target> {
  const setup = await provider.setUp();
  const free = () => setup[Symbol.asyncDispose]();
  try {
    const daemon = await startDisposableDaemon({ settings: { providers: [setup.line], timeouts: { default: '30s', max: '120s' } } });
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
