/**
 * Monte Carlo tests of hashes, 1,000 rounds a result: NIST's SHAVS 6.4 and ACVP's alternate form for messages of a fixed length,
 * SHA3VS 6.2.3 and 6.3.3, and ACVP's own for cSHAKE.
 */
import type { HashContext } from '../../../src/client/sync.js';
import type { Bench } from '../bench.js';
import { concat } from '../bytes.js';
import type { HashChainCase } from '../case.js';
import { knownOperation } from '../known.js';
import { assertEqual, firstOfLastByte } from './hash.js';

const rounds = 1000;

type Digest = (message: Uint8Array) => Uint8Array;

/** The digest after 1,000 rounds from a seed, of the last three digests each. */
export function hashChain(digest: Digest, seed: Uint8Array, seedLength: number | undefined): Uint8Array {
  let [a, b, c] = [seed, seed, seed];
  for (let round = 0; round < rounds; round += 1) {
    const message = concat(a, b, c);
    const next = digest(seedLength === undefined ? message : fitted(message, seedLength));
    [a, b, c] = [b, c, next];
  }
  return c;
}

/** The same, of the last digest each. */
export function sha3Chain(digest: Digest, seed: Uint8Array, seedLength: number | undefined): Uint8Array {
  let last = seed;
  for (let round = 0; round < rounds; round += 1) last = digest(seedLength === undefined ? last : fitted(last, seedLength));
  return last;
}

function fitted(message: Uint8Array, length: number): Uint8Array {
  return message.length >= length ? message.subarray(0, length) : concat(message, new Uint8Array(length - message.length));
}

interface XofState {
  readonly output: Uint8Array;
  /** Bits of the next output. */
  readonly bits: number;
  readonly customization: Uint8Array;
}
type Bounds = NonNullable<HashChainCase['outputBounds']>;
type Xof = (message: Uint8Array, bits: number, customization: Uint8Array) => Uint8Array;

/** The last 16 bits of an output whose last byte may be filled up with zeros, as the bytes of a number. */
function lastBits(output: Uint8Array, bits: number): Uint8Array {
  const unused = output.length * 8 - bits;
  const [a = 0, b = 0, c = 0] = concat(new Uint8Array(2), output).subarray(-3);
  const number = (((a << 16) | (b << 8) | c) >> unused) & 0xffff;
  return Uint8Array.of(number >> 8, number & 0xff);
}

const letters = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => 65 + (byte % 26));

/** The state after 1,000 rounds: each output tells how long the next is, and with cSHAKE how it is customized. */
export function xofChain(
  xof: Xof,
  { min, max, step }: Bounds,
  customized: boolean,
  start: XofState,
): { state: XofState; output: Uint8Array } {
  let state = start;
  for (let round = 0; round < rounds; round += 1) {
    const message = fitted(state.output, 16);
    const output = xof(message, state.bits, state.customization);
    const last = lastBits(output, state.bits);
    const number = ((last[0] ?? 0) << 8) | (last[1] ?? 0);
    const more = customized ? number % (max - min + 1) : 8 * (number % ((max - min) / 8 + 1));
    const bits = min + more - (more % step);
    state = { output, bits, customization: customized ? letters(concat(message, last)) : state.customization };
  }
  return { state, output: state.output };
}

export async function runHashChain(bench: Bench, test: HashChainCase): Promise<void> {
  bench.assertOffered(knownOperation(test.algorithm), 'hash');
  if (test.outputBounds !== undefined) return runXofChain(bench, test, test.outputBounds);
  const hash = bench.blocking.createHashContext({ algorithm: test.algorithm, provider: bench.provider });
  const chain = test.chain === 'sha3' ? sha3Chain : hashChain;
  try {
    let from = test.seed;
    test.results.forEach((expected, i) => {
      assertEqual(
        `digest ${i} of the chain`,
        chain((message) => hash.singleShot(message), from, test.seedLength),
        expected,
      );
      from = expected;
    });
  } finally {
    hash.close();
  }
}

/** One context for each length, or for each round with a customization of its own. */
function runXofChain(bench: Bench, { algorithm, chain, seed, results }: HashChainCase, bounds: Bounds): void {
  const contexts = new Map<number, HashContext>();
  const make = (outputLength: number, customization: Uint8Array | undefined): HashContext =>
    bench.blocking.createHashContext({ algorithm, provider: bench.provider, parameters: { outputLength, customization } });
  const xof: Xof = (message, bits, customization) => {
    const size = Math.ceil(bits / 8);
    if (chain === 'cshake') {
      const once = make(size, customization);
      try {
        return firstOfLastByte(once.singleShot(message), bits);
      } finally {
        once.close();
      }
    }
    const context = contexts.get(size) ?? make(size, undefined);
    contexts.set(size, context);
    return context.singleShot(message);
  };
  try {
    let state: XofState = { output: seed, bits: bounds.max - (bounds.max % 8), customization: new Uint8Array(0) };
    for (const [i, expected] of results.entries()) {
      const next = xofChain(xof, bounds, chain === 'cshake', state);
      assertEqual(`output ${i} of the chain`, next.output, expected);
      state = next.state;
    }
  } finally {
    for (const context of contexts.values()) context.close();
  }
}
