/** Ephemeral key generation and use: generate a key, use it, keep it if you like. */
import { randomBytes } from 'node:crypto';
import { type CryptoContext, KeyOperationPermission, type KeySlotInfo } from '../../src/client/index.js';

export async function generateUseAndPersist(
  ctx: CryptoContext,
  plaintext: Uint8Array,
): Promise<{ decrypted: Uint8Array; info: KeySlotInfo }> {
  // Generate an ephemeral key (returns a CryptoResourceGuard)
  await using keyMgmt = await ctx.createKeyManagementContext();
  await using ephKey = await keyMgmt.generateKey({
    algorithm: 'AES-256',
    permissions: KeyOperationPermission.encrypt | KeyOperationPermission.decrypt,
  });
  // ephKey is a CryptoResourceGuard with
  //   type 'key'
  //   persistence 'ephemeral'
  //   permitted operations encrypt and decrypt, and no others

  // Use it immediately: the guard stands for its key
  await using enc = await ctx.createAeadContext({ algorithm: 'AES-256-GCM', key: ephKey, direction: 'encrypt' });
  const nonce = randomBytes(12);
  const { data, tag } = await enc.encrypt({ nonce, data: plaintext });

  // Optionally persist it for future use
  const target = await ctx.resolveResource('MyNewSlot', 'keySlot');
  await keyMgmt.persistKey(target, ephKey); // copy semantics: ephKey stays active

  // Use the target (a key slot) for all durable operations from now on
  await using dec = await ctx.createAeadContext({ algorithm: 'AES-256-GCM', key: target, direction: 'decrypt' });
  const decrypted = await dec.decrypt({ nonce, data, tag });
  return { decrypted, info: await keyMgmt.getKeySlotInfo(target) };
}
