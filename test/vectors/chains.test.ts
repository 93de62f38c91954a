/** The logic of the Monte Carlo tests, without a daemon. */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cipherChain } from './families/cipher-chain.js';
import { hashChain } from './families/hash-chain.js';
import { readVectorFile } from './read-file.js';
import { dataFolder } from './support.js';

function chainsOf(path: string, family: 'hashChain' | 'cipherChain') {
  return readVectorFile(join(dataFolder, path), path).flatMap(({ body }) => (body.family === family ? [body] : []));
}

describe('Monte Carlo chains', () => {
  it("compute ACVP's SHA-512 in its alternate form and NIST's SHA-256", () => {
    for (const [path, hash] of [
      ['acvp/SHA2-512-1.0.json', 'sha512'],
      ['acvp/SHA2-384-1.0.json', 'sha384'],
      ['pyca/hashes/SHA2/SHA256Monte.rsp', 'sha256'],
    ] as const) {
      const digest = (message: Uint8Array) => new Uint8Array(createHash(hash).update(message).digest());
      for (const chain of chainsOf(path, 'hashChain')) {
        if (chain.family !== 'hashChain') continue;
        expect(hashChain(digest, chain.seed, chain.seedLength)).toEqual(chain.results[0]);
      }
    }
  });

  it("compute ACVP's AES-192-CBC decryption", () => {
    const chain = chainsOf('acvp/ACVP-AES-CBC-1.0.json', 'cipherChain')[0];
    if (chain?.family !== 'cipherChain') throw new Error('there is no such test');
    expect(chain.direction).toBe('decrypt');
    for (const link of chain.links.slice(0, 3)) {
      const step = (iv: Uint8Array, block: Uint8Array) => {
        const decipher = createDecipheriv('aes-192-cbc', link.key, iv).setAutoPadding(false);
        return new Uint8Array(decipher.update(block));
      };
      expect(cipherChain('cbc', step, 'decrypt', link)).toEqual(link.output);
    }
  });

  it('go the same way back in both directions of CBC', () => {
    const key = new Uint8Array(32).fill(7);
    const iv = new Uint8Array(16).fill(9);
    const input = new Uint8Array(16);
    const inputs: string[] = [];
    const encrypt = (chained: Uint8Array, block: Uint8Array) => {
      inputs.push(Buffer.from(block).toString('hex'));
      return new Uint8Array(createCipheriv('aes-256-cbc', key, chained).setAutoPadding(false).update(block));
    };
    cipherChain('cbc', encrypt, 'encrypt', { iv, input });
    // AESAVS 6.4.2: the second plaintext is the IV, each later one the ciphertext before the last.
    expect(inputs).toHaveLength(1000);
    expect(inputs[1]).toBe(Buffer.from(iv).toString('hex'));
    const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
    const outputs = inputs.map((block) => cipher.update(Buffer.from(block, 'hex')).toString('hex'));
    expect(inputs.slice(2)).toEqual(outputs.slice(0, 998));
  });
});
