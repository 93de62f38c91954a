/**
 * Keys as the content of a message: AES key wrap with and without padding (SP 800-38F, RFC 3394, RFC 5649), AES-GCM with the tag
 * appended, RSA-OAEP, and an AES key of its own for KWP encrypted with OAEP (PKCS#11 v3.1 6.1.22).
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomFillSync } from 'node:crypto';
import type { WrapRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { EncryptionPadding } from '../../native-pkey.js';
import { andThenOr, orElse } from '../answer.js';
import { type Answer, unwrappingRefused, type WrapSpec } from '../contract.js';
import { allocateSecret, wipe } from '../key-encoding/secret-bytes.js';
import type { SoftwareKey } from './key.js';
import { mgfHashOf, nativeHash } from './signature-schemes.js';

interface Method {
  readonly wrap: (plain: Uint8Array, key: SoftwareKey, spec: WrapSpec) => Answer<Uint8Array>;
  /** The result is the caller's to wipe. */
  readonly unwrap: (wrapped: Uint8Array, key: SoftwareKey, spec: WrapSpec) => Answer<Uint8Array>;
}

const nothing = new Uint8Array(0);

/** Default initial values of SP 800-38F 5.1: what a wrapped key must show when it is unwrapped. */
const initialValues = { wrap: Buffer.alloc(8, 0xa6), 'wrap-pad': Buffer.from('a65959a6', 'hex') } as const;
type KeyWrap = keyof typeof initialValues;

function keyWrap(plain: Uint8Array, key: KeyObject, mode: KeyWrap): Uint8Array {
  const cipher = createCipheriv(`id-aes${bitsOf(key)}-${mode}`, key, initialValues[mode]);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}
function keyUnwrap(wrapped: Uint8Array, key: KeyObject, mode: KeyWrap): Uint8Array {
  const decipher = createDecipheriv(`id-aes${bitsOf(key)}-${mode}`, key, initialValues[mode]);
  return joined(decipher.update(wrapped), decipher.final());
}
function bitsOf(key: KeyObject): number {
  return (key.symmetricKeySize ?? 0) * 8;
}

/** Wipes its parts. */
function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = allocateSecret(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  wipe(...parts);
  return whole;
}

function aesKeyWrap(mode: KeyWrap): Method {
  return {
    wrap: (plain, key) => {
      if (mode === 'wrap' && (plain.length < 16 || plain.length % 8 !== 0)) {
        const message = `AES-KW wraps keys of at least 16 bytes in steps of 8, not ${plain.length}; use AES-KWP`;
        throw new KeyslotError('INVALID_ARGUMENT', message, { field: 'wrappingAlgorithm' });
      }
      return keyWrap(plain, key.secret(), mode);
    },
    unwrap: (wrapped, key) => keyUnwrap(wrapped, key.secret(), mode),
  };
}

const gcmTag = 16;
const gcmName = (key: KeyObject) => `aes-${bitsOf(key)}-gcm` as 'aes-256-gcm';
const aesGcm: Method = {
  wrap: (plain, key, { iv = nothing, aad }) => {
    const secret = key.secret();
    const cipher = createCipheriv(gcmName(secret), secret, iv, { authTagLength: gcmTag }).setAAD(aad);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  },
  unwrap: (wrapped, key, { iv = nothing, aad }) => {
    const secret = key.secret();
    const cut = wrapped.length - gcmTag;
    if (cut < 0) throw failed();
    const decipher = createDecipheriv(gcmName(secret), secret, iv, { authTagLength: gcmTag }).setAAD(aad);
    decipher.setAuthTag(wrapped.subarray(cut));
    const plain = decipher.update(wrapped.subarray(0, cut));
    try {
      decipher.final();
      return plain;
    } catch (error) {
      wipe(plain);
      throw error;
    }
  },
};

function oaep({ algorithm: { hash = 'SHA-256' }, parameters }: WrapSpec): EncryptionPadding {
  const { label } = parameters;
  const mgfHash = nativeHash(mgfHashOf(parameters) ?? hash);
  return { padding: 'oaep', hash: nativeHash(hash), mgfHash, label: label instanceof Uint8Array ? label : nothing };
}
function oaepEncrypt(key: SoftwareKey, plain: Uint8Array, spec: WrapSpec): Uint8Array {
  return key.native('public').encrypt(plain, oaep(spec));
}
function oaepDecrypt(key: SoftwareKey, wrapped: Uint8Array, spec: WrapSpec): Promise<Uint8Array> {
  return key.native('private').decryptAsync(wrapped, oaep(spec));
}

const rsaOaep: Method = {
  wrap: (plain, key, spec) => oaepEncrypt(key, plain, spec),
  unwrap: (wrapped, key, spec) => oaepDecrypt(key, wrapped, spec),
};

const innerKeySize = 32;
/** Bytes of the shortest result of KWP (SP 800-38F 6.3). */
const shortestPadded = 16;
const rsaAes: Method = {
  wrap: (plain, key, spec) => {
    const inner = randomFillSync(allocateSecret(innerKeySize));
    try {
      return Buffer.concat([oaepEncrypt(key, inner, spec), keyWrap(plain, createSecretKey(inner), 'wrap-pad')]);
    } finally {
      wipe(inner);
    }
  },
  unwrap: async (wrapped, key, spec) => {
    const cut = Math.ceil(key.keyLength / 8);
    if (wrapped.length < cut + shortestPadded || (wrapped.length - cut) % 8 !== 0) throw failed();
    const inner = await oaepDecrypt(key, wrapped.subarray(0, cut), spec);
    try {
      return keyUnwrap(wrapped.subarray(cut), createSecretKey(inner), 'wrap-pad');
    } finally {
      wipe(inner);
    }
  },
};

const methods: Readonly<Record<WrapRow['method'], Method>> = {
  'aes-kw': aesKeyWrap('wrap'),
  'aes-kwp': aesKeyWrap('wrap-pad'),
  'aes-gcm': aesGcm,
  'rsa-oaep': rsaOaep,
  'rsa-aes-kwp': rsaAes,
};

/** One message for a wrong key, changed data, and content that is no key of the wanted kind. */
export function failed(): KeyslotError {
  return new KeyslotError('WRAP_UNWRAP_FAILED', unwrappingRefused, { field: 'wrappedData' });
}

/** `plain` stays the caller's. @throws INVALID_ARGUMENT, WRAP_UNWRAP_FAILED */
export function wrapBytes(plain: Uint8Array, key: SoftwareKey, spec: WrapSpec): Answer<Uint8Array> {
  return orElse(
    () => methods[spec.algorithm.method].wrap(plain, key, spec),
    (error) => {
      if (error instanceof KeyslotError) throw error;
      throw new KeyslotError('WRAP_UNWRAP_FAILED', `the key can not be wrapped with ${spec.algorithm.name}`, { cause: error });
    },
  );
}

/** The caller wipes the result. @throws WRAP_UNWRAP_FAILED, the same for every reason */
export function unwrapBytes(wrapped: Uint8Array, key: SoftwareKey, spec: WrapSpec): Answer<Uint8Array> {
  return andThenOr(
    () => methods[spec.algorithm.method].unwrap(wrapped, key, spec),
    (plain) => {
      // No method means an empty key, but some make one of a message that was cut.
      if (plain.length === 0) throw failed();
      return plain;
    },
    (error) => {
      if (error instanceof KeyslotError && error.code === 'OPERATION_CANCELLED') throw error;
      throw failed();
    },
  );
}
