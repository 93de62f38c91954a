/** Monte Carlo tests of AES-CBC: NIST's AESAVS 6.4.2, 1,000 rounds of one block each. */
import { type CipherContext, KeyOperationPermission as p } from '../../../src/client/sync.js';
import { assertKnown, type Bench, orSkip } from '../bench.js';
import { concat } from '../bytes.js';
import type { CipherChainCase, CipherChainLink } from '../case.js';
import { blockSize } from './cipher.js';
import { assertEqual } from './hash.js';

const rounds = 1000;

/** The last output of a link. `step` encrypts or decrypts one block with an IV, without padding. */
export function cipherChain(
  step: (iv: Uint8Array, block: Uint8Array) => Uint8Array,
  direction: 'encrypt' | 'decrypt',
  { iv, input }: Pick<CipherChainLink, 'iv' | 'input'>,
): Uint8Array {
  let chained = iv;
  let block = input;
  let before = iv;
  let output = input;
  for (let round = 0; round < rounds; round += 1) {
    output = step(chained, block);
    chained = direction === 'encrypt' ? output : block;
    [block, before] = [before, output];
  }
  return output;
}

export async function runCipherChain(bench: Bench, { algorithm, direction, links }: CipherChainCase): Promise<void> {
  assertKnown(algorithm);
  for (const [i, link] of links.entries()) {
    const material = { algorithm: `AES-${link.key.length * 8}`, format: 'raw' as const, data: link.key };
    await bench.withKey(material, p.encrypt | p.decrypt, async (key) => {
      const make = (way: 'encrypt' | 'decrypt') =>
        orSkip(async () => bench.blocking.createCipherContext({ algorithm, key, direction: way }));
      const encrypting = await make('encrypt');
      const decrypting = await make('decrypt');
      try {
        const step = direction === 'encrypt' ? encryptStep(encrypting) : decryptStep(encrypting, decrypting);
        assertEqual(`output ${i} of the chain`, cipherChain(step, direction, link), link.output);
      } finally {
        encrypting.close();
        decrypting.close();
      }
    });
  }
}

/** The padding is a block of its own, which is left out. */
function encryptStep(encrypting: CipherContext): (iv: Uint8Array, block: Uint8Array) => Uint8Array {
  return (iv, block) => encrypting.singleShot(iv, block).subarray(0, blockSize);
}

/** The block of padding that the decryption wants is made first. */
function decryptStep(encrypting: CipherContext, decrypting: CipherContext): (iv: Uint8Array, block: Uint8Array) => Uint8Array {
  return (iv, block) => decrypting.singleShot(iv, concat(block, encrypting.singleShot(block, new Uint8Array(0))));
}
