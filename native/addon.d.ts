/** What the compiled addon exports. src/native.ts loads it; that file and src/native-*.ts check the arguments of all of it and are its only users. */

import type { ErrorCode } from '../src/core/errors.js';

export interface SecureMemory {
  readonly size: number;
  readonly locked: boolean;
  use(callee: (bytes: Uint8Array) => unknown): unknown;
  equals(other: SecureMemory | Uint8Array): boolean;
  zeroize(): void;
  dispose(): void;
}

export interface Channel {
  readonly descriptor: number;
  send(data: Uint8Array, timeout: number): void;
  receive(into: Uint8Array, timeout: number): number;
  close(): void;
}

export interface Mac {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
  dispose(): void;
}

export interface Pkey {
  readonly type: 'rsa' | 'ec';
  readonly bits: number;
  dispose(): void;
}

/** Scheme (p1363, der, pkcs1 or pss), hash, hash of MGF1, length of the salt; empty or 0 where the scheme has none. */
export type SchemeArguments = [scheme: string, hash: string, mgfHash: string, saltLength: number];

/** Padding (oaep or pkcs1), hash, hash of MGF1, label; empty where the padding has none. */
export type PaddingArguments = [padding: string, hash: string, mgfHash: string, label: Uint8Array];

/** A queued call gives a promise. */
export interface Vault {
  status(): { unlocked: boolean; protection: 'memfd_secret' | 'mlock' | 'none'; lockedBytes: number; secureHeap: boolean; keys: number };
  /**
   * `phrase` and `passphrase`: a descriptor, or bytes, which are copied at once; -1 for no passphrase. `format`: 0 English, 1 bytes, 2 seed.
   * Bytes alone unlock at once: undefined.
   */
  unlock(
    phrase: number | SecureMemory | Uint8Array,
    passphrase: number | SecureMemory | Uint8Array,
    format: number,
    timeout: number,
  ): Promise<Uint8Array> | undefined;
  generate(words: number, descriptor: number, timeout: number): Promise<Uint8Array>;
  importKey(kind: number, descriptor: number, timeout: number): Promise<Uint8Array>;
  lock(): void;
  dispose(): void;
  /** `kind`: 0 Ed25519, 1 secp256k1, 2 AES-256-GCM. `path`: the bytes of a Uint32Array. Gives the handle as a double, then the public key. */
  derive(kind: number, path: Uint8Array, queued: boolean): Uint8Array | Promise<Uint8Array>;
  extendedPublicKey(path: Uint8Array, queued: boolean): Uint8Array | Promise<Uint8Array>;
  drop(handle: number): void;
  publicKey(handle: number): Uint8Array;
  sign(handle: number, message: Uint8Array, queued: boolean): Uint8Array | Promise<Uint8Array>;
  seal(handle: number, iv: Uint8Array, aad: Uint8Array, data: Uint8Array, queued: boolean): Uint8Array | Promise<Uint8Array>;
  open(handle: number, iv: Uint8Array, aad: Uint8Array, sealed: Uint8Array, queued: boolean): Uint8Array | Promise<Uint8Array>;
  reveal(handle: number): SecureMemory;
}

export interface Addon {
  /** What the addon throws in this environment. To be called before anything else. */
  setErrorFactory(factory: (code: ErrorCode, message: string, field: string | undefined) => Error): void;
  readonly SecureMemory: {
    new (size: number, requireLock: boolean): SecureMemory;
    fromFile(descriptor: number, maxSize: number): SecureMemory;
  };
  /** The constructor connects. */
  readonly Channel: new (
    path: string,
    timeout: number,
  ) => Channel;
  /** `cipher` is empty for KMAC. `extra` is GMAC's iv or KMAC's customization; the last two are KMAC's. */
  readonly Mac: new (
    algorithm: string,
    key: Uint8Array,
    cipher: string,
    extra: Uint8Array,
    outputLength: number,
    xof: boolean,
  ) => Mac;
  readonly Pkey: new (isPrivate: boolean, der: Uint8Array) => Pkey;
  pkeySign(key: Pkey, digest: Uint8Array, ...scheme: SchemeArguments): Uint8Array;
  pkeySignAsync(key: Pkey, digest: Uint8Array, ...scheme: SchemeArguments): Promise<Uint8Array>;
  pkeyVerify(key: Pkey, digest: Uint8Array, signature: Uint8Array, ...scheme: SchemeArguments): boolean;
  pkeyEncrypt(key: Pkey, data: Uint8Array, ...padding: PaddingArguments): Uint8Array;
  pkeyDecrypt(key: Pkey, data: Uint8Array, ...padding: PaddingArguments): Uint8Array;
  rsaIsConsistent(e: Uint8Array, d: Uint8Array, p: Uint8Array, q: Uint8Array, dp: Uint8Array, dq: Uint8Array, qi: Uint8Array): boolean;
  pkeyDecryptAsync(key: Pkey, data: Uint8Array, ...padding: PaddingArguments): Promise<Uint8Array>;
  hasImplicitRejection(): boolean;
  /** `secureHeap` is -1 for a size of the addon's choice. */
  readonly Vault: new (
    requireLock: boolean,
    secretMemory: boolean,
    secureHeap: number,
  ) => Vault;
  peerCredentials(descriptor: number): { pid: number; uid: number; gid: number; groups: number[]; startTime: number };
  hardenProcess(dumpable: boolean): void;
  isDumpable(): boolean;
  dieWithParent(expectedParent: number): void;
  exitNow(status: number): never;
  lockFile(descriptor: number): boolean;
  spinUntilReadable(descriptor: number, microseconds: number): boolean;
  pkcs11Login(modulePath: string, session: Uint8Array, userType: number, pinDescriptor: number): number;
  preloadPkcs11Module(modulePath: string): void;
}
