/** The work of the slow host without its child, for tests that are not about processes. */
import { deriveBytes } from '../../../src/providers/key-derivation/derive-bytes.js';
import { toDecodedKey } from '../../../src/providers/key-encoding/decoded-key.js';
import { importMaterial } from '../../../src/providers/key-encoding/import-material.js';
import { generatePair } from '../../../src/providers/post-quantum/key-pairs.js';
import { signMessage, verifyMessage } from '../../../src/providers/post-quantum/signing.js';
import type { SlowHost } from '../../../src/providers/software/slow-host.js';
import { generateRsa } from '../../../src/providers/software/slow-work.js';

export function inProcessSlowHost(replaced: Partial<SlowHost> = {}): SlowHost {
  return {
    generateRsa: (bits) => generateRsa(bits),
    generatePostQuantum: async (name) => {
      const { seed = new Uint8Array(0), privateKey, publicKey } = generatePair(name);
      return { seed, privateKey, publicKey };
    },
    signPostQuantum: async ({ name, privateKey, message, ...options }) => signMessage(name, privateKey, message, options),
    verifyPostQuantum: async ({ name, publicKey, message, context, signature }) =>
      verifyMessage(name, publicKey, message, signature, { context }),
    derive: async (spec, secret, size) => deriveBytes(spec, secret, size),
    decodeKey: async ({ algorithm, format, keyData, passphrase }) => toDecodedKey(importMaterial(algorithm, format, keyData, passphrase)),
    stop: async () => undefined,
    ...replaced,
  };
}
