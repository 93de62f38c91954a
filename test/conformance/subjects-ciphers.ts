import { type AeadContext, KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { cbcDecrypted, cbcEncrypted, gcmEncrypted, iv, joined, pattern } from './material.js';
import type { Driver, Expected, Subject, Told } from './subject.js';
import { PlainSubject } from './subjects-digests.js';

type Direction = 'encrypt' | 'decrypt';
const nothing = new Uint8Array(0);

let nonces = 0;
/** Each encryption has one of its own. */
function freshNonce(): Uint8Array {
  nonces += 1;
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(8, nonces);
  return nonce;
}

/** Every block ends with one byte of padding, so that a stream may end after each of them. */
const padded = pattern(4096).map((byte, i) => (i % 16 === 15 ? 1 : byte));
const paddedCiphertext = cbcEncrypted(padded, false);

export class CbcSubject implements Subject {
  readonly name: string;
  readonly hasAad = false;
  readonly #direction: Direction;

  constructor(direction: Direction) {
    this.name = `cipher AES-256-CBC ${direction}`;
    this.#direction = direction;
  }
  piece(at: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(21, at) : paddedCiphertext.subarray(at, at + 32);
  }
  whole(size: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(size) : cbcEncrypted(pattern(Math.max(0, size - 1 - (size % 16))));
  }
  expected(message: Uint8Array): Expected {
    return this.#direction === 'encrypt' ? cbcEncrypted(message) : (cbcDecrypted(message) ?? 'refused');
  }
  async open(bench: Bench): Promise<Driver> {
    await using key = await bench.key('aes', p.encrypt | p.decrypt);
    const context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: this.#direction });
    return {
      init: () => context.init(iv),
      update: (data, options) => context.update(data, undefined, options),
      finish: () => context.finalize(),
      single: (message) => context.singleShot(iv, message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.expected(message),
    };
  }
}

const decryptionNonce = freshNonce();

/** An AEAD in a cipher context: the tag follows the ciphertext. */
export class AppendedTagSubject implements Subject {
  readonly name: string;
  readonly hasAad = false;
  readonly #direction: Direction;
  readonly #sealed = sealedMessage(pattern(40));

  constructor(direction: Direction) {
    this.name = `cipher AES-256-GCM ${direction}`;
    this.#direction = direction;
  }
  /** Decryption: two parts are a whole message, what follows spoils it. */
  piece(at: number): Uint8Array {
    if (this.#direction === 'encrypt') return pattern(21, at);
    if (at === 0) return this.#sealed.subarray(0, 20);
    return at < this.#sealed.length ? this.#sealed.subarray(at) : pattern(8, at);
  }
  whole(size: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(size) : sealedMessage(pattern(Math.max(0, size - 16)));
  }
  expected(message: Uint8Array, nonce: Uint8Array): Expected {
    if (this.#direction === 'encrypt') {
      const { data, tag } = gcmEncrypted(message, nonce, nothing);
      return joined([data, tag]);
    }
    if (message.length < 16) return 'refused';
    const plaintext = pattern(message.length - 16);
    return Buffer.compare(sealedMessage(plaintext), message) === 0 ? plaintext : 'refused';
  }
  async open(bench: Bench): Promise<Driver> {
    await using key = await bench.key('aes', p.encrypt | p.decrypt);
    const direction = this.#direction;
    const context = await bench.context.createCipherContext({ algorithm: 'AES-256-GCM', key, direction });
    let nonce = decryptionNonce;
    const next = (): Uint8Array => {
      if (direction === 'encrypt') nonce = freshNonce();
      return nonce;
    };
    return {
      init: () => context.init(next()),
      update: (data, options) => context.update(data, undefined, options),
      finish: () => context.finalize(),
      single: (message) =>
        keeping(
          () => context.singleShot(next(), message),
          () => nonce,
          (old) => {
            nonce = old;
          },
        ),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.expected(message, nonce),
    };
  }
}

/** A refused single call leaves the stream under way with the nonce that it has. */
async function keeping<T>(work: () => Promise<T>, read: () => Uint8Array, write: (nonce: Uint8Array) => void): Promise<T> {
  const before = read();
  try {
    return await work();
  } catch (error) {
    write(before);
    throw error;
  }
}

function sealedMessage(plaintext: Uint8Array): Uint8Array {
  const { data, tag } = gcmEncrypted(plaintext, decryptionNonce, nothing);
  return joined([data, tag]);
}

/** Plaintexts are the pattern, so that a ciphertext tells how long its plaintext is and so its tag. */
export class AeadSubject extends PlainSubject implements Subject {
  readonly name: string;
  override readonly hasAad: boolean = true;
  readonly #direction: Direction;
  readonly #tagLength: number;
  readonly #ciphertext = gcmEncrypted(pattern(4096), decryptionNonce, nothing).data;

  constructor(direction: Direction, tagLength: number) {
    super();
    this.name = `aead AES-256-GCM ${direction}${tagLength === 16 ? '' : ` tag of ${tagLength} bytes`}`;
    this.#direction = direction;
    this.#tagLength = tagLength;
  }
  override piece(at: number): Uint8Array {
    return this.#direction === 'encrypt' ? super.piece(at) : this.#ciphertext.subarray(at, at + 21);
  }
  override whole(size: number): Uint8Array {
    return this.#direction === 'encrypt' ? super.whole(size) : gcmEncrypted(pattern(size), decryptionNonce, nothing).data;
  }
  tagOf({ message, aad }: Told): Uint8Array {
    return gcmEncrypted(pattern(message.length), decryptionNonce, aad, this.#tagLength).tag;
  }
  async open(bench: Bench): Promise<Driver> {
    await using key = await bench.key('aes', p.encrypt | p.decrypt);
    const [direction, tagLength] = [this.#direction, this.#tagLength];
    const context = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction, tagLength });
    return direction === 'encrypt' ? encryption(context, tagLength) : this.#decryption(context);
  }
  #decryption(context: AeadContext): Driver {
    return {
      init: () => context.init(decryptionNonce),
      updateAad: (aad) => context.updateAad(aad),
      update: (data, options) => context.update(data, undefined, options),
      finish: (told) => context.verifyAndFinalize(this.tagOf(told)),
      single: (data) => context.decrypt({ nonce: decryptionNonce, data, tag: this.tagOf({ message: data, aad: nothing }) }),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => pattern(message.length),
    };
  }
}

function encryption(context: AeadContext, tagLength: number): Driver {
  let nonce = decryptionNonce;
  const next = (): Uint8Array => {
    nonce = freshNonce();
    return nonce;
  };
  const both = ({ data, tag }: { data: Uint8Array; tag: Uint8Array }): Uint8Array => joined([data, tag]);
  return {
    init: () => context.init(next()),
    updateAad: (aad) => context.updateAad(aad),
    update: (data, options) => context.update(data, undefined, options),
    finish: async () => both(await context.finalize()),
    single: (data) =>
      keeping(
        async () => both(await context.encrypt({ nonce: next(), data })),
        () => nonce,
        (old) => {
          nonce = old;
        },
      ),
    reset: () => context.reset(),
    close: () => context.close(),
    expected: ({ message, aad }) => both(gcmEncrypted(message, nonce, aad, tagLength)),
  };
}
