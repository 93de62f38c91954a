/** One test of a vector file, whatever format it came in. Sizes are in bytes. */
import type { AlgorithmParameters } from '../../src/client/configs.js';
import type { KdfParameters } from '../../src/client/index.js';
import { SkippedTest, type SkipReason } from './skip.js';

/** `acceptable`: both outcomes are right, but a result must be the right one. */
export type Verdict = 'valid' | 'invalid' | 'acceptable';

export interface Message {
  readonly bytes: Uint8Array;
  /** How often the bytes are repeated. */
  readonly times: number;
}

/** A key as a file gives it. */
export interface KeyMaterial {
  /** Name of a kind of key, such as `ECDSA-P256`. */
  readonly algorithm: string;
  readonly format: 'raw' | 'der' | 'pem' | 'jwk';
  readonly data: Uint8Array;
  /** Of an encrypted private key. */
  readonly passphrase?: Uint8Array;
}

export interface HashCase {
  readonly family: 'hash';
  readonly algorithm: string;
  readonly parameters: AlgorithmParameters;
  readonly message: Message;
  readonly digest: Uint8Array;
  /** Bits of the digest that count; the last byte's are the first ones of it, from the left. */
  readonly digestBits: number;
}
/** Monte Carlo test of a hash. */
export interface HashChainCase {
  readonly family: 'hashChain';
  readonly algorithm: string;
  /** How a round makes the next message. */
  readonly chain: 'sha' | 'sha3' | 'shake' | 'cshake';
  readonly seed: Uint8Array;
  readonly results: readonly Uint8Array[];
  /** Messages are cut or filled to the length of the first seed (ACVP's alternate form). */
  readonly seedLength: number | undefined;
  /** Bits, of functions with output of any length. */
  readonly outputBounds: { readonly min: number; readonly max: number; readonly step: number } | undefined;
}
export interface MacCase {
  readonly family: 'mac';
  readonly algorithm: string;
  readonly key: KeyMaterial;
  readonly iv: Uint8Array | undefined;
  readonly parameters: AlgorithmParameters;
  readonly message: Message;
  readonly mac: Uint8Array;
  /** Of the context; a MAC of another length must not match. */
  readonly macLength: number;
}
export interface CipherCase {
  readonly family: 'cipher';
  readonly algorithm: string;
  readonly padding: 'pkcs7' | 'none';
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly plaintext: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** Of a keystream's mode, when the message is no whole number of bytes: bits that count, from the high end. */
  readonly bits?: number;
}
export interface CipherChainLink {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
}
/** Monte Carlo test of a cipher without padding: each link is 1,000 rounds. */
export interface CipherChainCase {
  readonly family: 'cipherChain';
  readonly algorithm: string;
  readonly direction: 'encrypt' | 'decrypt';
  readonly links: readonly CipherChainLink[];
}
export interface AeadCase {
  readonly family: 'aead';
  readonly algorithm: string;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  /** Not given by some tests of refusals. */
  readonly plaintext: Uint8Array | undefined;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
  readonly tagLength: number;
}
/** Encryption to an RSA key. */
export interface RsaCipherCase {
  readonly family: 'rsaCipher';
  readonly algorithm: string;
  readonly privateKey: KeyMaterial;
  readonly parameters: AlgorithmParameters;
  readonly plaintext: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** What is refused decrypts to something else instead: PKCS#1 v1.5 with implicit rejection. */
  readonly implicitRejection: boolean;
}
export interface SignatureCase {
  readonly family: 'signature';
  readonly algorithm: string;
  readonly publicKey: KeyMaterial | undefined;
  readonly privateKey: KeyMaterial | undefined;
  readonly parameters: AlgorithmParameters;
  readonly message: Uint8Array;
  readonly signature: Uint8Array | undefined;
  /** The given private key makes the given signature, with these parameters beside the others. */
  readonly exactly: AlgorithmParameters | undefined;
  /** Given instead of a long signature: its digest. */
  readonly signatureDigest?: { readonly hash: string; readonly digest: Uint8Array };
}
/** A key pair whose halves must belong together. */
export interface KeyPairCase {
  readonly family: 'keyPair';
  readonly publicKey: KeyMaterial;
  /** All of them encode the same private key. */
  readonly privateKeys: readonly KeyMaterial[];
}
/** A public or private key that is taken or refused. */
export interface KeyCase {
  readonly family: 'key';
  readonly key: KeyMaterial;
  readonly half: 'public' | 'private';
  /** SPKI of the public half, where somebody else can tell it. */
  readonly spki?: Uint8Array;
}
export interface WrapCase {
  readonly family: 'wrap';
  readonly algorithm: string;
  readonly wrappingKey: KeyMaterial;
  /** Not given by some tests of refusals. */
  readonly payload: Uint8Array | undefined;
  readonly wrapped: Uint8Array;
}
export interface Agreement {
  readonly privateKey: KeyMaterial;
  readonly peer: Uint8Array;
  readonly peerFormat: KeyMaterial['format'];
  readonly shared: Uint8Array;
}
export interface AgreementCase {
  readonly family: 'agreement';
  readonly algorithm: string;
  /** All of them together are the test. */
  readonly agreements: readonly Agreement[];
}
export interface KemCase {
  readonly family: 'kem';
  readonly privateKey: KeyMaterial;
  readonly ciphertext: Uint8Array;
  /** Not given by tests of refusals. */
  readonly secret: Uint8Array | undefined;
  readonly publicKey: Uint8Array | undefined;
}
export interface Derivation {
  /** What is derived from; undefined: the result of the derivation before. */
  readonly secret: KeyMaterial | undefined;
  readonly kdf: KdfParameters;
  readonly output: Uint8Array;
  /** Bits of the output that count. */
  readonly bits: number;
}
export interface KdfCase {
  readonly family: 'kdf';
  readonly derivations: readonly Derivation[];
}
/** The key schedule of TLS 1.3 (RFC 8446 7.1). */
export interface TlsScheduleCase {
  readonly family: 'tlsSchedule';
  readonly hash: string;
  /** Undefined: zeros as long as a digest. */
  readonly psk: Uint8Array | undefined;
  readonly dhe: Uint8Array | undefined;
  /** ClientHello, ServerHello, the server's Finished, the client's Finished. */
  readonly messages: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  /** By their names in ACVP. */
  readonly secrets: Readonly<Record<string, Uint8Array>>;
}
/** Encryption under a password (PBES2): a key derived, then CBC. */
export interface PasswordCipherCase {
  readonly family: 'passwordCipher';
  readonly kdf: Derivation;
  readonly cipher: CipherCase;
}
/** A test that can't be run, with the reason why. */
export interface SkippedCase {
  readonly family: 'skipped';
  readonly reason: SkipReason;
  readonly detail: string | undefined;
}
/** A test that could not be read although its format is known: counts as failed. */
export interface UnreadableCase {
  readonly family: 'unreadable';
  readonly message: string;
}

export type CaseBody =
  | HashCase
  | HashChainCase
  | MacCase
  | CipherCase
  | CipherChainCase
  | AeadCase
  | RsaCipherCase
  | SignatureCase
  | KeyPairCase
  | KeyCase
  | WrapCase
  | AgreementCase
  | KemCase
  | KdfCase
  | TlsScheduleCase
  | PasswordCipherCase
  | SkippedCase
  | UnreadableCase;

export interface VectorCase {
  /** Where in the file it is: `tcId 12`, `line 40`. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly body: CaseBody;
}

export function skipped(name: string, reason: SkipReason, detail?: string): VectorCase {
  return { name, verdict: 'valid', body: { family: 'skipped', reason, detail } };
}

/** A case from a function that throws what it can't read. */
export function readCase(name: string, verdict: Verdict, read: () => CaseBody): VectorCase {
  try {
    return { name, verdict, body: read() };
  } catch (error) {
    if (error instanceof SkippedTest) return skipped(name, error.reason, error.detail);
    const message = error instanceof Error ? error.message : String(error);
    return { name, verdict, body: { family: 'unreadable', message } };
  }
}
