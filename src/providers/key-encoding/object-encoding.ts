/**
 * Keys that become objects of node:crypto. The parts of a key are checked as a structure, framed anew, and only then OpenSSL decodes
 * them; so all formats are equally strict. Secret bytes pass through buffers that are wiped, never through strings. What can't be wiped
 * are OpenSSL's own copies inside a KeyObject.
 */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyRow } from '../../core/algorithms.js';
import type { DerReader, Element } from './der.js';
import type { KeyEncoding, OlderForm } from './key-encoding.js';
import { malformed } from './key-errors.js';
import { readPkcs8, readSpki, writePkcs8, writeSpki } from './key-frames.js';
import type { ObjectMaterial } from './material.js';
import { same } from './same-bytes.js';
import { wipe } from './secret-bytes.js';

/** A key without its frame; its buffers are fresh. */
export type KeyParts =
  | { readonly half: 'public'; readonly bits: Uint8Array }
  /** `publicBits` where the encoding says what the public half is. Both are wiped by the receiver. */
  | { readonly half: 'private'; readonly content: Uint8Array; readonly publicBits?: Uint8Array };

/** What a type of such keys knows. All throw INVALID_FORMAT or ALGORITHM_MISMATCH with field `keyData`. */
export interface ObjectEncoding {
  algorithm(row: KeyRow): Element;
  checkAlgorithm(row: KeyRow, algorithm: DerReader): void;
  checkPublic(row: KeyRow, bits: Uint8Array): void;
  checkPrivate(row: KeyRow, content: Uint8Array): void;
  /** Whether a private key, whose encoding carries a public half, is of that half. */
  belongTogether?(privateKey: KeyObject, publicKey: KeyObject): boolean;
  fromRaw(row: KeyRow, raw: Uint8Array): KeyParts;
  fromJwk(row: KeyRow, json: Uint8Array): KeyParts;
  /** The half that an older form holds, when it is complete on its own. The form itself is what the frame holds. */
  readonly older?: Partial<Readonly<Record<OlderForm, (row: KeyRow, der: Uint8Array) => 'private' | 'public'>>>;
}

function publicKeyOf(encoding: ObjectEncoding, row: KeyRow, bits: Uint8Array): ObjectMaterial {
  encoding.checkPublic(row, bits);
  return { half: 'public', object: parse('public', writeSpki(encoding.algorithm(row), bits)) };
}

function privateKeyOf(encoding: ObjectEncoding, row: KeyRow, content: Uint8Array, publicBits: Uint8Array | undefined): ObjectMaterial {
  encoding.checkPrivate(row, content);
  const pkcs8 = writePkcs8(encoding.algorithm(row), content);
  try {
    const object = parse('private', pkcs8);
    if (!hasPublicHalf(encoding, object, publicBits)) throw malformed('the halves of the key do not belong together');
    return { half: 'private', object };
  } finally {
    wipe(pkcs8);
  }
}

/** Encodings of private keys may carry the public half too, and nothing in them proves that it belongs. */
function hasPublicHalf(encoding: ObjectEncoding, object: KeyObject, publicBits: Uint8Array | undefined): boolean {
  const publicKey = createPublicKey(object);
  if (encoding.belongTogether?.(object, publicKey) === false) return false;
  if (publicBits === undefined) return true;
  return same(
    publicBits,
    readSpki(publicKey.export({ type: 'spki', format: 'der' }), () => undefined),
  );
}

/** SPKI or PKCS#8 that has been checked, or was sealed by this provider. @throws INVALID_FORMAT */
export function parse(half: 'private' | 'public', der: Uint8Array): KeyObject {
  const key = Buffer.from(der.buffer, der.byteOffset, der.length);
  try {
    return half === 'private'
      ? createPrivateKey({ key, format: 'der', type: 'pkcs8' })
      : createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    // OpenSSL's reason is left out: it says little, and what it says may be about secret bytes.
    throw malformed(
      half === 'private' ? 'the private key can not be decoded' : 'the public key is not valid: its point or numbers are impossible',
    );
  }
}

/** Checks PKCS#8 of version 1 that another process of this daemon has made. @throws INVALID_FORMAT, ALGORITHM_MISMATCH */
export function checkPkcs8(encoding: ObjectEncoding, row: KeyRow, der: Uint8Array): void {
  const { content } = readPkcs8(der, (algorithm) => encoding.checkAlgorithm(row, algorithm));
  encoding.checkPrivate(row, content);
}

export function objectKeys(encoding: ObjectEncoding): KeyEncoding {
  const take = (row: KeyRow, parts: KeyParts): ObjectMaterial => {
    if (parts.half === 'public') return publicKeyOf(encoding, row, parts.bits);
    try {
      return privateKeyOf(encoding, row, parts.content, parts.publicBits);
    } finally {
      wipe(parts.content, parts.publicBits);
    }
  };
  const olderForms = Object.entries(encoding.older ?? {}).map(([form, check]) => {
    const read = (row: KeyRow, der: Uint8Array): ObjectMaterial =>
      check(row, der) === 'private' ? privateKeyOf(encoding, row, der, undefined) : publicKeyOf(encoding, row, der);
    return [form, read] as const;
  });
  return {
    checkAlgorithm: (row, algorithm) => encoding.checkAlgorithm(row, algorithm),
    fromPublic: (row, bits) => publicKeyOf(encoding, row, bits),
    fromPrivate: (row, content, publicKey) => privateKeyOf(encoding, row, content, publicKey),
    fromRaw: (row, raw) => take(row, encoding.fromRaw(row, raw)),
    fromJwk: (row, json) => take(row, encoding.fromJwk(row, json)),
    older: Object.fromEntries(olderForms),
  };
}
