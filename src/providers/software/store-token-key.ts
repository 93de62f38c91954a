/**
 * The store key wrapped by a key that never leaves a token: 32 random bytes under AES-KWP, AES-KW or RSA-OAEP in a file that is no secret. Only
 * what every provider can is asked of the token's; it unwraps the bytes into an ephemeral key, which is read and freed at once.
 */
import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { type KeyRow, keyAlgorithm, type WrapRow, wrapAlgorithm } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { KeyOperationPermission as p } from '../../core/permissions.js';
import { SecureBuffer } from '../../native.js';
import type { Call, Provider, ProviderKey, SlotSpec, StoredKey } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { openTrustedFile } from '../trusted-file.js';
import { StoreKey, storeKeySize } from './store-key.js';

export interface TokenKeySource {
  /** Name of the token's provider. */
  readonly provider: string;
  /** `pkcs11:` URI of the wrapping key on the token. */
  readonly object: string;
  /** Path of the wrapped store key. */
  readonly wrapped: string;
  /** Name of a wrapping algorithm; AES-KWP or RSA-OAEP-SHA-256 by the kind of the wrapping key when not given. */
  readonly algorithm: string | undefined;
}

const field = 'keyStore.key.token';
/** A ciphertext of RSA-16384 has 2048 bytes. */
const longestWrapped = 4096;
/** Of no session of a client: the daemon's own numbers begin above. */
const owner = 0;
const usual: Readonly<Record<string, string>> = { aes: 'AES-KWP', rsa: 'RSA-OAEP-SHA-256' };
/** The host went away in the middle of it: it may be there again soon. */
const lost: ReadonlySet<string> = new Set(['OUTCOME_UNKNOWN', 'SESSION_EXPIRED', 'OPERATION_TIMED_OUT']);

/** Nobody gives it up: the provider's own limits end it. */
const call: Call = { caller: 0, abandoned: false, onAbandoned: () => undefined };

/**
 * @throws PROVIDER_NOT_AVAILABLE while the token is not there: to be tried again; RESOURCE_NOT_FOUND, KEY_OPERATION_NOT_PERMITTED,
 * UNSUPPORTED_ALGORITHM, WRAP_UNWRAP_FAILED (wrong wrapping key or changed bytes), INVALID_FORMAT: the operator must mend it
 */
export async function openTokenKey(source: TokenKeySource, token: Provider | undefined): Promise<StoreKey> {
  const wrapped = readWrapped(source.wrapped);
  if (token === undefined) throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no provider "${source.provider}"`, { field });
  const { state, reason } = token.status();
  if (state !== 'ready') throw away(token, reason ?? 'it is starting');
  try {
    return await unwrap(source, token, wrapped);
  } catch (error) {
    if (error instanceof KeyslotError && lost.has(error.code)) throw away(token, error.message);
    throw error;
  } finally {
    token.closeOwner(owner);
  }
}

function away(token: Provider, reason: string): KeyslotError {
  return new KeyslotError(
    'PROVIDER_NOT_AVAILABLE',
    `the token of provider "${token.name}", which unwraps the store key, is not there: ${reason}`,
  );
}

function readWrapped(path: string): Uint8Array {
  const descriptor = openTrustedFile(path, { what: 'the wrapped store key', field: `${field}.wrapped`, secret: false });
  try {
    const { size } = fstatSync(descriptor);
    if (size > 0 && size <= longestWrapped) return readFileSync(descriptor);
    throw new KeyslotError('INVALID_FORMAT', `${path} has ${size} bytes, which is no wrapped store key`, { field: `${field}.wrapped` });
  } finally {
    closeSync(descriptor);
  }
}

async function unwrap(source: TokenKeySource, token: Provider, wrapped: Uint8Array): Promise<StoreKey> {
  // The kind is a guess: the token tells what it is.
  const slot: SlotSpec = { name: 'store key', algorithm: keyRow('AES-256'), permissions: p.unwrap, object: source.object };
  const stored = await token.slots.inspect(slot, call);
  const algorithm = assertUsable(source, token, stored);
  const wrappingKey = await token.slots.load(slot, stored as StoredKey, call);
  let made: ProviderKey | undefined;
  try {
    made = await token.keys.make(
      {
        algorithm: keyRow('GENERIC-SECRET'),
        keyLength: storeKeySize * 8,
        permissions: p.export,
        publicPermissions: 0,
        making: { from: 'unwrap', key: wrappingKey, wrap: { algorithm, parameters: {}, iv: undefined, aad: new Uint8Array(0) }, wrapped },
      },
      owner,
      call,
    );
    return intoLockedMemory(await token.keys.exportSecret(made, call), source.wrapped);
  } finally {
    made?.release();
    wrappingKey.release();
  }
}

function keyRow(name: string): KeyRow {
  return keyAlgorithm(name) as KeyRow;
}

function assertUsable({ object, algorithm: name }: TokenKeySource, token: Provider, stored: StoredKey | undefined): WrapRow {
  if (stored === undefined) {
    throw new KeyslotError('RESOURCE_NOT_FOUND', `the token of provider "${token.name}" holds no key ${object}`, {
      field: `${field}.object`,
    });
  }
  const { keyType } = stored.algorithm;
  const row = wrapAlgorithm(name ?? usual[keyType] ?? '');
  if (row === undefined || row.keyType !== keyType) {
    const message = `${object} is a key of ${stored.algorithm.name}, which does not unwrap ${name ?? 'anything'}`;
    throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', message, { field: `${field}.object` });
  }
  if ((stored.permissions & p.unwrap) === 0) {
    throw new KeyslotError('KEY_OPERATION_NOT_PERMITTED', `${object} may not unwrap (CKA_UNWRAP)`, { field: `${field}.object` });
  }
  const supported = token.supportsKeyOperation(row, {});
  if (supported === true) return row;
  throw new KeyslotError('UNSUPPORTED_ALGORITHM', `provider "${token.name}" can't do ${row.name}: ${supported}`, {
    field: `${field}.algorithm`,
  });
}

function intoLockedMemory(secret: Uint8Array, path: string): StoreKey {
  try {
    if (secret.length !== storeKeySize) {
      const message = `${path} holds ${secret.length} wrapped bytes; a store key has exactly ${storeKeySize}`;
      throw new KeyslotError('INVALID_FORMAT', message, { field: `${field}.wrapped` });
    }
    const memory = new SecureBuffer(storeKeySize);
    memory.use((bytes) => bytes.set(secret));
    return new StoreKey(memory);
  } finally {
    wipe(secret);
  }
}
