/**
 * Authenticated encryption that works on whole messages: CCM (SP 800-38C), which must know the length first, by node:crypto; GCM-SIV
 * (RFC 8452) and SIV (RFC 5297), which pass over the message twice, by @noble/ciphers. Message and additional data are gathered.
 */
import { type CipherCCMTypes, createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { aessiv, gcmsiv } from '@noble/ciphers/aes.js';
import type { AeadMode, AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { MiB } from '../../core/limits.js';
import type { Direction } from '../../core/permissions.js';
import type { Finalized, ProviderOperation, Verified, WholeMessage } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertLength, Gathered } from './gathered.js';
import type { SoftwareKey } from './key.js';
import { checkIv, hasOpenSslMode, notStarted, openSslName, refused } from './symmetric.js';

interface Job {
  readonly algorithm: AeadRow;
  readonly key: KeyObject;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly tagLength: number;
}
interface WholeAead {
  readonly byLibrary: boolean;
  /** Bytes of message that go under this nonce. */
  readonly longest: (nonce: Uint8Array) => number;
  readonly seal: (job: Job, data: Uint8Array) => Required<Finalized>;
  /** Fresh plaintext. Throws when the tag is wrong. */
  readonly open: (job: Job, data: Uint8Array, tag: Uint8Array) => Uint8Array;
}

const nothing = new Uint8Array(0);
const ccmName = (algorithm: AeadRow) => openSslName(algorithm) as CipherCCMTypes;

/** Of a piece of memory: for OpenSSL's CCM an empty message without an address is no message, and without one it may take any tag. */
const emptyMessage = new Uint8Array(1).subarray(0, 0);

function addressed(message: Uint8Array): Uint8Array {
  return message.length === 0 ? emptyMessage : message;
}

/** The shorter the nonce, the longer the field for the message's length. */
const ccm: WholeAead = {
  byLibrary: false,
  longest: (nonce) => Math.min(2 ** (8 * (15 - nonce.length)) - 1, 0x7fffffff),
  seal: ({ algorithm, key, nonce, aad, tagLength }, plaintext) => {
    const cipher = createCipheriv(ccmName(algorithm), key, nonce, { authTagLength: tagLength });
    cipher.setAAD(aad, { plaintextLength: plaintext.length });
    const data = cipher.update(addressed(plaintext));
    cipher.final();
    return { data, tag: cipher.getAuthTag() };
  },
  open: ({ algorithm, key, nonce, aad, tagLength }, data, tag) => {
    const decipher = createDecipheriv(ccmName(algorithm), key, nonce, { authTagLength: tagLength });
    decipher.setAuthTag(tag);
    decipher.setAAD(aad, { plaintextLength: data.length });
    const plaintext = decipher.update(addressed(data));
    try {
      decipher.final();
    } catch (error) {
      wipe(plaintext);
      throw error;
    }
    return plaintext;
  },
};

interface LibraryCipher {
  encrypt(plaintext: Uint8Array): Uint8Array;
  decrypt(ciphertext: Uint8Array): Uint8Array;
}
interface Layout {
  readonly make: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array) => LibraryCipher;
  readonly tagFirst: boolean;
}

/** A message holds the daemon for its whole time: about 20 ms for each MiB. */
const longestInLibrary = 4 * MiB;

function library({ make, tagFirst }: Layout): WholeAead {
  const withKey = <T>({ key, nonce, aad }: Job, work: (cipher: LibraryCipher) => T): T => {
    const bytes = key.export();
    try {
      return work(make(bytes, nonce, aad));
    } finally {
      wipe(bytes);
    }
  };
  return {
    byLibrary: true,
    longest: () => longestInLibrary,
    seal: (job, plaintext) => {
      const sealed = withKey(job, (cipher) => cipher.encrypt(plaintext));
      const cut = tagFirst ? job.tagLength : sealed.length - job.tagLength;
      const [first, last] = [sealed.subarray(0, cut), sealed.subarray(cut)];
      return tagFirst ? { data: last, tag: first } : { data: first, tag: last };
    },
    open: (job, data, tag) => {
      const sealed = Buffer.concat(tagFirst ? [tag, data] : [data, tag]);
      return withKey(job, (cipher) => cipher.decrypt(sealed));
    },
  };
}

const modes: Readonly<Partial<Record<AeadMode, WholeAead>>> = {
  ccm,
  'gcm-siv': library({ make: gcmsiv, tagFirst: false }),
  /** RFC 5297 section 3: the nonce is the last of the additional strings; without one the encryption is deterministic. */
  siv: library({ make: (key, nonce, aad) => (nonce.length === 0 ? aessiv(key, aad) : aessiv(key, aad, nonce)), tagFirst: true }),
};

export function hasWholeMode(algorithm: AeadRow): boolean {
  return Object.hasOwn(modes, algorithm.mode) && (algorithm.mode !== 'ccm' || hasOpenSslMode(algorithm));
}

/** Bytes of the longest message of a mode that a library does; undefined for others. */
export function longestOfLibrary(algorithm: AeadRow): number | undefined {
  return modes[algorithm.mode]?.byLibrary === true ? longestInLibrary : undefined;
}

export class WholeAeadOperation implements ProviderOperation {
  readonly gathersAad = true;
  readonly gathersData = true;
  readonly #algorithm: AeadRow;
  readonly #mode: WholeAead;
  readonly #key: SoftwareKey;
  readonly #tagLength: number;
  readonly #decrypts: boolean;
  readonly #aad = new Gathered();
  readonly #data = new Gathered();
  #nonce: Uint8Array | undefined;

  /** @throws UNSUPPORTED_ALGORITHM */
  constructor(algorithm: AeadRow, key: SoftwareKey, direction: Direction, tagLength: number) {
    const mode = modes[algorithm.mode];
    if (mode === undefined) {
      throw new KeyslotError('UNSUPPORTED_ALGORITHM', `the software provider does not have ${algorithm.name}`, { field: 'algorithm' });
    }
    this.#algorithm = algorithm;
    this.#mode = mode;
    this.#key = key;
    this.#decrypts = direction === 'decrypt';
    this.#tagLength = tagLength;
  }

  init(nonce: Uint8Array | undefined): void {
    this.abort();
    this.#nonce = Uint8Array.from(this.#check(nonce));
  }

  updateAad(aad: Uint8Array): void {
    this.#started();
    this.#aad.add(aad);
  }

  update(data: Uint8Array): Uint8Array {
    this.#started();
    this.#data.add(data);
    return nothing;
  }

  /** @throws INVALID_ARGUMENT with field `data` for a message that is too long */
  finalize(): Finalized {
    if (this.#decrypts) throw new KeyslotError('INVALID_OPERATION', 'decryption ends with the tag; call verify');
    return this.#gathered((job, data) => this.#mode.seal(job, data));
  }

  /** @throws OPERATION_FAILED when the tag is wrong; nothing of the plaintext is left */
  verify(expected: Uint8Array): Verified {
    return this.#gathered((job, data) => this.#open(job, data, expected));
  }

  singleShot({ iv, aad = nothing, data }: WholeMessage): Finalized {
    return this.#mode.seal(this.#job(this.#check(iv), aad, data.length), data);
  }

  verifySingleShot({ iv, aad = nothing, data }: WholeMessage, expected: Uint8Array): Verified {
    return this.#open(this.#job(this.#check(iv), aad, data.length), data, expected);
  }

  abort(): void {
    this.#nonce = undefined;
    this.#aad.wipe();
    this.#data.wipe();
  }
  close(): void {
    this.abort();
  }

  #gathered<T>(work: (job: Job, data: Uint8Array) => T): T {
    const nonce = this.#started();
    this.#nonce = undefined;
    const data = this.#data.release();
    try {
      return work(this.#job(nonce, this.#aad.release(), data.length), data);
    } finally {
      wipe(data);
    }
  }
  #job(nonce: Uint8Array, aad: Uint8Array, length: number): Job {
    assertLength(length, this.#mode.longest(nonce));
    return { algorithm: this.#algorithm, key: this.#key.secret(), nonce, aad, tagLength: this.#tagLength };
  }
  #open(job: Job, data: Uint8Array, expected: Uint8Array): Verified {
    try {
      if (expected.length !== this.#tagLength) throw refused();
      return { valid: true, data: this.#mode.open(job, data, expected) };
    } catch {
      throw refused();
    }
  }
  #check(nonce: Uint8Array | undefined): Uint8Array {
    return checkIv(nonce ?? nothing, this.#algorithm.nonce, 'nonce');
  }
  #started(): Uint8Array {
    if (this.#nonce === undefined) throw notStarted();
    return this.#nonce;
  }
}
