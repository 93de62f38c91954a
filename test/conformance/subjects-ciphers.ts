/** Ciphers without authentication: AES by mode, RSA encryption. */
import { KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { cipherMessage, type Mode, modes, type RsaPadding, rsaPaddings } from './cipher-material.js';
import { knownKeys } from './keys.js';
import { iv, pattern } from './material.js';
import { AnySubject, type Driver, type Expected, type Subject, type SubjectTraits } from './subject.js';

export type Direction = 'encrypt' | 'decrypt';
const nothing = new Uint8Array(0);

/** AES in a mode; without padding messages are whole blocks. */
export class CipherSubject extends AnySubject implements Subject {
  readonly #mode: Mode;
  readonly #direction: Direction;
  /** Decryption with padding: each two blocks are a whole message by themselves. */
  readonly #paddedCiphertext: Uint8Array;

  constructor(name: keyof typeof modes, direction: Direction, traits: SubjectTraits = {}) {
    const mode: Mode = modes[name];
    const { algorithm, key } = mode;
    super(
      `cipher ${name} ${direction}`,
      [
        [algorithm, direction],
        [knownKeys[key].algorithm, 'import'],
      ],
      traits,
    );
    this.#mode = mode;
    this.#direction = direction;
    this.#paddedCiphertext = mode.padded ? cipherMessage({ ...mode, padded: false }, 'encrypt', endsOfBlocks) : nothing;
  }
  piece(at: number): Uint8Array {
    if (this.#direction === 'decrypt' && this.#mode.padded) return this.#paddedCiphertext.subarray(at, at + 32);
    return pattern(this.#mode.blocks ? 32 : 21, at);
  }
  whole(size: number): Uint8Array {
    const { padded, blocks, shortest } = this.#mode;
    if (padded && this.#direction === 'decrypt') return cipherMessage(this.#mode, 'encrypt', pattern(Math.max(0, size - 1 - (size % 16))));
    return pattern(Math.max(shortest, blocks && !padded ? size - (size % 16) : size));
  }
  #expected(message: Uint8Array): Expected {
    const decrypts = this.#direction === 'decrypt';
    if (message.length < this.#mode.shortest) return decrypts ? 'OPERATION_FAILED' : 'INVALID_ARGUMENT';
    try {
      return cipherMessage(this.#mode, this.#direction, message);
    } catch {
      return decrypts ? 'OPERATION_FAILED' : 'INVALID_ARGUMENT';
    }
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, key: name, parameters, ivSize } = this.#mode;
    await using key = await bench.key(name, p.encrypt | p.decrypt);
    const context = await bench.context.createCipherContext({ algorithm, parameters, key, direction: this.#direction });
    const vector = ivSize === 0 ? undefined : iv;
    return {
      init: () => context.init(vector),
      update: (data, options) => context.update(data, undefined, options),
      finish: () => context.finalize(),
      single: (message) => context.singleShot(vector, message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.#expected(message),
      output: {
        size: (input) => context.getOutputSize(input),
        single: (message, output) => context.singleShot(vector, message, output),
      },
    };
  }
}

/** Every block ends with one byte of padding, so that a stream may end after each of them. */
const endsOfBlocks = pattern(4096).map((byte, i) => (i % 16 === 15 ? 1 : byte));

/** Encryption to an RSA key: messages are short, and a ciphertext is as long as the modulus. */
export class RsaCipherSubject extends AnySubject implements Subject {
  readonly #padding: RsaPadding;
  readonly #direction: Direction;
  readonly #longest = 100;
  readonly #ciphertexts = new Map<number, Uint8Array>();

  constructor(name: keyof typeof rsaPaddings, direction: Direction, traits: SubjectTraits = {}) {
    const padding: RsaPadding = rsaPaddings[name];
    super(
      `cipher ${name} ${direction}`,
      [
        [padding.algorithm, direction],
        ['RSA-2048', 'import'],
      ],
      traits,
    );
    this.#padding = padding;
    this.#direction = direction;
  }
  piece(at: number): Uint8Array {
    if (this.#direction === 'encrypt') return pattern(at < this.#longest ? 20 : 0, at);
    const ciphertext = this.whole(50);
    if (!this.#padding.tellsBroken) return at === 0 ? ciphertext : nothing;
    return at === 0 ? ciphertext.subarray(0, 100) : ciphertext.subarray(at);
  }
  whole(size: number): Uint8Array {
    const length = Math.min(size, this.#longest);
    if (this.#direction === 'encrypt') return pattern(length);
    const found = this.#ciphertexts.get(length) ?? this.#padding.encrypt(pattern(length));
    this.#ciphertexts.set(length, found);
    return found;
  }
  #expected(message: Uint8Array): Expected {
    if (this.#direction === 'encrypt')
      return (found) => found.length === 256 && Buffer.compare(this.#padding.decrypt(found), message) === 0;
    return message.length === 256 ? this.#padding.decrypt(message) : 'OPERATION_FAILED';
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, parameters } = this.#padding;
    const direction = this.#direction;
    await using key = await bench.key(direction === 'encrypt' ? 'rsaPublic' : 'rsaPrivate', p[direction]);
    const context = await bench.context.createCipherContext({ algorithm, parameters, key, direction });
    return {
      init: () => context.init(),
      update: (data, options) => context.update(data, undefined, options),
      finish: () => context.finalize(),
      single: (message) => context.singleShot(undefined, message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.#expected(message),
      output: {
        size: (input) => context.getOutputSize(input),
        single: (message, output) => context.singleShot(undefined, message, output),
      },
    };
  }
}
