/** Monte Carlo tests of hashes: NIST's SHAVS 6.4, and ACVP's alternate form for messages of a fixed length. */

import { assertKnown, type Bench, orSkip } from '../bench.js';
import { concat } from '../bytes.js';
import type { HashChainCase } from '../case.js';
import { assertEqual } from './hash.js';

const rounds = 1000;

/** The digest after 1,000 rounds from a seed. */
export function hashChain(digest: (message: Uint8Array) => Uint8Array, seed: Uint8Array, seedLength: number | undefined): Uint8Array {
  let [a, b, c] = [seed, seed, seed];
  for (let round = 0; round < rounds; round += 1) {
    const message = concat(a, b, c);
    const next = digest(seedLength === undefined ? message : fitted(message, seedLength));
    [a, b, c] = [b, c, next];
  }
  return c;
}

function fitted(message: Uint8Array, length: number): Uint8Array {
  return message.length >= length ? message.subarray(0, length) : concat(message, new Uint8Array(length - message.length));
}

export async function runHashChain(bench: Bench, { algorithm, seed, results, seedLength }: HashChainCase): Promise<void> {
  assertKnown(algorithm);
  const hash = await orSkip(async () => bench.blocking.createHashContext({ algorithm, provider: bench.provider }));
  try {
    let from = seed;
    results.forEach((expected, i) => {
      assertEqual(
        `digest ${i} of the chain`,
        hashChain((message) => hash.singleShot(message), from, seedLength),
        expected,
      );
      from = expected;
    });
  } finally {
    hash.close();
  }
}
