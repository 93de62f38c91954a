/**
 * Authenticated encryption that works on whole messages: CCM (SP 800-38C), which must know the length first, by node:crypto; GCM-SIV
 * (RFC 8452) and SIV (RFC 5297), which pass over the message twice, by @noble/ciphers.
 */
import { type CipherCCMTypes, createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { aessiv, gcmsiv } from '@noble/ciphers/aes.js';
import type { AeadMode, AeadRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import { MiB } from '../../core/limits.js';
import type { Finalized } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertLength } from './gathered.js';
import type { WholeMessageAead } from './gathered-aead.js';
import type { SoftwareKey } from './key.js';
import { checkIv, hasOpenSslMode, openSslName, refused } from './symmetric.js';

interface Job {
  readonly algorithm: AeadRow;
  readonly key: KeyObject;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  readonly tagLength: number;
}
interface Mode {
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
const ccm: Mode = {
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

function library({ make, tagFirst }: Layout): Mode {
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

const modes: Readonly<Partial<Record<AeadMode, Mode>>> = {
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

export class WholeAead implements WholeMessageAead {
  readonly #algorithm: AeadRow;
  readonly #mode: Mode;
  readonly #key: SoftwareKey;
  readonly #tagLength: number;

  /** @throws UNSUPPORTED_ALGORITHM */
  constructor(algorithm: AeadRow, key: SoftwareKey, tagLength: number) {
    const mode = modes[algorithm.mode];
    if (mode === undefined) {
      throw new KeyslotError('UNSUPPORTED_ALGORITHM', `the software provider does not have ${algorithm.name}`, { field: 'algorithm' });
    }
    this.#algorithm = algorithm;
    this.#mode = mode;
    this.#key = key;
    this.#tagLength = tagLength;
  }

  nonce(given: Uint8Array | undefined): Uint8Array {
    return checkIv(given ?? nothing, this.#algorithm.nonce, 'nonce');
  }

  seal(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array): Finalized {
    return this.#mode.seal(this.#job(nonce, aad, data.length), data);
  }

  open(nonce: Uint8Array, aad: Uint8Array, data: Uint8Array, tag: Uint8Array): Uint8Array {
    const job = this.#job(nonce, aad, data.length);
    try {
      if (tag.length !== this.#tagLength) throw refused();
      return this.#mode.open(job, data, tag);
    } catch {
      throw refused();
    }
  }

  #job(nonce: Uint8Array, aad: Uint8Array, length: number): Job {
    assertLength(length, this.#mode.longest(nonce));
    return { algorithm: this.#algorithm, key: this.#key.secret(), nonce, aad, tagLength: this.#tagLength };
  }
}
