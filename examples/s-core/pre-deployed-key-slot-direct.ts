/** Pre-deployed key flow, slot-direct path: a persistent key by its name, the simplest way. No loadKey and no guard are needed. */
import { createCryptoStack } from '../../src/client/index.js';

export async function encryptWithPreDeployedKey(endpoint: string, iv: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> {
  // 1. Create stack and context
  await using stack = await createCryptoStack({ connectionEndpoint: endpoint });
  await using ctx = await stack.createCryptoContext();

  // 2. Resolve the pre-deployed key slot (no loadKey needed)
  const slot = await ctx.resolveResource('PreDeployedSlot', 'keySlot');

  // 3. Create the cipher context: the slot stands for its key, which the daemon loads
  await using enc = await ctx.createCipherContext({ algorithm: 'AES-256-CBC', key: slot, direction: 'encrypt' });

  // 4. Encrypt data: what `update` keeps back comes with `finalize`
  await enc.init(iv);
  const first = await enc.update(plaintext);
  const last = await enc.finalize();
  return Buffer.concat([first, last]);

  // 5. Leaving the block closes the context, which releases the key that the daemon loaded for it
}
