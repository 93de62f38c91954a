/** Keys leaving the daemon: the provider gives SPKI, PKCS#8 or raw bytes, which are turned into what was asked for. */
import { KeyslotError } from '../../core/errors.js';
import { hasPermission, KeyOperationPermission } from '../../core/permissions.js';
import type { KeyFormat } from '../../core/vocabulary.js';
import type { Call } from '../../providers/contract.js';
import { encodePrivateKey, encodePublicKey, encodeSecretKey } from '../../providers/key-encoding/export-key.js';
import type { KeyEntry } from '../key-entry.js';

/**
 * The bytes of a key: of a public half always, of secrets only with the permission `export`. Without a format public and private keys are
 * DER and secret ones raw.
 * @throws KEY_OPERATION_NOT_PERMITTED, KEY_NOT_EXPORTABLE, INCOMPATIBLE_KEY_TYPE, INVALID_ARGUMENT with field `format`
 */
export async function encodeKey(entry: KeyEntry, format: KeyFormat | undefined, publicHalf: boolean, call: Call): Promise<Uint8Array> {
  const { key, traits } = entry;
  if (key.half === 'public' || publicHalf) {
    if (key.half === 'secret') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a secret key has no public half', { field: 'key' });
    return encodePublicKey(key.algorithm, await key.provider.keys.exportPublic(key, call), format ?? 'der');
  }
  if (!hasPermission(traits.permissions, KeyOperationPermission.export)) {
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', 'the key may not export', { field: 'key' });
  }
  const bytes = await key.provider.keys.exportSecret(key, call);
  try {
    if (key.half === 'secret') return encodeSecretKey(bytes, format ?? 'raw');
    return encodePrivateKey(key.algorithm, bytes, format ?? 'der');
  } finally {
    bytes.fill(0);
  }
}
