/** What the demo does with its file through the client: whole streams, as an application would run them. */
import type { CallOptions, CryptoContext, CryptoResourceId } from '../../client/index.js';

export interface Through {
  readonly crypto: CryptoContext;
  readonly call: CallOptions;
}

/** Bytes per update. */
const piece = 64 * 1024;

function* inPieces(data: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < data.length; at += piece) yield data.subarray(at, at + piece);
}

interface Updates {
  update(data: Uint8Array, output: undefined, options: CallOptions): Promise<Uint8Array>;
}

async function transform(stream: Updates, data: Uint8Array, call: CallOptions): Promise<Uint8Array[]> {
  const out: Uint8Array[] = [];
  for (const part of inPieces(data)) out.push(await stream.update(part, undefined, call));
  return out;
}

async function absorb(stream: { update(data: Uint8Array, options: CallOptions): Promise<void> }, data: Uint8Array, call: CallOptions) {
  for (const part of inPieces(data)) await stream.update(part, call);
}

export async function hashOf({ crypto, call }: Through, algorithm: string, provider: string, data: Uint8Array): Promise<Uint8Array> {
  await using stream = await crypto.createHashContext({ algorithm, provider }, call);
  await stream.init(call);
  await absorb(stream, data, call);
  return await stream.finalize(undefined, call);
}

export async function macOf({ crypto, call }: Through, key: CryptoResourceId, data: Uint8Array): Promise<Uint8Array> {
  await using stream = await crypto.createMacContext({ algorithm: 'HMAC-SHA-256', key }, call);
  await stream.init(undefined, call);
  await absorb(stream, data, call);
  return await stream.finalize(undefined, call);
}

export type CipherName = 'AES-256-CBC' | 'AES-256-GCM';

/** Of GCM the tag stands at the end of the ciphertext. */
export async function cipher(
  { crypto, call }: Through,
  key: CryptoResourceId,
  algorithm: CipherName,
  direction: 'encrypt' | 'decrypt',
  iv: Uint8Array,
  data: Uint8Array,
): Promise<Uint8Array> {
  await using stream = await crypto.createCipherContext({ algorithm, key, direction }, call);
  await stream.init(iv, call);
  const out = await transform(stream, data, call);
  return Buffer.concat([...out, await stream.finalize(undefined, call)]);
}

export interface Scheme {
  readonly algorithm: 'ECDSA-P256' | 'RSA-PSS-SHA-256';
  /** Of ECDSA: the form that openssl reads and writes. */
  readonly parameters?: { readonly signatureFormat: 'der' };
}

export async function signatureOf({ crypto, call }: Through, key: CryptoResourceId, scheme: Scheme, data: Uint8Array): Promise<Uint8Array> {
  await using stream = await crypto.createSignContext({ ...scheme, key }, call);
  await stream.init(call);
  await absorb(stream, data, call);
  return await stream.signFinalize(undefined, call);
}

export async function isSignature(
  { crypto, call }: Through,
  key: CryptoResourceId,
  scheme: Scheme,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  await using stream = await crypto.createVerifySignatureContext({ ...scheme, key }, call);
  await stream.init(call);
  await absorb(stream, data, call);
  return await stream.verifyFinalize(signature, call);
}
