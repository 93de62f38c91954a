import { KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { digest, mac, pattern } from './material.js';
import type { Driver, Subject, Told } from './subject.js';

const nothing = new Uint8Array(0);
export const match = new Uint8Array([1]);
export const byteOf = (matches: boolean): Uint8Array => new Uint8Array([matches ? 1 : 0]);

/** Messages of any bytes. */
export abstract class PlainSubject {
  readonly hasAad: boolean = false;
  piece(at: number): Uint8Array {
    return pattern(21, at);
  }
  whole(size: number): Uint8Array {
    return pattern(size);
  }
}

export class HashSubject extends PlainSubject implements Subject {
  readonly name: string;
  readonly #algorithm: string;
  readonly #hash: string;

  constructor(algorithm: string, hash: string) {
    super();
    this.name = `hash ${algorithm}`;
    this.#algorithm = algorithm;
    this.#hash = hash;
  }

  async open(bench: Bench): Promise<Driver> {
    const context = await bench.context.createHashContext({ algorithm: this.#algorithm, provider: bench.provider });
    return {
      init: () => context.init(),
      update: async (data, options) => {
        await context.update(data, options);
        return nothing;
      },
      finish: () => context.finalize(),
      single: (message) => context.singleShot(message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => digest(this.#hash, message),
    };
  }
}

export class MacSubject extends PlainSubject implements Subject {
  readonly name: string;
  readonly #mode: 'generate' | 'verify';
  readonly #size: number;

  constructor(mode: 'generate' | 'verify', size: number) {
    super();
    this.name = `mac HMAC-SHA-256 ${mode}${size === 32 ? '' : ` ${size} bytes`}`;
    this.#mode = mode;
    this.#size = size;
  }

  async open(bench: Bench): Promise<Driver> {
    await using key = await bench.key('hmac', p.mac);
    const parameters = this.#size === 32 ? {} : { outputLength: this.#size };
    const context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key, mode: this.#mode, parameters });
    const verifying = this.#mode === 'verify';
    return {
      init: () => context.init(),
      update: async (data, options) => {
        await context.update(data, options);
        return nothing;
      },
      finish: async ({ message }: Told) => (verifying ? byteOf(await context.verify(mac(message))) : await context.finalize()),
      single: async (message) =>
        verifying ? byteOf(await context.verifySingleShot(message, mac(message))) : await context.singleShot(message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => (verifying ? match : mac(message, this.#size)),
    };
  }
}
