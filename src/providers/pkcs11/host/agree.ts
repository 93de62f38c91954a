/**
 * Key agreement on the token (PKCS#11 v2.40 2.3.11, CKD_NULL). The shared secret is a short-lived object that the host reads; it goes
 * through the key derivation here and never to the daemon.
 */
import { type AlgorithmRow, isSecretKey, type KeyRow } from '../../../core/algorithms.js';
import { KeyslotError } from '../../../core/errors.js';
import { KeyOperationPermission as p } from '../../../core/permissions.js';
import { decodeParameters } from '../../../protocol/parameters.js';
import { andFinally, andThen, orElse } from '../../answer.js';
import type { Answer, KdfSpec, KeyFormat } from '../../contract.js';
import type { Messages } from '../../hosting/generated/messages.js';
import { kdfRowOf, keyFormatNumbers } from '../../hosting/host-enumerations.js';
import { deriveBytes } from '../../key-derivation/derive-bytes.js';
import { element, encode, tags } from '../../key-encoding/der.js';
import { importMaterial } from '../../key-encoding/import-material.js';
import { objectOf } from '../../key-encoding/material.js';
import { wipe } from '../../key-encoding/secret-bytes.js';
import { CKK, CKR } from '../cryptoki.js';
import { curveForm } from '../key-kinds.js';
import { fullTemplate } from './attributes.js';
import type { HostContext } from './host-context.js';
import { objectClasses, rowOf } from './key-facts.js';
import { publicBits } from './key-values.js';
import { type Grants, importKey, type MadeKey, type Workshop } from './make-key.js';
import { ecdhMechanism } from './mechanisms.js';
import type { Handle } from './module.js';
import { templateOf } from './objects.js';
import { returnValueOf, tokenError } from './return-values.js';

type Request = Messages['agreeKey']['request'];

/** A secret that the host may read, ephemeral and good for nothing else. */
export const readableSecret = {
  CLASS: objectClasses.secret,
  KEY_TYPE: CKK.GENERIC_SECRET,
  ...fullTemplate('secret', 'secret', p.export, undefined),
} as const;

function failed(message: string, cause?: unknown): KeyslotError {
  return new KeyslotError('KEY_AGREEMENT_FAILED', message, { field: 'peerPublicKey', cause });
}

/** The bytes of the key to be made, which the caller wipes. */
export function agreedBytes(context: HostContext, request: Request): Answer<Uint8Array> {
  const kdf = kdfOf(request);
  return andThen(sharedSecret(context, request), (secret) =>
    andFinally(
      () => deriveBytes(kdf, secret, request.keyLength / 8),
      () => wipe(secret),
    ),
  );
}

function kdfOf({ kdf, kdfParameters }: Request): KdfSpec {
  const algorithm = kdfRowOf(kdf);
  return { algorithm, parameters: decodeParameters(algorithm.name, algorithm.parameters, kdfParameters, 'kdf') };
}

function sharedSecret(context: HostContext, request: Request): Answer<Uint8Array> {
  const { token, pool, pace, keys, quirks } = context;
  const privateKey = keys.private(request.privateKey);
  const row = rowOf(keys.get(request.privateKey).facts);
  if (row === undefined || (row.keyType !== 'ec' && row.keyType !== 'montgomery')) throw unfit(row);
  const { valueSize } = curveForm(row);
  const point = peerPoint(row, keyFormatNumbers.given(request.peerFormat, 'publicKeyFormat'), request.peer);
  const mechanism = ecdhMechanism(quirks.peerPointAsDer ? encode(element(tags.octetString, point)) : point);
  const template = templateOf({ ...readableSecret, VALUE_LEN: valueSize });
  return orElse(
    () =>
      pool.use((session) => {
        const derived = pace.perform(
          `${row.name} agree`,
          0,
          () => token.module.C_DeriveKey(session, mechanism, privateKey, template),
          () => token.module.C_DeriveKeyAsync(session, mechanism, privateKey, template),
        );
        return andThen(derived, (object) => takeSecret(context, object, row, valueSize));
      }),
    refuse,
  );
}

function unfit(row: AlgorithmRow | undefined): KeyslotError {
  return new KeyslotError('INCOMPATIBLE_KEY_TYPE', `a key of type ${row?.name ?? 'unknown'} does not agree`, { field: 'privateKey' });
}

/** Strict; whether the point is on the curve is OpenSSL's to check. @throws INVALID_FORMAT, ALGORITHM_MISMATCH */
function peerPoint(row: KeyRow, format: KeyFormat, peer: Uint8Array): Uint8Array {
  const field = 'peerPublicKey';
  try {
    const material = importMaterial(row, format, peer);
    if (material.half === 'public') return publicBits(objectOf(material));
  } catch (error) {
    // An encrypted private key is no public key either.
    if (error instanceof KeyslotError && error.field === 'passphrase')
      throw new KeyslotError('INVALID_FORMAT', 'this is not a public key', { field });
    if (!(error instanceof KeyslotError) || (error.code !== 'INVALID_FORMAT' && error.code !== 'ALGORITHM_MISMATCH')) throw error;
    throw new KeyslotError(error.code, error.message, { field });
  }
  throw new KeyslotError('INVALID_FORMAT', 'this is not a public key', { field });
}

/** Reads and destroys it. Points of small order give zeros (RFC 7748 section 6), which are no secret; a coordinate may be zero. */
function takeSecret({ objects }: HostContext, object: Handle, { keyType }: KeyRow, size: number): Uint8Array {
  let value: Buffer | undefined;
  try {
    value = objects.read(object, 'VALUE');
  } finally {
    objects.destroyQuietly(object);
  }
  let any = 0;
  for (const byte of value ?? []) any |= byte;
  if (value !== undefined && value.length === size && (any !== 0 || keyType === 'ec')) return value;
  wipe(value);
  throw failed('the token gave no secret with this public key');
}

function refuse(error: unknown): never {
  const value = returnValueOf(error);
  if (value === CKR.ATTRIBUTE_SENSITIVE || value === CKR.ATTRIBUTE_TYPE_INVALID || value === CKR.TEMPLATE_INCONSISTENT) {
    throw failed(
      'the token keeps shared secrets to itself, so no key can be derived from them here; use a key of the software provider',
      error,
    );
  }
  const told = tokenError(error, 'KEY_AGREEMENT_FAILED');
  throw told.code === 'KEY_AGREEMENT_FAILED' ? failed(told.message, error) : told;
}

/** Makes a secret key of bytes, which are wiped. @throws INVALID_ARGUMENT where the token does not use keys of this length */
export function keyOfBytes(workshop: Workshop, row: KeyRow, bytes: Uint8Array, grants: Grants): MadeKey {
  try {
    if (!isSecretKey(row)) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `keys of ${row.name} are not derived`, { field: 'algorithm' });
    return importKey(workshop, row, { format: 'raw', keyData: bytes, checked: false }, grants);
  } catch (error) {
    if (!(error instanceof KeyslotError) || error.code !== 'ALGORITHM_MISMATCH') throw error;
    throw new KeyslotError('INVALID_ARGUMENT', error.message, { field: 'kdf.outputKeyLength' });
  } finally {
    wipe(bytes);
  }
}
