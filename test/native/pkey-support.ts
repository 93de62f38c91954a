/** Keys and second opinions that the tests of NativeKey share. */

import { execFileSync } from 'node:child_process';
import * as crypto from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { type EncryptionPadding, type NativeHash, NativeKey, type SignatureScheme } from '../../src/native-pkey.js';
import { temporaryFolder } from './support.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

export const bothHashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256'] as const;
export const hashes: readonly NativeHash[] = [...bothHashes, 'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'];
export const curves = { 'P-256': 32, 'P-384': 48, 'P-521': 66, secp256k1: 32, brainpoolP256r1: 32, secp224r1: 28, sect283k1: 36 };

export const message = Buffer.from('a message');
export const digestOf = (hash: NativeHash, data: Uint8Array = message) => crypto.createHash(hash).update(data).digest();

export interface Pair {
  readonly publicKey: crypto.KeyObject;
  readonly privateKey: crypto.KeyObject;
}

export const privateDer = (key: crypto.KeyObject) => key.export({ type: 'pkcs8', format: 'der' });
export const publicDer = (key: crypto.KeyObject) => key.export({ type: 'spki', format: 'der' });
export const privateOf = ({ privateKey }: Pair) => NativeKey.fromPrivate(privateDer(privateKey));
export const publicOf = ({ publicKey }: Pair) => NativeKey.fromPublic(publicDer(publicKey));

export const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const p1363 = { scheme: 'ecdsa', format: 'p1363' } satisfies SignatureScheme;
export const der = { scheme: 'ecdsa', format: 'der' } satisfies SignatureScheme;
export const pkcs1 = { scheme: 'pkcs1', hash: 'sha256' } satisfies SignatureScheme;
export const pss = { scheme: 'pss', hash: 'sha256', mgfHash: 'sha256', saltLength: 32 } satisfies SignatureScheme;
export const oaep = { padding: 'oaep', hash: 'sha256', mgfHash: 'sha256' } satisfies EncryptionPadding;

/** Node asks OpenSSL's error queue what went wrong: nothing of ours may be in it. */
export function expectCleanQueue(): void {
  expect(() => crypto.createPrivateKey({ key: Buffer.from([1]), format: 'der', type: 'pkcs8' })).toThrow(/./);
  expect(crypto.createHash('sha256').update('').digest('hex')).toMatch(/^e3b0c442/);
}

export function file(name: string, content: Uint8Array): string {
  const path = join(folder.path, name);
  writeFileSync(path, content);
  return path;
}

/** openssl pkeyutl with a key and options `name:value`; gives its output. */
export function pkeyutl(action: string, key: string, input: Uint8Array, options: readonly string[], more: readonly string[] = []): Buffer {
  const parameters = ['pkeyutl', action, '-inkey', key, '-keyform', 'DER', '-in', file('input', input), ...more];
  return execFileSync('openssl', [...parameters, ...options.flatMap((option) => ['-pkeyopt', option])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
