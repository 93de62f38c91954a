/** Authenticated encryption, with the tag apart and behind the ciphertext. */
import { type AeadContext, KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { type AeadAlgorithm, type AeadName, aeads, type Sealed } from './cipher-material.js';
import type { Claim } from './claims.js';
import { knownKeys } from './keys.js';
import { joined, pattern } from './material.js';
import { AnySubject, type Driver, type Expected, type Subject, type SubjectTraits, type Told } from './subject.js';
import type { Direction } from './subjects-ciphers.js';

const nothing = new Uint8Array(0);

let nonces = 0;
/** Each encryption has one of its own. */
function freshNonce(size: number): Uint8Array {
  nonces += 1;
  const nonce = new Uint8Array(size);
  new DataView(nonce.buffer).setUint32(size - 4, nonces);
  return nonce;
}

function claimsOf({ algorithm, key }: AeadAlgorithm, direction: Direction): readonly Claim[] {
  return [
    [algorithm, direction],
    [knownKeys[key].algorithm, 'import'],
  ];
}

/** The nonce of the message under way. A refused single call leaves the stream under way with the nonce that it has. */
class Nonces {
  readonly #size: number;
  readonly #fresh: boolean;
  #nonce: Uint8Array;

  constructor(size: number, direction: Direction, usual: Uint8Array) {
    this.#size = size;
    this.#fresh = direction === 'encrypt';
    this.#nonce = usual;
  }
  get current(): Uint8Array {
    return this.#nonce;
  }
  next(): Uint8Array {
    if (this.#fresh) this.#nonce = freshNonce(this.#size);
    return this.#nonce;
  }
  async keeping<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#nonce;
    try {
      return await work();
    } catch (error) {
      this.#nonce = before;
      throw error;
    }
  }
}

/** An AEAD in a cipher context: the tag follows the ciphertext. */
export class AppendedTagSubject extends AnySubject implements Subject {
  readonly #aead: AeadAlgorithm;
  readonly #direction: Direction;
  readonly #nonce: Uint8Array;
  readonly #sealed: Uint8Array;

  constructor(name: AeadName, direction: Direction, traits: SubjectTraits = {}) {
    super(`cipher ${name} ${direction}`, claimsOf(aeads[name], direction), traits);
    this.#aead = aeads[name];
    this.#direction = direction;
    this.#nonce = freshNonce(this.#aead.nonceSize);
    this.#sealed = this.#sealedMessage(40, this.#nonce);
  }
  /** Decryption: two parts are a whole message, what follows spoils it. */
  piece(at: number): Uint8Array {
    if (this.#direction === 'encrypt') return pattern(21, at);
    if (at === 0) return this.#sealed.subarray(0, 20);
    return at < this.#sealed.length ? this.#sealed.subarray(at) : pattern(8, at);
  }
  whole(size: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(size) : this.#sealedMessage(Math.max(0, size - 16), this.#nonce);
  }
  #sealedMessage(size: number, nonce: Uint8Array): Uint8Array {
    const { data, tag } = this.#aead.seal(pattern(size), nonce, nothing, 16);
    return joined([data, tag]);
  }
  #expected(message: Uint8Array, nonce: Uint8Array): Expected {
    if (this.#direction === 'encrypt') {
      const { data, tag } = this.#aead.seal(message, nonce, nothing, 16);
      return joined([data, tag]);
    }
    if (message.length < 16) return 'OPERATION_FAILED';
    const size = message.length - 16;
    return Buffer.compare(this.#sealedMessage(size, this.#nonce), message) === 0 ? pattern(size) : 'OPERATION_FAILED';
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, key: name, nonceSize } = this.#aead;
    const direction = this.#direction;
    await using key = await bench.key(name, p.encrypt | p.decrypt);
    const context = await bench.context.createCipherContext({ algorithm, key, direction });
    const used = new Nonces(nonceSize, direction, this.#nonce);
    return {
      init: () => context.init(used.next()),
      update: (data, options) => context.update(data, undefined, options),
      finish: () => context.finalize(),
      single: (message) => used.keeping(() => context.singleShot(used.next(), message)),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.#expected(message, used.current),
      output: {
        size: (input) => context.getOutputSize(input),
        single: (message, output) => used.keeping(() => context.singleShot(used.next(), message, output)),
      },
    };
  }
}

const both = ({ data, tag }: Sealed): Uint8Array => joined([data, tag]);

/** Plaintexts are the pattern, so that a ciphertext tells how long its plaintext is and so its tag. */
export class AeadSubject extends AnySubject implements Subject {
  override readonly hasAad: boolean;
  readonly #aead: AeadAlgorithm;
  readonly #direction: Direction;
  readonly #tagLength: number;
  readonly #nonce: Uint8Array;
  readonly #ciphertext: Uint8Array;

  constructor(name: AeadName, direction: Direction, traits: SubjectTraits & { readonly tagLength?: number } = {}) {
    const { tagLength = 16 } = traits;
    super(`aead ${name} ${direction}${tagLength === 16 ? '' : ` tag of ${tagLength} bytes`}`, claimsOf(aeads[name], direction), traits);
    this.#aead = aeads[name];
    this.#direction = direction;
    this.#tagLength = tagLength;
    this.#nonce = freshNonce(this.#aead.nonceSize);
    this.#ciphertext = this.#seal(this.#aead.byBytes ? 4096 : 40).data;
    // Where the ciphertext hangs on all of the additional data, a message that is given in parts can't know it.
    this.hasAad = this.#aead.byBytes || direction === 'encrypt';
  }
  #seal(size: number, aad: Uint8Array = nothing): Sealed {
    return this.#aead.seal(pattern(size), this.#nonce, aad, this.#tagLength);
  }
  piece(at: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(21, at) : this.#ciphertext.subarray(at, at + 21);
  }
  whole(size: number): Uint8Array {
    return this.#direction === 'encrypt' ? pattern(size) : this.#seal(size).data;
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, key: name } = this.#aead;
    await using key = await bench.key(name, p.encrypt | p.decrypt);
    const [direction, tagLength] = [this.#direction, this.#tagLength];
    const context = await bench.context.createAeadContext({ algorithm, key, direction, tagLength });
    return direction === 'encrypt' ? this.#encryption(context) : this.#decryption(context);
  }
  #encryption(context: AeadContext): Driver {
    const used = new Nonces(this.#aead.nonceSize, 'encrypt', this.#nonce);
    return {
      init: () => context.init(used.next()),
      updateAad: (aad) => context.updateAad(aad),
      update: (data, options) => context.update(data, undefined, options),
      finish: async () => both(await context.finalize()),
      single: (data) => used.keeping(async () => both(await context.encrypt({ nonce: used.next(), data }))),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message, aad }) => both(this.#aead.seal(message, used.current, aad, this.#tagLength)),
    };
  }
  #decryption(context: AeadContext): Driver {
    const tagOf = ({ message, aad }: Told): Uint8Array => this.#seal(message.length, aad).tag;
    const isWhole = (message: Uint8Array): boolean => Buffer.compare(message, this.#seal(message.length).data) === 0;
    const nonce = this.#nonce;
    return {
      init: () => context.init(nonce),
      ...(this.hasAad && { updateAad: (aad: Uint8Array) => context.updateAad(aad) }),
      update: (data, options) => context.update(data, undefined, options),
      finish: (told) => context.verifyAndFinalize(tagOf(told)),
      single: (data) => context.decrypt({ nonce, data, tag: tagOf({ message: data, aad: nothing }) }),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => (isWhole(message) ? pattern(message.length) : 'OPERATION_FAILED'),
    };
  }
}
