/**
 * Encrypts to a node's public key: anybody can, and only the node that has the private key reads it. docs/vault.md has the bytes.
 *
 * A fresh key pair for every message agrees with the node's key (X25519, RFC 7748; or P-256, SP 800-56A 6.2.2.2: one ephemeral, one static).
 * HKDF-SHA-256 (RFC 5869) makes the key of AES-256-GCM from what was agreed and from both public keys.
 */
// no secrets of the vault here: the keys of one message, which node:crypto makes and holds until they are collected

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { types } from 'node:util';
import { KeyslotError } from '../core/errors.js';
import { SecureBuffer } from '../native.js';

export type SealAlgorithm = 'X25519' | 'ECDH-P256';

/** What the node that reads does with its private key. */
export interface Agreement {
  /** The kind of agreement, as in Keyslot's table of algorithms. */
  readonly algorithm: SealAlgorithm;
  /** Of the fresh key pair: 32 bytes, or an uncompressed point of 65. */
  readonly peerPublicKey: Uint8Array;
  /** HKDF-SHA-256 without salt and with this info gives the key, 32 bytes. */
  readonly info: Uint8Array;
}

export interface SealedMessage {
  readonly agreement: Agreement;
  /** Of AES-256-GCM, as is `aad`. */
  readonly iv: Uint8Array;
  readonly aad: Uint8Array;
  /** Ciphertext and tag of 16 bytes. */
  readonly data: Uint8Array;
}

/** The block that says how a key was agreed, and that key. The message has one; a sealed file would have the same in its header. */
export interface SealingKey {
  readonly block: Uint8Array;
  /** 32 bytes, for this one message or file. The caller wipes it. */
  readonly key: Uint8Array;
}

const magic = Buffer.from('KSLTBOX\x01', 'latin1');
const label = Buffer.from('keyslot seal-to 1', 'latin1');
const keyIdSize = 8;
const keySize = 32;
const ivSize = 12;
const tagSize = 16;
const none = new Uint8Array(0);

interface Group {
  readonly algorithm: SealAlgorithm;
  readonly number: number;
  readonly publicKeySize: number;
  /** A fresh public key, and what it agrees with the other one. Throws for a key that is not on the curve or of small order. */
  agree(publicKey: Uint8Array): { readonly ephemeral: Uint8Array; readonly secret: Uint8Array };
}

const groups: readonly Group[] = [
  {
    algorithm: 'X25519',
    number: 1,
    publicKeySize: 32,
    agree: (publicKey) => {
      const pair = generateKeyPairSync('x25519');
      // The last 32 bytes of the SPKI (RFC 8410 4). Node 20 may stop for ever when a JWK is made of a key that was just generated.
      const ephemeral = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
      return { ephemeral, secret: diffieHellman({ privateKey: pair.privateKey, publicKey: x25519Key(publicKey) }) };
    },
  },
  {
    algorithm: 'ECDH-P256',
    number: 2,
    publicKeySize: 65,
    agree: (publicKey) => {
      const pair = createECDH('prime256v1');
      const ephemeral = pair.generateKeys();
      return { ephemeral, secret: pair.computeSecret(publicKey) };
    },
  },
];

/** The first 8 bytes of SHA-256 of the public key's raw form: how a node finds which of its keys a message is for. Names no secret. */
export function keyIdOf(publicKey: Uint8Array): Uint8Array {
  return keyId(recipientOf(publicKey).raw);
}

/**
 * Agrees on a fresh key with a node's public key: raw (32 bytes of X25519, an uncompressed point of P-256) or SubjectPublicKeyInfo in DER.
 * @throws INVALID_ARGUMENT for any other key, a point that is not on the curve, a key of small order
 */
export function sealingKeyFor(publicKey: Uint8Array): SealingKey {
  const { group, raw } = recipientOf(publicKey);
  const { ephemeral, secret } = agreeWith(group, raw);
  try {
    const block = Buffer.concat([Uint8Array.of(group.number), keyId(raw), ephemeral]);
    return { block: new Uint8Array(block), key: keyFrom(secret, infoOf(block, raw)) };
  } finally {
    secret.fill(0);
  }
}

/** A message that only the node can read. Takes the keys that `sealingKeyFor` takes, with the same errors. The plaintext is the caller's. */
export function sealTo(publicKey: Uint8Array, plaintext: Uint8Array): Uint8Array {
  if (!types.isUint8Array(plaintext)) throw invalid('plaintext must be a Uint8Array', 'plaintext');
  const { block, key } = sealingKeyFor(publicKey);
  try {
    const iv = randomBytes(ivSize);
    const aad = Buffer.concat([magic, block]);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
    return new Uint8Array(Buffer.concat([aad, iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  } finally {
    key.fill(0);
  }
}

/**
 * What the node with this public key does with the block of a message or file.
 * @throws INVALID_FORMAT for what is no block; RESOURCE_NOT_FOUND for one that was made for another key
 */
export function agreementOf(block: Uint8Array, publicKey: Uint8Array): Agreement {
  if (!types.isUint8Array(block)) throw invalid('block must be a Uint8Array', 'block');
  const { group, raw } = recipientOf(publicKey);
  const made = groups.find((row) => row.number === block[0]);
  if (made === undefined) throw malformed('this was sealed to a kind of key that is not known here');
  if (block.length !== blockSize(made)) throw malformed('the block of the agreed key has a wrong length');
  if (made !== group || keyId(raw).some((byte, at) => byte !== block[1 + at]))
    throw new KeyslotError('RESOURCE_NOT_FOUND', 'this was sealed to another key', { field: 'publicKey' });
  return { algorithm: group.algorithm, peerPublicKey: block.slice(1 + keyIdSize), info: infoOf(block, raw) };
}

/**
 * Takes a message apart, for the node with this public key: it agrees on the key (`KeyManagementContext.agreeKey` with `agreement`) and
 * decrypts with it.
 * @throws INVALID_FORMAT for what is no such message, or is cut; RESOURCE_NOT_FOUND for one that was sealed to another key
 */
export function readSealed(message: Uint8Array, publicKey: Uint8Array): SealedMessage {
  if (!types.isUint8Array(message)) throw invalid('message must be a Uint8Array', 'message');
  if (message.length < magic.length || !magic.equals(message.subarray(0, magic.length)))
    throw malformed('this is not a message sealed to a key');
  const group = groups.find((row) => row.number === message[magic.length]);
  if (group === undefined) throw malformed('the message was sealed to a kind of key that is not known here');
  const end = magic.length + blockSize(group);
  if (message.length < end + ivSize + tagSize) throw malformed('the message is cut');
  return {
    agreement: agreementOf(message.slice(magic.length, end), publicKey),
    iv: message.slice(end, end + ivSize),
    aad: message.slice(0, end),
    data: message.slice(end + ivSize),
  };
}

/**
 * Opens a message with what the node's private key and `agreement.peerPublicKey` agreed on: the raw result, which is the caller's to wipe,
 * as is the plaintext. @throws OPERATION_FAILED for another secret and for changed data alike; as `readSealed`
 */
export function openSealed(message: Uint8Array, publicKey: Uint8Array, secret: SecureBuffer | Uint8Array): Uint8Array {
  if (!(secret instanceof SecureBuffer) && !types.isUint8Array(secret))
    throw invalid('secret must be a SecureBuffer or a Uint8Array', 'secret');
  const { agreement, iv, aad, data } = readSealed(message, publicKey);
  const derive = (bytes: Uint8Array) => keyFrom(bytes, agreement.info);
  const key = secret instanceof SecureBuffer ? secret.use(derive) : derive(secret);
  try {
    const tagAt = data.length - tagSize;
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagSize });
    decipher.setAAD(aad).setAuthTag(data.subarray(tagAt));
    const plaintext = decipher.update(data.subarray(0, tagAt));
    try {
      decipher.final();
      return plaintext;
    } catch {
      plaintext.fill(0);
      throw new KeyslotError('OPERATION_FAILED', "the message can't be opened: wrong key, or it was changed", { field: 'message' });
    }
  } finally {
    key.fill(0);
  }
}

function blockSize({ publicKeySize }: Group): number {
  return 1 + keyIdSize + publicKeySize;
}

function recipientOf(publicKey: Uint8Array): { readonly group: Group; readonly raw: Uint8Array } {
  if (!types.isUint8Array(publicKey)) throw invalid('publicKey must be a Uint8Array', 'publicKey');
  const raw = rawForm(publicKey);
  const group = groups.find((row) => row.publicKeySize === raw.length);
  if (group === undefined) throw wrongKey();
  return { group, raw };
}

function rawForm(publicKey: Uint8Array): Uint8Array {
  // A copy, so that what was checked is what is used; and of a point its one uncompressed form only.
  if (publicKey.length === 32 || (publicKey.length === 65 && publicKey[0] === 0x04)) return publicKey.slice();
  try {
    const jwk = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' }).export({ format: 'jwk' });
    if (jwk.crv === 'X25519' || jwk.crv === 'P-256') return rawKey(jwk);
  } catch {
    throw wrongKey();
  }
  throw wrongKey();
}

/** The public key alone: 32 bytes, or an uncompressed point. */
function rawKey({ x = '', y }: JsonWebKey): Uint8Array {
  const first = Buffer.from(x, 'base64url');
  return y === undefined ? first : Buffer.concat([Uint8Array.of(0x04), first, Buffer.from(y, 'base64url')]);
}

function x25519Key(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(raw).toString('base64url') }, format: 'jwk' });
}

function agreeWith(group: Group, raw: Uint8Array): ReturnType<Group['agree']> {
  try {
    return group.agree(raw);
  } catch {
    throw wrongKey();
  }
}

function keyId(raw: Uint8Array): Uint8Array {
  return createHash('sha256').update(raw).digest().subarray(0, keyIdSize);
}

/** Binds the key to both public keys, and to the way they agreed. */
function infoOf(block: Uint8Array, raw: Uint8Array): Uint8Array {
  return Buffer.concat([label, createHash('sha256').update(block).update(raw).digest()]);
}

function keyFrom(secret: Uint8Array, info: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, none, info, keySize));
}

function wrongKey(): KeyslotError {
  return invalid('publicKey must be an X25519 or a P-256 key, raw or as SPKI in DER', 'publicKey');
}

function malformed(message: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field: 'message' });
}

function invalid(message: string, field: string): KeyslotError {
  return new KeyslotError('INVALID_ARGUMENT', message, { field });
}
