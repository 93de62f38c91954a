/** Signing and verifying, in every scheme. */
import { KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { pattern } from './material.js';
import { digestMessage, isDigest, type Scheme, type SignatureScheme, schemeClaims, schemeOf } from './schemes.js';
import { AnySubject, type Driver, type Expected, type Subject, type SubjectTraits } from './subject.js';
import { byteOf, match } from './subjects-digests.js';

const nothing = new Uint8Array(0);

/** Messages of a scheme: any bytes, or digests, which are cut in two. */
abstract class SignatureSubject extends AnySubject {
  protected readonly scheme: SignatureScheme;

  constructor(operation: 'sign' | 'verify', scheme: Scheme, traits: SubjectTraits) {
    super(`${operation} ${scheme}`, schemeClaims(scheme, operation), traits);
    this.scheme = schemeOf(scheme);
  }
  piece(at: number): Uint8Array {
    if (this.scheme.prehashed === undefined) return pattern(21, at);
    const digest = this.whole(50);
    return at === 0 ? digest.subarray(0, 20) : digest.subarray(at);
  }
  whole(size: number): Uint8Array {
    return this.scheme.prehashed === undefined ? pattern(size) : digestMessage(this.scheme.prehashed, size);
  }
  protected judged(message: Uint8Array, expected: Expected): Expected {
    return this.scheme.prehashed === undefined || isDigest(message) ? expected : 'INVALID_ARGUMENT';
  }
}

export class SignSubject extends SignatureSubject implements Subject {
  constructor(scheme: Scheme, traits: SubjectTraits = {}) {
    super('sign', scheme, traits);
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, parameters, keys, verify } = this.scheme;
    await using key = await bench.key(keys[0], p.sign);
    const context = await bench.context.createSignContext({ algorithm, parameters, key });
    return {
      init: () => context.init(),
      update: async (data, options) => {
        await context.update(data, options);
        return nothing;
      },
      finish: () => context.signFinalize(),
      single: (message) => context.singleShot(message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.judged(message, (signature) => verify(message, signature)),
    };
  }
}

export class VerifySubject extends SignatureSubject implements Subject {
  /** Signatures by message: the same messages come again and again. */
  readonly #signatures = new Map<string, Uint8Array>();

  constructor(scheme: Scheme, traits: SubjectTraits = {}) {
    super('verify', scheme, traits);
  }
  #signature(message: Uint8Array): Uint8Array {
    const { sign, prehashed } = this.scheme;
    if (prehashed !== undefined && !isDigest(message)) return nothing;
    if (message.length > 4096) return sign(message);
    const name = Buffer.from(message).toString('hex');
    const found = this.#signatures.get(name) ?? sign(message);
    this.#signatures.set(name, found);
    return found;
  }
  async open(bench: Bench): Promise<Driver> {
    const { algorithm, parameters, keys } = this.scheme;
    await using key = await bench.key(keys[1], p.verify);
    const context = await bench.context.createVerifySignatureContext({ algorithm, parameters, key });
    return {
      init: () => context.init(),
      update: async (data, options) => {
        await context.update(data, options);
        return nothing;
      },
      finish: async ({ message }) => byteOf(await context.verifyFinalize(this.#signature(message))),
      single: async (message) => byteOf(await context.singleShot(message, this.#signature(message))),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => this.judged(message, match),
    };
  }
}
