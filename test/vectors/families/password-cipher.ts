/** Data encrypted under a password (PBES2, RFC 8018 6.2): a key is derived and used without being seen. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, timeout } from '../bench.js';
import type { PasswordCipherCase, Verdict } from '../case.js';
import { knownKdf } from '../known.js';
import { runCipherWith } from './cipher.js';
import { assertBounds } from './kdf.js';

export async function runPasswordCipher(bench: Bench, { kdf: derivation, cipher }: PasswordCipherCase, verdict: Verdict): Promise<void> {
  const { secret, kdf, bits } = derivation;
  bench.assertOffered(knownKdf(kdf.kdfAlgorithm), 'derive');
  assertBounds(derivation);
  if (secret === undefined) throw new Error('there is no password');
  const params = { derivedKeyAlgorithm: `AES-${bits}`, kdf, permissions: p.encrypt | p.decrypt };
  await using key = await bench.withKey(secret, p.derive, (sourceKey) => bench.keys.deriveKey({ sourceKey, ...params }, { timeout }));
  await runCipherWith(bench, key, cipher, verdict);
}
