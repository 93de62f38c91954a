/** Context reuse via reset: make a context once, use it for many messages. */
import type { CryptoContext } from '../../src/client/index.js';

export async function hashManyMessages(
  ctx: CryptoContext,
  message1: Uint8Array,
  message2: Uint8Array,
  correctData: Uint8Array,
): Promise<[Uint8Array, Uint8Array, Uint8Array]> {
  // Create the context once: this is what costs (a provider is chosen, the daemon makes an operation)
  await using hash = await ctx.createHashContext({ algorithm: 'SHA-256' });

  // First message
  await hash.init();
  await hash.update(message1);
  const digest1 = await hash.finalize();

  // Reuse: cheap, a single round trip
  await hash.reset();

  // Second message with the same context
  await hash.init();
  await hash.update(message2);
  const digest2 = await hash.finalize();

  // A message can also be given up in its middle and begun anew
  await hash.init();
  await hash.update(Buffer.from('partial data'));
  await hash.reset(); // discards the partial work
  await hash.init();
  await hash.update(correctData);
  const digest3 = await hash.finalize();
  return [digest1, digest2, digest3];
}
