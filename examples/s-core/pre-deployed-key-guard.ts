/** Pre-deployed key flow, guard path: one loaded key in several contexts at once. */
import type { CryptoContext, KeySlotInfo } from '../../src/client/index.js';

export async function encryptAndDecryptWithOneKey(
  ctx: CryptoContext,
  iv: Uint8Array,
  plaintext: Uint8Array,
): Promise<{ info: KeySlotInfo; ciphertext: Uint8Array; decrypted: Uint8Array }> {
  // 1. Resolve the slot and load the key explicitly
  const slot = await ctx.resolveResource('PreDeployedSlot', 'keySlot');
  await using keyMgmt = await ctx.createKeyManagementContext();
  await using keyGuard = await keyMgmt.loadKey(slot);
  // keyGuard is a CryptoResourceGuard whose type is 'key'

  // 2. Query metadata of the slot
  const info = await keyMgmt.getKeySlotInfo(slot);
  // info is { state: 'occupied', algorithm: 'AES-256', primaryProvider: 2, compatibleProviders: [2], … }

  // 3. Use the same loaded key in two contexts: a guard can stand wherever an id can
  await using enc = await ctx.createCipherContext({ algorithm: 'AES-256-CBC', key: keyGuard, direction: 'encrypt' });
  await using dec = await ctx.createCipherContext({ algorithm: 'AES-256-CBC', key: keyGuard, direction: 'decrypt' });

  // 4. Use both contexts; `singleShot` is init, update and finalize in one call
  const ciphertext = await enc.singleShot(iv, plaintext);
  const decrypted = await dec.singleShot(iv, ciphertext);
  return { info, ciphertext, decrypted };

  // 5. Leaving the block closes the contexts and releases the guard, last made first; any order would be right
}
