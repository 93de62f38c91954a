/** The daemon as commands use it: connected for one command, left when that ends. */

import { type CallOptions, type CryptoContext, type CryptoResourceId, createCryptoStack } from '../client/index.js';
import type { ContextKind } from '../core/vocabulary.js';
import type { CliContext } from './context.js';
import { usageError } from './failure.js';
import type { DaemonFlags } from './flags.js';
import { usualAlgorithm } from './usual-algorithm.js';

export interface Crypto {
  readonly crypto: CryptoContext;
  /** For each call, so that Ctrl-C ends it. */
  readonly call: CallOptions;
}

/** Runs `work` with a connection; in an interruption leaves without waiting. */
export async function withCrypto<T>(context: CliContext, flags: DaemonFlags, work: (with_: Crypto) => Promise<T>): Promise<T> {
  const { signal } = context;
  const endpoint = flags.endpoint ?? context.process.env.KEYSLOT_ENDPOINT;
  const stack = await createCryptoStack(
    {
      ...(endpoint === undefined || endpoint === '' ? {} : { connectionEndpoint: endpoint }),
      ...(flags.timeout === undefined ? {} : { defaultOperationTimeout: flags.timeout }),
      reconnect: false,
    },
    { signal, ...(flags.timeout === undefined ? {} : { timeout: flags.timeout }) },
  );
  try {
    const call = { signal };
    return await work({ crypto: await stack.createCryptoContext(call), call });
  } finally {
    if (signal.aborted) stack.destroy();
    else await stack.close();
  }
}

/** The slot of a name, and the algorithm to use with it: the given one, or the usual one for its kind of key. */
export async function keyAndAlgorithm(
  { crypto, call }: Crypto,
  name: string,
  kind: ContextKind,
  given: string | undefined,
): Promise<{ key: CryptoResourceId; algorithm: string }> {
  const key = await crypto.resolveResource(name, 'keySlot', call);
  if (given !== undefined) return { key, algorithm: given };
  const slot = await crypto.getKeySlotObject(key, call);
  const usual = usualAlgorithm(slot.algorithm, kind);
  if (usual === undefined) throw usageError(`slot "${name}" is for ${slot.algorithm}: name an algorithm with --algorithm`, 'algorithm');
  return { key, algorithm: usual };
}
