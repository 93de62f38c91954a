/** RSA keys that take too long to make in a test. They protect nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRow } from '../../src/core/algorithms.js';

/** PKCS#8 as PEM of a key of this kind; undefined for kinds that are made quickly. */
export function largeRsaKey(row: KeyRow): Uint8Array | undefined {
  if (row.keyType !== 'rsa' || row.keyLength < 4096) return undefined;
  return readFileSync(join(process.cwd(), `test/fixtures/keys/rsa-${row.keyLength}.pem`));
}
