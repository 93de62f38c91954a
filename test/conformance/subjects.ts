/** All kinds of streaming contexts with algorithms of every family. */
import { createHash } from 'node:crypto';
import { blake2b } from '@noble/hashes/blake2.js';
import { otherMacs, shake128 } from './cipher-material.js';
import { digest, mac } from './material.js';
import type { Subject } from './subject.js';
import { AeadSubject, AppendedTagSubject } from './subjects-aead.js';
import { CipherSubject, RsaCipherSubject } from './subjects-ciphers.js';
import { HashSubject, MacSubject } from './subjects-digests.js';
import { SignSubject, VerifySubject } from './subjects-signatures.js';

const full = { walk: 'full' } as const;
const big = { walk: 'full', big: true } as const;
const costly = { costly: true } as const;
const hash = (name: string) => (message: Uint8Array) => digest(name, message);

const hashes: readonly Subject[] = [
  new HashSubject({ algorithm: 'SHA-256', digest: hash('sha256'), ...big }),
  new HashSubject({ algorithm: 'SHA-384', digest: hash('sha384') }),
  new HashSubject({ algorithm: 'SHA-512', digest: hash('sha512') }),
  new HashSubject({ algorithm: 'SHA-1', digest: hash('sha1') }),
  new HashSubject({ algorithm: 'SHA3-256', digest: hash('sha3-256') }),
  new HashSubject({ algorithm: 'SHAKE-128', parameters: { outputLength: 50 }, digest: (message) => shake128(message, 50) }),
  new HashSubject({ algorithm: 'BLAKE2b-512', digest: (message) => new Uint8Array(createHash('blake2b512').update(message).digest()) }),
  new HashSubject({
    algorithm: 'BLAKE2b-512',
    parameters: { outputLength: 20 },
    digest: (message) => blake2b(message, { dkLen: 20 }),
  }),
];

const hmac = { algorithm: 'HMAC-SHA-256', key: 'hmac' } as const;
const hmacSha3 = { algorithm: 'HMAC-SHA3-256', key: 'hmacSha3', mac: otherMacs.hmacSha3 } as const;
const cmac = { algorithm: 'AES-CMAC', key: 'aes', mac: otherMacs.cmac } as const;
const gmac = { algorithm: 'GMAC', key: 'aes', mac: otherMacs.gmac, ivSize: 12 } as const;
const kmac = { algorithm: 'KMAC-128', key: 'kmac', mac: otherMacs.kmac } as const;
const macs: readonly Subject[] = [
  new MacSubject({ ...hmac, mode: 'generate', mac: (message) => mac(message), ...big }),
  new MacSubject({ ...hmac, mode: 'generate', parameters: { outputLength: 16 }, mac: (message) => mac(message, 16) }),
  new MacSubject({ ...hmac, mode: 'verify', mac: (message) => mac(message), ...big }),
  new MacSubject({ ...hmacSha3, mode: 'generate' }),
  new MacSubject({ ...cmac, mode: 'generate', ...full }),
  new MacSubject({ ...cmac, mode: 'verify' }),
  new MacSubject({ ...gmac, mode: 'generate', ...full }),
  new MacSubject({ ...gmac, mode: 'verify' }),
  new MacSubject({ ...kmac, mode: 'generate' }),
  new MacSubject({ ...kmac, mode: 'verify' }),
];

const ciphers: readonly Subject[] = [
  new CipherSubject('AES-256-CBC', 'encrypt', big),
  new CipherSubject('AES-256-CBC', 'decrypt', big),
  new CipherSubject('AES-256-CBC without padding', 'encrypt'),
  new CipherSubject('AES-256-CBC without padding', 'decrypt'),
  new CipherSubject('AES-128-ECB without padding', 'encrypt'),
  new CipherSubject('AES-128-ECB without padding', 'decrypt'),
  new CipherSubject('AES-256-CTR', 'encrypt', big),
  new CipherSubject('AES-256-CTR', 'decrypt'),
  new CipherSubject('AES-256-CFB', 'encrypt'),
  new CipherSubject('AES-256-CFB', 'decrypt'),
  new CipherSubject('AES-256-CFB8', 'encrypt'),
  new CipherSubject('AES-256-CFB8', 'decrypt'),
  new CipherSubject('AES-256-OFB', 'encrypt'),
  new CipherSubject('AES-256-OFB', 'decrypt'),
  new CipherSubject('AES-128-XTS', 'encrypt'),
  new CipherSubject('AES-128-XTS', 'decrypt'),
  new RsaCipherSubject('RSA-OAEP-SHA-1', 'encrypt', full),
  new RsaCipherSubject('RSA-OAEP-SHA-1', 'decrypt', full),
  new RsaCipherSubject('RSA-OAEP-SHA-256 with a label', 'encrypt', { tried: true }),
  new RsaCipherSubject('RSA-OAEP-SHA-256 with a label', 'decrypt', { tried: true }),
  new RsaCipherSubject('RSA-PKCS1', 'encrypt'),
  new RsaCipherSubject('RSA-PKCS1', 'decrypt'),
];

const aeads: readonly Subject[] = [
  new AppendedTagSubject('AES-256-GCM', 'encrypt', big),
  new AppendedTagSubject('AES-256-GCM', 'decrypt', big),
  new AeadSubject('AES-256-GCM', 'encrypt', big),
  new AeadSubject('AES-256-GCM', 'decrypt', big),
  new AeadSubject('AES-256-GCM', 'encrypt', { tagLength: 12 }),
  new AeadSubject('AES-256-CCM', 'encrypt', full),
  new AeadSubject('AES-256-CCM', 'decrypt', full),
  new AppendedTagSubject('AES-256-CCM', 'encrypt'),
  new AppendedTagSubject('AES-256-CCM', 'decrypt'),
  new AeadSubject('ChaCha20-Poly1305', 'encrypt'),
  new AeadSubject('ChaCha20-Poly1305', 'decrypt'),
  new AeadSubject('XChaCha20-Poly1305', 'encrypt'),
  new AeadSubject('XChaCha20-Poly1305', 'decrypt'),
  new AeadSubject('AES-256-GCM-SIV', 'encrypt'),
  new AeadSubject('AES-256-GCM-SIV', 'decrypt'),
  new AeadSubject('AES-128-SIV', 'encrypt'),
  new AeadSubject('AES-128-SIV', 'decrypt'),
  new AppendedTagSubject('AES-128-SIV', 'encrypt'),
  new AppendedTagSubject('AES-128-SIV', 'decrypt'),
];

const signatures: readonly Subject[] = [
  new SignSubject('ecdsa-p1363', big),
  new SignSubject('ecdsa-der'),
  new SignSubject('ecdsa-prehashed', full),
  new SignSubject('ecdsa-p521-der'),
  new SignSubject('ecdsa-secp256k1'),
  new SignSubject('rsa-pss', big),
  new SignSubject('rsa-pss-mgf1-sha1', { tried: true }),
  new SignSubject('rsa-pss-prehashed'),
  new SignSubject('rsa-pkcs1'),
  new SignSubject('rsa-pkcs1-prehashed'),
  new SignSubject('ed25519', big),
  new SignSubject('ed448'),
  new SignSubject('ed448-context', { tried: true }),
  new SignSubject('ml-dsa-context', costly),
  new SignSubject('slh-dsa', costly),
  new VerifySubject('ecdsa-p1363', big),
  new VerifySubject('ecdsa-der'),
  new VerifySubject('ecdsa-prehashed'),
  new VerifySubject('ecdsa-p521-der'),
  new VerifySubject('ecdsa-secp256k1'),
  new VerifySubject('rsa-pss', big),
  new VerifySubject('rsa-pss-mgf1-sha1', { tried: true }),
  new VerifySubject('rsa-pss-prehashed'),
  new VerifySubject('rsa-pkcs1'),
  new VerifySubject('rsa-pkcs1-prehashed'),
  new VerifySubject('ed25519', full),
  new VerifySubject('ed448'),
  new VerifySubject('ed448-context', { tried: true }),
  new VerifySubject('ml-dsa-context', costly),
  new VerifySubject('slh-dsa', costly),
];

export const subjects: readonly Subject[] = [...hashes, ...macs, ...ciphers, ...aeads, ...signatures];
