import { KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { type Scheme, signed, verified } from './material.js';
import type { Driver, Subject } from './subject.js';
import { byteOf, match, PlainSubject } from './subjects-digests.js';

const nothing = new Uint8Array(0);

export const schemeConfigs = {
  'ecdsa-p1363': { algorithm: 'ECDSA-P256', parameters: {} },
  'ecdsa-der': { algorithm: 'ECDSA-P256-SHA-256', parameters: { signatureFormat: 'der' } },
  'rsa-pss': { algorithm: 'RSA-PSS-SHA-256', parameters: {} },
} as const;

const keysOf = (scheme: Scheme) => (scheme === 'rsa-pss' ? (['rsaPrivate', 'rsaPublic'] as const) : (['ecPrivate', 'ecPublic'] as const));

export class SignSubject extends PlainSubject implements Subject {
  readonly name: string;
  readonly #scheme: Scheme;

  constructor(scheme: Scheme) {
    super();
    this.name = `sign ${scheme}`;
    this.#scheme = scheme;
  }
  async open(bench: Bench): Promise<Driver> {
    const scheme = this.#scheme;
    await using key = await bench.key(keysOf(scheme)[0], p.sign);
    const context = await bench.context.createSignContext({ ...schemeConfigs[scheme], key });
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
      expected:
        ({ message }) =>
        (signature) =>
          verified(scheme, message, signature),
    };
  }
}

export class VerifySubject extends PlainSubject implements Subject {
  readonly name: string;
  readonly #scheme: Scheme;
  /** Signatures by message: the same messages come again and again. */
  readonly #signatures = new Map<string, Uint8Array>();

  constructor(scheme: Scheme) {
    super();
    this.name = `verify ${scheme}`;
    this.#scheme = scheme;
  }
  #signature(message: Uint8Array): Uint8Array {
    if (message.length > 4096) return signed(this.#scheme, message);
    const name = Buffer.from(message).toString('hex');
    const found = this.#signatures.get(name) ?? signed(this.#scheme, message);
    this.#signatures.set(name, found);
    return found;
  }
  async open(bench: Bench): Promise<Driver> {
    const scheme = this.#scheme;
    await using key = await bench.key(keysOf(scheme)[1], p.verify);
    const context = await bench.context.createVerifySignatureContext({ ...schemeConfigs[scheme], key });
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
      expected: () => match,
    };
  }
}
