/** Hashes and MACs. */
import { KeyOperationPermission as p } from '../../src/client/index.js';
import type { Bench } from './bench.js';
import { type KnownKey, knownKeys } from './keys.js';
import { pattern } from './material.js';
import { AnySubject, type Driver, type Subject, type SubjectTraits, type Told } from './subject.js';

const nothing = new Uint8Array(0);
export const match = new Uint8Array([1]);
export const byteOf = (matches: boolean): Uint8Array => new Uint8Array([matches ? 1 : 0]);

type Parameters = Readonly<Record<string, string | number | boolean | Uint8Array>>;

export function describeParameters(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => ` ${name} ${typeof value === 'object' ? `of ${value.length} bytes` : value}`)
    .join('');
}

/** Messages of any bytes. */
export abstract class PlainSubject extends AnySubject {
  piece(at: number): Uint8Array {
    return pattern(21, at);
  }
  whole(size: number): Uint8Array {
    return pattern(size);
  }
}

export interface HashFacts extends SubjectTraits {
  readonly algorithm: string;
  readonly parameters?: Parameters;
  readonly digest: (message: Uint8Array) => Uint8Array;
}

export class HashSubject extends PlainSubject implements Subject {
  readonly #facts: HashFacts;

  constructor(facts: HashFacts) {
    const { algorithm, parameters = {} } = facts;
    super(`hash ${algorithm}${describeParameters(parameters)}`, [[algorithm, 'hash']], facts);
    this.#facts = facts;
  }

  async open(bench: Bench): Promise<Driver> {
    const { algorithm, parameters = {}, digest } = this.#facts;
    const context = await bench.context.createHashContext({ algorithm, parameters, provider: bench.provider });
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
      expected: ({ message }) => digest(message),
    };
  }
}

export interface MacFacts extends SubjectTraits {
  readonly algorithm: string;
  readonly key: KnownKey;
  readonly mode: 'generate' | 'verify';
  readonly parameters?: Parameters;
  readonly mac: (message: Uint8Array, iv: Uint8Array) => Uint8Array;
  /** Bytes of the IV that every message has; single calls can't carry one. */
  readonly ivSize?: number;
}

let ivs = 0;
/** Each message has one of its own. */
function freshIv(size: number): Uint8Array {
  ivs += 1;
  const iv = new Uint8Array(size);
  new DataView(iv.buffer).setUint32(size - 4, ivs);
  return iv;
}

export class MacSubject extends PlainSubject implements Subject {
  override readonly hasSingle: boolean;
  readonly #facts: MacFacts;

  constructor(facts: MacFacts) {
    const { algorithm, mode, key, parameters = {}, ivSize } = facts;
    const { algorithm: keyAlgorithm } = knownKeys[key];
    super(
      `mac ${algorithm} ${mode}${describeParameters(parameters)}`,
      [
        [algorithm, 'mac'],
        [keyAlgorithm, 'import'],
      ],
      facts,
    );
    this.hasSingle = ivSize === undefined;
    this.#facts = facts;
  }

  async open(bench: Bench): Promise<Driver> {
    const { algorithm, mode, parameters = {}, mac, ivSize, ...facts } = this.#facts;
    await using key = await bench.key(facts.key, p.mac);
    const context = await bench.context.createMacContext({ algorithm, key, mode, parameters });
    const verifying = mode === 'verify';
    let iv: Uint8Array = ivSize === undefined ? nothing : freshIv(ivSize);
    return {
      init: () => {
        if (ivSize === undefined) return context.init();
        iv = freshIv(ivSize);
        return context.init(iv);
      },
      update: async (data, options) => {
        await context.update(data, options);
        return nothing;
      },
      finish: async ({ message }: Told) => (verifying ? byteOf(await context.verify(mac(message, iv))) : await context.finalize()),
      single: async (message) =>
        verifying ? byteOf(await context.verifySingleShot(message, mac(message, iv))) : await context.singleShot(message),
      reset: () => context.reset(),
      close: () => context.close(),
      expected: ({ message }) => (verifying ? match : mac(message, iv)),
    };
  }
}
