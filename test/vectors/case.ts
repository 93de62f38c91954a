/** One test of a vector file, whatever format it came in. Sizes are in bytes. */

/** `acceptable`: both outcomes are right. */
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
  readonly format: 'raw' | 'der' | 'pem';
  readonly data: Uint8Array;
}

export interface HashCase {
  readonly family: 'hash';
  readonly algorithm: string;
  readonly message: Message;
  readonly digest: Uint8Array;
}
/** Monte Carlo test of a hash: each result is the seed of the next 1,000 rounds. */
export interface HashChainCase {
  readonly family: 'hashChain';
  readonly algorithm: string;
  readonly seed: Uint8Array;
  readonly results: readonly Uint8Array[];
  /** Messages are cut or filled to the length of the first seed (ACVP's alternate form). */
  readonly seedLength: number | undefined;
}
export interface MacCase {
  readonly family: 'mac';
  readonly algorithm: string;
  readonly key: Uint8Array;
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
}
export interface CipherChainLink {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
}
/** Monte Carlo test of a block cipher without padding: each link is 1,000 rounds. */
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
export interface SignatureCase {
  readonly family: 'signature';
  readonly algorithm: string;
  readonly publicKey: KeyMaterial;
  readonly privateKey: KeyMaterial | undefined;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}
/** A key pair whose halves must belong together. */
export interface KeyPairCase {
  readonly family: 'keyPair';
  readonly algorithm: string;
  readonly publicKey: KeyMaterial;
  readonly privateKey: KeyMaterial;
}
/** A public key that is taken or refused. */
export interface PublicKeyCase {
  readonly family: 'publicKey';
  readonly algorithm: string;
  readonly publicKey: KeyMaterial;
}
/** A test that can't be run, with the reason why. */
export interface SkippedCase {
  readonly family: 'skipped';
  readonly reason: string;
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
  | SignatureCase
  | KeyPairCase
  | PublicKeyCase
  | SkippedCase
  | UnreadableCase;

export interface VectorCase {
  /** Where in the file it is: `tcId 12`, `line 40`. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly body: CaseBody;
}

export function skipped(name: string, reason: string): VectorCase {
  return { name, verdict: 'valid', body: { family: 'skipped', reason } };
}
export function notInThisVersion(name: string, algorithm: string): VectorCase {
  return skipped(name, `algorithm not in this version: ${algorithm}`);
}

/** A case from a function that throws what it can't read. */
export function readCase(name: string, verdict: Verdict, read: () => CaseBody): VectorCase {
  try {
    return { name, verdict, body: read() };
  } catch (error) {
    if (error instanceof SkippedTest) return skipped(name, error.message);
    const message = error instanceof Error ? error.message : String(error);
    return { name, verdict, body: { family: 'unreadable', message } };
  }
}

/** Thrown by readers and families for a test that can't be run; the message is the reason. */
export class SkippedTest extends Error {}
