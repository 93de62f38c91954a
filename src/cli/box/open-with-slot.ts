/** Opens a message of `keyslot seal --to` with the private key in a slot, which stays where it is. */
import { KeyslotError } from '../../core/errors.js';
import { readSealed } from '../../vault/seal-to.js';
import type { Crypto } from '../crypto.js';

const tagSize = 16;

/** The plaintext, which the caller wipes. @throws RESOURCE_NOT_FOUND for a message to another key, INVALID_FORMAT, OPERATION_FAILED */
export async function openWithSlot({ crypto, call }: Crypto, slot: string, message: Uint8Array): Promise<Uint8Array> {
  const privateKey = await crypto.resolveResource(slot, 'keySlot', call);
  const { primaryProvider: provider } = await crypto.getKeySlotObject(privateKey, call);
  const key = await crypto.getKeyObject(privateKey, call);
  const publicKey = await key.exportPublicKey?.('der', call);
  if (publicKey === undefined)
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `the key in "${slot}" has no private half: such a message needs X25519 or P-256`, {
      field: 'key',
    });
  const { agreement, iv, aad, data } = readSealed(message, publicKey);
  await using management = await crypto.createKeyManagementContext({ provider }, call);
  const params = {
    privateKey,
    peerPublicKey: agreement.peerPublicKey,
    publicKeyFormat: 'raw',
    agreementAlgorithm: agreement.algorithm,
    derivedKeyAlgorithm: 'AES-256',
    kdf: { kdfAlgorithm: 'HKDF-SHA-256', label: agreement.info },
  } as const;
  await using derived = await management.agreeKey(params, call);
  const config = { algorithm: 'AES-256-GCM', key: derived, direction: 'decrypt', provider } as const;
  await using aead = await crypto.createAeadContext(config, call);
  const tagAt = data.length - tagSize;
  // Awaited here: its rejection must not come while the contexts are closed.
  return await aead.decrypt({ nonce: iv, aad, data: data.subarray(0, tagAt), tag: data.subarray(tagAt) }, call);
}
