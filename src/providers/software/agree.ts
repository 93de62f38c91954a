/** Key agreement: ECDH (SP 800-56A 5.7.1.2), X25519 and X448 (RFC 7748 section 6), by node:crypto. */
import { diffieHellman } from 'node:crypto';
import type { AgreementRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyFormat } from '../contract.js';
import { importMaterial } from '../key-encoding/import-material.js';
import { objectOf } from '../key-encoding/material.js';
import { isSlowImport } from '../key-encoding/slow-imports.js';
import type { SoftwareKey } from './key.js';

export interface Agreement {
  readonly agreement: AgreementRow;
  readonly peer: Uint8Array;
  readonly peerFormat: KeyFormat;
}

/**
 * The shared secret, which the caller wipes.
 * @throws INVALID_FORMAT, ALGORITHM_MISMATCH with field `peerPublicKey`; KEY_AGREEMENT_FAILED for a public key of small order
 */
export function sharedSecret(key: SoftwareKey, { agreement, peer, peerFormat }: Agreement): Uint8Array {
  const publicKey = peerKey(key, peer, peerFormat);
  try {
    return diffieHellman({ privateKey: key.privateKey(), publicKey });
  } catch {
    throw new KeyslotError('KEY_AGREEMENT_FAILED', `${agreement.name} gives no secret with this public key`, { field: 'peerPublicKey' });
  }
}

function peerKey(key: SoftwareKey, peer: Uint8Array, format: KeyFormat) {
  try {
    // A private key is no peer, and would take longer to check.
    if (isSlowImport(key.algorithm, format, peer, undefined)) throw noPublicKey();
    const material = importMaterial(key.algorithm, format, peer);
    if (material.half === 'public') return objectOf(material);
  } catch (error) {
    // An encrypted private key is no public key either.
    if (error instanceof KeyslotError && error.field === 'passphrase') throw noPublicKey();
    if (!(error instanceof KeyslotError) || (error.code !== 'INVALID_FORMAT' && error.code !== 'ALGORITHM_MISMATCH')) throw error;
    throw new KeyslotError(error.code, error.message, { field: 'peerPublicKey' });
  }
  throw noPublicKey();
}

function noPublicKey(): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', 'this is not a public key', { field: 'peerPublicKey' });
}
