/** Key operation permissions: a key may do what it is for, and nothing else. */
import { type CryptoContext, hasPermission, KeyOperationPermission, KeyslotError } from '../../src/client/index.js';

export interface Permissions {
  /** Why the encryption key did not sign. */
  refusal: string;
  slotMaySign: boolean;
  authenticationKeyMay: number;
}

export async function enforceLeastPrivilege(ctx: CryptoContext): Promise<Permissions> {
  // 1. Generate a key for encryption only
  await using keyMgmt = await ctx.createKeyManagementContext();
  await using encKey = await keyMgmt.generateKey({
    algorithm: 'AES-256',
    permissions: KeyOperationPermission.encrypt | KeyOperationPermission.decrypt,
  });

  // 2. Encryption works: the key has the permission `encrypt`
  await using enc = await ctx.createCipherContext({ algorithm: 'AES-256-CBC', key: encKey, direction: 'encrypt' });
  await enc.singleShot(new Uint8Array(16), Buffer.from('allowed'));

  // 3. Signing is refused: the key lacks the permission `sign`
  const refusal = await ctx.createSignContext({ algorithm: 'HMAC-SHA-256', key: encKey }).then(
    () => 'none',
    (error: unknown) => (error instanceof KeyslotError ? error.code : String(error)),
  );
  // refusal is 'KEY_OPERATION_NOT_PERMITTED'

  // 4. Query the permissions of a key slot
  const slot = await ctx.resolveResource('SigningKey', 'keySlot');
  const { permittedOperations } = await ctx.getKeySlotObject(slot);
  const slotMaySign = hasPermission(permittedOperations, KeyOperationPermission.sign);

  // 5. Composite presets for common patterns
  await using authKey = await keyMgmt.generateKey({
    algorithm: 'ECDSA-P256',
    permissions: KeyOperationPermission.authentication,
  });
  const { permittedOperations: authenticationKeyMay } = await ctx.getKeyObject(authKey);
  // authKey may sign, verify, MAC and agree; it may not encrypt or wrap
  return { refusal, slotMaySign, authenticationKeyMay };
}
