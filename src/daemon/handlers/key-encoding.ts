/** Keys leaving the daemon: the provider gives SPKI, PKCS#8 or raw bytes, and this turns them into what was asked for. */
import { createPublicKey } from 'node:crypto';
import { KeyslotError } from '../../core/errors.js';
import { hasPermission, KeyOperationPermission } from '../../core/permissions.js';
import type { KeyFormat } from '../../core/vocabulary.js';
import type { Call } from '../../providers/contract.js';
import type { KeyEntry } from '../key-entry.js';

/**
 * The bytes of a key: of a public half always, of secrets only with the permission `export`.
 * @throws KEY_OPERATION_NOT_PERMITTED, KEY_NOT_EXPORTABLE, INVALID_ARGUMENT
 */
export async function encodeKey(entry: KeyEntry, format: KeyFormat | undefined, publicHalf: boolean, call: Call): Promise<Uint8Array> {
  const { key, traits } = entry;
  if (key.half === 'public' || publicHalf) {
    if (key.half === 'secret') throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'a secret key has no public half', { field: 'key' });
    return encodePublic(await key.provider.keys.exportPublic(key, call), format ?? 'der');
  }
  if (!hasPermission(traits.permissions, KeyOperationPermission.export)) {
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', 'the key may not export', { field: 'key' });
  }
  const usual: KeyFormat = key.half === 'secret' ? 'raw' : 'der';
  const wanted = format ?? usual;
  const allowed: readonly KeyFormat[] = key.half === 'secret' ? ['raw'] : ['der', 'pem'];
  if (!allowed.includes(wanted)) {
    throw new KeyslotError('INVALID_ARGUMENT', `a ${key.half} key is exported as ${allowed.join(' or ')}, not as ${wanted}`, {
      field: 'format',
    });
  }
  const bytes = await key.provider.keys.exportSecret(key, call);
  if (wanted !== 'pem') return bytes;
  const pem = toPem('PRIVATE KEY', bytes);
  bytes.fill(0);
  return pem;
}

function encodePublic(spki: Uint8Array, format: KeyFormat): Uint8Array {
  switch (format) {
    case 'der':
      return spki;
    case 'pem':
      return toPem('PUBLIC KEY', spki);
    case 'jwk':
      return new TextEncoder().encode(
        JSON.stringify(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({ format: 'jwk' })),
      );
    default:
      throw new KeyslotError('INVALID_ARGUMENT', `a public key is exported as der, pem or jwk, not as ${format}`, { field: 'format' });
  }
}

/** RFC 7468. */
function toPem(label: string, der: Uint8Array): Uint8Array {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return new TextEncoder().encode(`-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`);
}
