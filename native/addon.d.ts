/** What the compiled addon exports. src/native.ts checks the arguments of all of it and is its only user. */

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
  peerCredentials(descriptor: number): { pid: number; uid: number; gid: number; groups: number[]; startTime: number };
  hardenProcess(dumpable: boolean): void;
  isDumpable(): boolean;
  dieWithParent(expectedParent: number): void;
  lockFile(descriptor: number): boolean;
  spinUntilReadable(descriptor: number, microseconds: number): boolean;
  pkcs11Login(modulePath: string, session: Uint8Array, userType: number, pinDescriptor: number): number;
  preloadPkcs11Module(modulePath: string): void;
}
