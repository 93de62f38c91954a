/**
 * Ed25519 and Ed448 (RFC 8032, FIPS 186-5 section 7) by node:crypto; Ed448 with a context by @noble/curves where the running OpenSSL has
 * none (before 3.2). Long messages are signed on the thread pool, so that other callers go on.
 */
import { generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { ed448 } from '@noble/curves/ed448.js';
import { MiB } from '../../core/limits.js';
import type { Answer } from '../contract.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import { assertLength } from './gathered.js';
import { contextOf, type MessageScheme, type SchemeParts } from './message-scheme.js';
import { pieceSize } from './paced.js';
import { isSmallOrder } from './small-order.js';

export function edwards({ algorithm, key, parameters }: SchemeParts): MessageScheme {
  const context = contextOf(parameters);
  const scheme = context.length > 0 && !nodeTakesContext() ? withLibrary(key, context) : withNode(key, context);
  let small: boolean | undefined;
  return {
    sign: scheme.sign,
    verify: (message, signature, call) => {
      small ??= isSmallOrder(algorithm.keyName, key.publicKey());
      return !small && scheme.verify(message, signature, call);
    },
  };
}

function withNode(key: SchemeParts['key'], context: Uint8Array): MessageScheme {
  return {
    sign: (message) => signHere(message, withContext(key.privateKey(), context)),
    verify: (message, signature) => verifyHere(message, withContext(key.publicKey(), context), signature),
  };
}

/** The types of Node 20 do not know the option. */
interface WithContext {
  readonly key: KeyObject;
  readonly context?: Uint8Array;
}
function withContext(key: KeyObject, context: Uint8Array): WithContext {
  return context.length === 0 ? { key } : { key, context };
}

function signHere(message: Uint8Array, key: WithContext): Answer<Uint8Array> {
  if (message.length <= pieceSize) return sign(null, message, key);
  return new Promise((resolve, reject) => {
    sign(null, message, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}

function verifyHere(message: Uint8Array, key: WithContext, signature: Uint8Array): Answer<boolean> {
  if (message.length <= pieceSize) return verify(null, message, key, signature);
  return new Promise((resolve, reject) => {
    verify(null, message, key, signature, (error, valid) => (error ? reject(error) : resolve(valid)));
  });
}

let contextKnown: boolean | undefined;

/** Older versions ignore the option. Found out once, at the first need: Ed448 is deterministic, so a context that counts shows. */
export function nodeTakesContext(): boolean {
  contextKnown ??= probeContext();
  return contextKnown;
}
function probeContext(): boolean {
  const { privateKey } = generateKeyPairSync('ed448');
  const message = new Uint8Array(0);
  return !sign(null, message, withContext(privateKey, Uint8Array.of(1))).equals(sign(null, message, privateKey));
}

/** Bytes of a key of Ed448: they end PKCS#8 and SPKI alike (RFC 8410). */
const keySize = 57;
/** A message holds the daemon for its whole time. */
const longestInLibrary = MiB;

function withLibrary(key: SchemeParts['key'], context: Uint8Array): MessageScheme {
  return {
    sign: (message) => {
      assertLength(message.length, longestInLibrary);
      const pkcs8 = key.privateKey().export({ type: 'pkcs8', format: 'der' });
      try {
        return ed448.sign(message, pkcs8.subarray(-keySize), { context });
      } finally {
        wipe(pkcs8);
      }
    },
    verify: (message, signature) => {
      assertLength(message.length, longestInLibrary);
      const spki = key.publicKey().export({ type: 'spki', format: 'der' });
      return ed448.verify(signature, message, spki.subarray(-keySize), { context, zip215: false });
    },
  };
}
