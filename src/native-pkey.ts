/** RSA and EC keys inside node's OpenSSL: signatures of ready digests, and RSA encryption with all of its parameters. */

import type { PaddingArguments, Pkey, SchemeArguments } from '../native/addon.js';
import { KeyslotError } from './core/errors.js';
import { addon, requireBytes, requireInteger, requireThat } from './native.js';

/** Bytes of a digest, by OpenSSL's name of the hash. */
const digestSizes = {
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512-224': 28,
  'sha512-256': 32,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
} as const;

export type NativeHash = keyof typeof digestSizes;

/** ECDSA, FIPS 186-5 section 6. */
export interface EcdsaScheme {
  readonly scheme: 'ecdsa';
  /** p1363: r and s, each with the bytes of the curve's order (IEEE P1363). der: ECDSA-Sig-Value (RFC 3279 2.2.3). */
  readonly format: 'p1363' | 'der';
}

/** RSASSA-PKCS1-v1_5, RFC 8017 8.2. */
export interface RsaPkcs1Scheme {
  readonly scheme: 'pkcs1';
  /** What made the digest; DigestInfo names it. */
  readonly hash: NativeHash;
}

/** RSASSA-PSS, RFC 8017 8.1. */
export interface RsaPssScheme {
  readonly scheme: 'pss';
  /** What made the digest. */
  readonly hash: NativeHash;
  /** The hash of MGF1. */
  readonly mgfHash: NativeHash;
  /** Bytes. Verification takes this very length only. */
  readonly saltLength: number;
}

export type SignatureScheme = EcdsaScheme | RsaPkcs1Scheme | RsaPssScheme;

/** RSAES-OAEP, RFC 8017 7.1. */
export interface OaepPadding {
  readonly padding: 'oaep';
  /** The hash of the label. */
  readonly hash: NativeHash;
  /** The hash of MGF1. */
  readonly mgfHash: NativeHash;
  /** None is the same as an empty one. */
  readonly label?: Uint8Array;
}

/** RSAES-PKCS1-v1_5, RFC 8017 7.2. */
export interface Pkcs1Padding {
  readonly padding: 'pkcs1';
}

export type EncryptionPadding = OaepPadding | Pkcs1Padding;

const formats = ['p1363', 'der'];
const pkcs1Overhead = 11;
const longestSalt = 2048;
const none = new Uint8Array(0);

function requireOneOf(value: string, allowed: readonly string[], field: string): void {
  requireThat(allowed.includes(value), field, `${field} must be one of ${allowed.join(', ')}`);
}

function requireHash(value: string, field: string): void {
  requireOneOf(value, Object.keys(digestSizes), field);
}

function requireOptions(value: unknown, field: string): void {
  requireThat(typeof value === 'object' && value !== null, field, `${field} must be given`);
}

interface SchemeRow<S> {
  readonly keyType: Pkey['type'];
  /** Checks the scheme and puts it into the order of the native call. */
  toNative(scheme: S): SchemeArguments;
  requireDigest(digest: Uint8Array, scheme: S): void;
}

function requireHashed(digest: Uint8Array, { hash }: RsaPkcs1Scheme | RsaPssScheme): void {
  const size = digestSizes[hash];
  requireThat(digest.length === size, 'digest', `a digest of ${hash} has ${size} bytes`);
}

const schemes: { readonly [N in SignatureScheme['scheme']]: SchemeRow<Extract<SignatureScheme, { scheme: N }>> } = {
  ecdsa: {
    keyType: 'ec',
    toNative: ({ format }) => {
      requireOneOf(format, formats, 'format');
      return [format, '', '', 0];
    },
    requireDigest: (digest) => requireThat(digest.length > 0, 'digest', 'digest must have a byte or more'),
  },
  pkcs1: {
    keyType: 'rsa',
    toNative: ({ hash }) => {
      requireHash(hash, 'hash');
      return ['pkcs1', hash, '', 0];
    },
    requireDigest: requireHashed,
  },
  pss: {
    keyType: 'rsa',
    toNative: ({ hash, mgfHash, saltLength }) => {
      requireHash(hash, 'hash');
      requireHash(mgfHash, 'mgfHash');
      requireInteger(saltLength, 0, longestSalt, 'saltLength');
      return ['pss', hash, mgfHash, saltLength];
    },
    requireDigest: requireHashed,
  },
};

interface PaddingRow<P> {
  /** Checks the padding and puts it into the order of the native call. */
  toNative(padding: P): PaddingArguments;
  /** Bytes that it takes from a block. */
  overhead(padding: P): number;
}

const paddings: { readonly [N in EncryptionPadding['padding']]: PaddingRow<Extract<EncryptionPadding, { padding: N }>> } = {
  oaep: {
    toNative: ({ hash, mgfHash, label = none }) => {
      requireHash(hash, 'hash');
      requireHash(mgfHash, 'mgfHash');
      requireBytes(label, 'label');
      return ['oaep', hash, mgfHash, label];
    },
    overhead: ({ hash }) => 2 * digestSizes[hash] + 2,
  },
  pkcs1: {
    toNative: () => ['pkcs1', '', '', none],
    overhead: () => pkcs1Overhead,
  },
};

function rowOf<R>(table: Readonly<Record<string, R>>, name: string, field: string): R {
  requireOneOf(name, Object.keys(table), field);
  return table[name] as R;
}

/**
 * Whether the OpenSSL of this node answers a broken RSAES-PKCS1-v1_5 block with random bytes instead of a failure (3.2 and later), so that
 * decryption is no padding oracle.
 */
export function hasImplicitRejection(): boolean {
  return addon().hasImplicitRejection();
}

/**
 * A key inside OpenSSL: RSA of two primes and 512 to 16384 bits, or EC on any named curve that OpenSSL has. The owner disposes it; a
 * forgotten one is freed, and its secrets wiped, when it is collected. Every operation is INVALID_OPERATION after disposal, and
 * INCOMPATIBLE_KEY_TYPE with a key of another type or without the half that it needs.
 */
export class NativeKey implements Disposable {
  readonly #pkey: Pkey;
  readonly #isPrivate: boolean;

  private constructor(pkey: Pkey, isPrivate: boolean) {
    this.#pkey = pkey;
    this.#isPrivate = isPrivate;
  }

  /**
   * An unencrypted PrivateKeyInfo, strict DER (RFC 5208 5). The caller wipes it; OpenSSL keeps numbers only. The halves of the key are not
   * checked against each other. INVALID_FORMAT, UNSUPPORTED_ALGORITHM for other keys; INVALID_ARGUMENT where it is not bytes.
   */
  static fromPrivate(pkcs8Der: Uint8Array): NativeKey {
    requireBytes(pkcs8Der, 'der');
    return new NativeKey(new (addon().Pkey)(true, pkcs8Der), true);
  }

  /** A SubjectPublicKeyInfo, strict DER (RFC 5280 4.1.2.7). Errors as for `fromPrivate`. */
  static fromPublic(spkiDer: Uint8Array): NativeKey {
    requireBytes(spkiDer, 'der');
    return new NativeKey(new (addon().Pkey)(false, spkiDer), false);
  }

  get type(): 'rsa' | 'ec' {
    return this.#pkey.type;
  }

  /** Bits of the modulus, or of the order of the curve. */
  get bits(): number {
    return this.#pkey.bits;
  }

  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  /**
   * Signs a digest, which ECDSA cuts to the size of the order. The result belongs to the caller. INVALID_ARGUMENT names the option at
   * fault, or the `digest` that is not of its hash's size; OPERATION_FAILED, for one where the key is too short for the scheme.
   */
  sign(digest: Uint8Array, scheme: SignatureScheme): Uint8Array {
    return addon().pkeySign(this.#pkey, digest, ...this.#signing(digest, scheme));
  }

  /** As `sign`, on the thread pool: RSA with long keys takes milliseconds to tenths of a second. The digest is copied at once. */
  async signAsync(digest: Uint8Array, scheme: SignatureScheme): Promise<Uint8Array> {
    return addon().pkeySignAsync(this.#pkey, digest, ...this.#signing(digest, scheme));
  }

  /**
   * Whether the signature of a digest is right. A signature that is malformed is not: of another length, or DER that is not the only
   * encoding of its numbers. INVALID_ARGUMENT as for `sign`, but a salt that does not fit the key is just false.
   */
  verify(digest: Uint8Array, signature: Uint8Array, scheme: SignatureScheme): boolean {
    requireBytes(signature, 'signature');
    return addon().pkeyVerify(this.#pkey, digest, signature, ...this.#scheme(digest, scheme));
  }

  /** Encrypts with RSA. The result belongs to the caller. INVALID_ARGUMENT names the option at fault, or `data` that is too long. */
  encrypt(data: Uint8Array, padding: EncryptionPadding): Uint8Array {
    const row = this.#padding(data, padding);
    const made = row.toNative(padding);
    const room = Math.ceil(this.bits / 8) - row.overhead(padding);
    requireThat(data.length <= room, 'data', `data must have at most ${Math.max(room, 0)} bytes for this key and padding`);
    return addon().pkeyEncrypt(this.#pkey, data, ...made);
  }

  /**
   * Decrypts with RSA. The result belongs to the caller, who wipes it. Whatever is wrong with `data` gives the same OPERATION_FAILED; with
   * pkcs1 broken padding gives random bytes (see `hasImplicitRejection`), and UNSUPPORTED_OPERATION where OpenSSL can't do that.
   */
  decrypt(data: Uint8Array, padding: EncryptionPadding): Uint8Array {
    return addon().pkeyDecrypt(this.#pkey, data, ...this.#decrypting(data, padding));
  }

  /** As `decrypt`, on the thread pool. `data` is copied at once. */
  async decryptAsync(data: Uint8Array, padding: EncryptionPadding): Promise<Uint8Array> {
    return addon().pkeyDecryptAsync(this.#pkey, data, ...this.#decrypting(data, padding));
  }

  /** Frees the key and wipes its secrets, as soon as asynchronous work on it is done. May be called again. */
  dispose(): void {
    this.#pkey.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #scheme(digest: Uint8Array, scheme: SignatureScheme): SchemeArguments {
    requireOptions(scheme, 'scheme');
    const row: SchemeRow<SignatureScheme> = rowOf(schemes, scheme.scheme, 'scheme');
    this.#requireType(row.keyType);
    const made = row.toNative(scheme);
    requireBytes(digest, 'digest');
    row.requireDigest(digest, scheme);
    return made;
  }

  #signing(digest: Uint8Array, scheme: SignatureScheme): SchemeArguments {
    const made = this.#scheme(digest, scheme);
    this.#requirePrivate();
    if (scheme.scheme === 'pss') {
      // RFC 8017 9.1.1: the block is one bit shorter than the modulus.
      const room = Math.ceil((this.bits - 1) / 8) - digestSizes[scheme.hash] - 2;
      requireThat(scheme.saltLength <= room, 'saltLength', `saltLength must be at most ${Math.max(room, 0)} for this key and hash`);
    }
    return made;
  }

  #padding(data: Uint8Array, padding: EncryptionPadding): PaddingRow<EncryptionPadding> {
    requireOptions(padding, 'padding');
    const row: PaddingRow<EncryptionPadding> = rowOf(paddings, padding.padding, 'padding');
    this.#requireType('rsa');
    requireBytes(data, 'data');
    return row;
  }

  #decrypting(data: Uint8Array, padding: EncryptionPadding): PaddingArguments {
    const made = this.#padding(data, padding).toNative(padding);
    this.#requirePrivate();
    if (padding.padding === 'pkcs1' && !hasImplicitRejection()) {
      throw new KeyslotError(
        'UNSUPPORTED_OPERATION',
        'RSA decryption with pkcs1 needs OpenSSL 3.2 or later: before, it is a padding oracle',
      );
    }
    return made;
  }

  #requireType(type: Pkey['type']): void {
    if (this.type !== type) throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `this wants a key of type ${type} and not ${this.type}`);
  }

  #requirePrivate(): void {
    if (!this.#isPrivate) throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', 'this wants the private half of the key');
  }
}

/** The private numbers of an RSA key of two primes (RFC 8017 3.2): magnitudes, big end first. They stay the caller's. */
export interface RsaNumbers {
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly dp: Uint8Array;
  readonly dq: Uint8Array;
  readonly qi: Uint8Array;
}

/** Bytes of the longest numbers that are looked at: of moduli of 16,384 bits. */
const longestNumber = 2048;

/**
 * Whether they belong together: p and q differ and are odd, dp and dq are what d is and undo e, qi is the inverse of q. In constant time. Whether p
 * and q are prime, and whose modulus they make, is not asked.
 */
export function rsaIsConsistent({ e, d, p, q, dp, dq, qi }: RsaNumbers): boolean {
  for (const [name, number] of Object.entries({ e, d, p, q, dp, dq, qi })) {
    requireBytes(number, name);
    requireThat(number.length <= longestNumber, name, `${name} has more than ${longestNumber} bytes`);
  }
  return addon().rsaIsConsistent(e, d, p, q, dp, dq, qi);
}
