/** Monte Carlo tests of AES: NIST's AESAVS 6.4, 1,000 rounds a link, one block each (CFB8: one byte). */
import { type CipherContext, KeyOperationPermission as p } from '../../../src/client/sync.js';
import type { CipherMode } from '../../../src/core/algorithms.js';
import type { Bench } from '../bench.js';
import { concat } from '../bytes.js';
import type { CipherChainCase, CipherChainLink } from '../case.js';
import { aesKey } from '../key-encodings.js';
import { knownCipher } from '../known.js';
import { skip } from '../skip.js';
import { assertEqual } from './hash.js';

const rounds = 1000;
const blockSize = 16;

type Direction = CipherChainCase['direction'];
type Step = (iv: Uint8Array, block: Uint8Array) => Uint8Array;

/** What a mode goes on with after a block: what its IV is then. */
const nextIvs: Readonly<Partial<Record<CipherMode, (iv: Uint8Array, plain: Uint8Array, sealed: Uint8Array) => Uint8Array>>> = {
  ecb: (iv) => iv,
  cbc: (_iv, _plain, sealed) => sealed,
  cfb: (_iv, _plain, sealed) => sealed,
  ofb: (_iv, plain, sealed) => plain.map((byte, i) => byte ^ (sealed[i] ?? 0)),
  cfb8: (iv, _plain, sealed) => concat(iv.subarray(1), sealed),
};

/** The last output of a link. `step` encrypts or decrypts one block with an IV, without padding. */
export function cipherChain(
  mode: CipherMode,
  step: Step,
  direction: Direction,
  { iv, input }: Pick<CipherChainLink, 'iv' | 'input'>,
): Uint8Array {
  const nextIv = nextIvs[mode] ?? skip('algorithm', `Monte Carlo test of ${mode}`);
  let chained = iv;
  let block = input;
  // What comes in again later: the bytes of the IV, then the outputs.
  let queue = mode === 'ecb' ? new Uint8Array(0) : iv;
  let output = input;
  for (let round = 0; round < rounds; round += 1) {
    output = step(chained, block);
    const [plain, sealed] = direction === 'encrypt' ? [block, output] : [output, block];
    chained = nextIv(chained, plain, sealed);
    queue = concat(queue, output);
    block = queue.subarray(0, block.length);
    queue = queue.subarray(block.length);
  }
  return output;
}

export async function runCipherChain(bench: Bench, { algorithm, direction, links }: CipherChainCase): Promise<void> {
  const { mode, blockSize: size } = knownCipher(algorithm);
  bench.assertOffered(knownCipher(algorithm), direction);
  for (const [i, link] of links.entries()) {
    if (mode !== 'cfb8' && link.input.length !== blockSize) throw new Error('the input is not one block');
    await bench.withKey(aesKey(link.key), p.encrypt | p.decrypt, async (key) => {
      const parameters = size > 1 ? { parameters: { padding: 'none' } } : {};
      const context: CipherContext = bench.blocking.createCipherContext({ algorithm, key, direction, ...parameters });
      try {
        const step: Step = (iv, block) => context.singleShot(iv.length === 0 ? undefined : iv, block);
        assertEqual(`output ${i} of the chain`, cipherChain(mode, step, direction, link), link.output);
      } finally {
        context.close();
      }
    });
  }
}
