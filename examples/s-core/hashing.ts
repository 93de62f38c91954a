/** Hashing: a message in parts, and a message at once. */
import type { CryptoContext } from '../../src/client/index.js';

export async function hashInTwoWays(
  ctx: CryptoContext,
  chunk1: Uint8Array,
  chunk2: Uint8Array,
): Promise<{ streamed: Uint8Array; atOnce: Uint8Array }> {
  await using hash = await ctx.createHashContext({ algorithm: 'SHA-256' });

  // Streaming: the digest goes into memory of the caller's, or into fresh memory where none is given
  const digestOut = new Uint8Array(hash.digestSize);
  await hash.init();
  await hash.update(chunk1);
  await hash.update(chunk2);
  const streamed = await hash.finalize(digestOut); // the filled part of digestOut

  // Or single-shot
  const atOnce = await hash.singleShot(Buffer.concat([chunk1, chunk2]));
  return { streamed, atOnce };
}
