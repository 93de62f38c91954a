/** Operation timeouts: every call has an end, for the sake of safety analysis. */
import { type CryptoResourceId, createCryptoStack, KeyslotError } from '../../src/client/index.js';

export interface TimeoutOutcome {
  digest: Uint8Array | undefined;
  /** What became of a call that had one millisecond for a second's work. */
  hurried: string;
  slow: CryptoResourceId;
}

export async function boundEveryCall(endpoint: string, chunk: Uint8Array): Promise<TimeoutOutcome> {
  // 1. Default of the whole stack: 500 ms for each call
  await using stack = await createCryptoStack({ connectionEndpoint: endpoint, defaultOperationTimeout: 500 });
  await using ctx = await stack.createCryptoContext();

  // 2. Override of one context: tighter, 200 ms for each call
  await using hash = await ctx.createHashContext({ algorithm: 'SHA-256', operationTimeout: 200 });

  // init, update and finalize have 200 ms each
  let digest: Uint8Array | undefined;
  try {
    await hash.init(); //         at most 200 ms, or OPERATION_TIMED_OUT
    await hash.update(chunk); //  at most 200 ms, or OPERATION_TIMED_OUT
    digest = await hash.finalize();
  } catch (error) {
    // After a timeout the context has failed: close it and make another
    if (codeOf(error) !== 'OPERATION_TIMED_OUT') throw error;
  }

  // A call's own deadline counts more than its context's. The key that comes too late is freed by the daemon
  await using hurriedMgmt = await ctx.createKeyManagementContext();
  const hurried = await hurriedMgmt.generateKey('RSA-2048', { timeout: 1 }).then(() => 'made', codeOf);
  // hurried is 'OPERATION_TIMED_OUT'

  // 3. No deadline for slow key generation on an HSM, where the daemon's configuration allows that (`timeouts.allowNone`);
  //    elsewhere the daemon's longest deadline counts
  await using keyMgmt = await ctx.createKeyManagementContext({ disableTimeout: true });
  await using slowKey = await keyMgmt.generateKey('RSA-2048');
  // this may take seconds on hardware, and does not time out
  return { digest, hurried, slow: slowKey.toJSON() };
}

function codeOf(error: unknown): string {
  return error instanceof KeyslotError ? error.code : String(error);
}
