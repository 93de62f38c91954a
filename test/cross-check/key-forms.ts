/** The forms in which a key travels, written by node:crypto. */
import type { KeyObject } from 'node:crypto';
import { type KeyRow, keyAlgorithm } from '../../src/core/algorithms.js';
import type { CarriedKey, SecretKey } from './party.js';
import type { Random } from './random.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const json = (value: unknown): Uint8Array => text(JSON.stringify(value));
const bytes = (value: string | Buffer): Uint8Array => (typeof value === 'string' ? text(value) : Uint8Array.from(value));

const encodings = ['der', 'pem'] as const;

/** Brainpool curves have no names in JSON. */
function hasJwk({ curve }: KeyRow): boolean {
  return curve === undefined || !curve.startsWith('brainpool');
}

export function carryPrivate(random: Random, row: KeyRow, object: KeyObject): CarriedKey {
  const algorithm = row.name;
  const format = random.pick(encodings);
  const own = row.keyType === 'ec' ? 'sec1' : row.keyType === 'rsa' ? 'pkcs1' : 'pkcs8';
  switch (random.between(0, 5)) {
    case 0:
      if (hasJwk(row)) return { algorithm, format: 'jwk', data: json(object.export({ format: 'jwk' })) };
      break;
    case 1:
    case 2:
      return { algorithm, format, data: bytes(object.export({ format, type: own } as { format: 'der'; type: 'pkcs8' })) };
    case 3: {
      const passphrase = random.bytes(random.between(1, 20)).map((byte) => 0x20 + (byte % 0x5f));
      const cipher = random.pick(['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc']);
      const options = { format, type: 'pkcs8', cipher, passphrase: Buffer.from(passphrase) } as const;
      return { algorithm, format, data: bytes(object.export(options as { format: 'der'; type: 'pkcs8' })), passphrase };
    }
  }
  return { algorithm, format, data: bytes(object.export({ format, type: 'pkcs8' } as { format: 'der'; type: 'pkcs8' })) };
}

export function carryPublic(random: Random, row: KeyRow, object: KeyObject, raw: Uint8Array | undefined): CarriedKey {
  const algorithm = row.name;
  const format = random.pick(encodings);
  switch (random.between(0, 4)) {
    case 0:
      if (hasJwk(row)) return { algorithm, format: 'jwk', data: json(object.export({ format: 'jwk' })) };
      break;
    case 1:
      if (raw !== undefined) return { algorithm, format: 'raw', data: raw };
      return { algorithm, format, data: bytes(object.export({ format, type: 'pkcs1' } as { format: 'der'; type: 'pkcs1' })) };
  }
  return { algorithm, format, data: bytes(object.export({ format, type: 'spki' } as { format: 'der'; type: 'spki' })) };
}

/** @throws TypeError for a name that no kind of key has */
export function carrySecret(random: Random, algorithm: string, secret: Uint8Array): SecretKey {
  if (keyAlgorithm(algorithm) === undefined) throw new TypeError(`there are no keys ${algorithm}`);
  const asJwk = random.chance(20) && secret.length > 0;
  const jwk = () => json({ kty: 'oct', k: Buffer.from(secret).toString('base64url') });
  return { bytes: secret, carried: { algorithm, format: asJwk ? 'jwk' : 'raw', data: asJwk ? jwk() : secret } };
}

export function carryAes(random: Random, bits: number): SecretKey {
  return carrySecret(random, `AES-${bits}`, random.bytes(bits / 8));
}
