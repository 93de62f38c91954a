/**
 * Writes a fixture of the key store in today's format: `node dist/test/providers/software/make-store-fixture.js FOLDER`, into a folder
 * that does not exist. Fixtures of released formats are never written anew; every later version must open them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SoftwareProvider } from '../../../src/providers/software/provider.js';
import { inProcessSlowHost } from './in-process-slow-host.js';
import { json, p256Jwk } from './key-material.js';
import { call, keyRow, utf8 } from './support.js';

const [folder = ''] = process.argv.slice(2);
mkdirSync(folder, { mode: 0o700 });
const keyFile = join(folder, 'store.key');
writeFileSync(
  keyFile,
  Uint8Array.from({ length: 32 }, (_, i) => 0xa0 + i),
  { mode: 0o600 },
);
const provider = new SoftwareProvider({
  id: 1,
  name: 'software',
  slowHost: inProcessSlowHost(),
  keyStore: { folder: join(folder, 'store'), key: { from: 'file', path: keyFile } },
});
await provider.start();
const slot = (name: string, algorithm: string) => ({ name, algorithm: keyRow(algorithm), permissions: 0x7ff, object: undefined });
const aes = Uint8Array.from({ length: 32 }, (_, i) => i);
const imported = (algorithm: string, format: 'raw' | 'jwk', keyData: Uint8Array) =>
  ({ from: 'import', algorithm: keyRow(algorithm), format, keyData }) as const;
const publicJwk = { ...p256Jwk, d: undefined };

const { slots } = provider;
await slots.store(slot('data', 'AES-256'), { from: 'generate', algorithm: keyRow('AES-256') }, 3, 0, 1, call);
await slots.store(slot('data', 'AES-256'), imported('AES-256', 'raw', aes), 0x003, 0, 2, call);
slots.retire(slot('data', 'AES-256'), 1);
await slots.store(slot('mac/ключ', 'HMAC-SHA-256'), imported('HMAC-SHA-256', 'raw', utf8('fixture')), 0x040, 0, 1, call);
await slots.store(slot('signer', 'ECDSA-P256'), imported('ECDSA-P256', 'jwk', json(p256Jwk)), 0x030, 0x020, 7, call);
await slots.store(slot('verifier', 'ECDSA-P256'), imported('ECDSA-P256', 'jwk', json(publicJwk)), 0x020, 0x020, 1, call);
await slots.store(slot('rsa', 'RSA-2048'), { from: 'generate', algorithm: keyRow('RSA-2048') }, 0x230, 0x020, 1, call);
await slots.store(slot('cleared', 'AES-256'), { from: 'generate', algorithm: keyRow('AES-256') }, 3, 0, 4, call);
await slots.clear(slot('cleared', 'AES-256'), 4, call);
await provider.stop();
rmSync(join(folder, 'store', 'lock'));
