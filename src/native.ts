/** The only file that loads the addon. Arguments are checked here and in the native-*.ts files beside it, and asserted there. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect, types } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type { Addon, Channel, SecureMemory } from '../native/addon.js';
import { KeyslotError } from './core/errors.js';
import { MiB } from './core/limits.js';

/** What the kernel knows of the process at the other end of a Unix socket, as it was when that process connected or listened. */
export interface PeerCredentials {
  /** 0 when the pid can't be seen from here (another pid namespace). */
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  /** Supplementary groups, in the kernel's order. */
  readonly groups: readonly number[];
  /** Clock ticks since boot, field 22 of /proc/PID/stat; 0 when pid is 0 or the process can't be seen or has ended. */
  readonly startTime: number;
}

export interface SecureBufferOptions {
  /** False: memory that the system refuses to lock is good enough. Default true. */
  readonly requireLock?: boolean;
}

const longestSecureBuffer = MiB;
const longestSocketPath = 107;
const redacted = '[REDACTED]';

let loaded: Addon | undefined;

/**
 * For src/native-*.ts only. Loaded at first use, so that importing the package works where the addon was never built:
 * UNSUPPORTED_OPERATION says then how to build it.
 */
export function addon(): Addon {
  loaded ??= load();
  return loaded;
}

function load(): Addon {
  const root = packageRoot();
  try {
    const made = createRequire(import.meta.url)(join(root, 'build', 'Release', 'keyslot.node')) as Addon;
    made.setErrorFactory((code, message, field) => new KeyslotError(code, message, { field }));
    return made;
  } catch (cause) {
    throw new KeyslotError(
      'UNSUPPORTED_OPERATION',
      "Keyslot's native addon is missing or can't be loaded here: build it with `npm rebuild keyslot` (in a clone: `npm run build:native`)",
      { cause },
    );
  }
}

function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

/** INVALID_ARGUMENT for this field unless the condition holds. */
export function requireThat(condition: boolean, field: string, message: string): void {
  if (!condition) throw new KeyslotError('INVALID_ARGUMENT', message, { field });
}

/** INVALID_ARGUMENT unless the value is an integer from `least` to `most`. */
export function requireInteger(value: number, least: number, most: number, field: string): void {
  requireThat(Number.isInteger(value) && value >= least && value <= most, field, `${field} must be an integer from ${least} to ${most}`);
}

/** INVALID_ARGUMENT unless the value can be a file descriptor. */
export function requireDescriptor(value: number, field: string): void {
  requireInteger(value, 0, 0x7fffffff, field);
}

/** INVALID_ARGUMENT unless the value is a Uint8Array (or Buffer). */
export function requireBytes(value: Uint8Array, field: string): void {
  requireThat(types.isUint8Array(value), field, `${field} must be a Uint8Array`);
}

/** INVALID_ARGUMENT unless the value is milliseconds to wait. */
export function requireTimeout(value: number): void {
  requireThat(typeof value === 'number' && value >= 0, 'timeout', 'timeout must be a number of milliseconds, 0 or more, or Infinity');
}

function requireModulePath(value: string): void {
  const sound = typeof value === 'string' && isAbsolute(value) && !value.includes('\0');
  requireThat(sound, 'modulePath', 'modulePath must be an absolute path');
}

/** SO_PEERCRED and SO_PEERGROUPS of a connected Unix socket. INVALID_ARGUMENT for any other descriptor. */
export function peerCredentials(descriptor: number): PeerCredentials {
  requireDescriptor(descriptor, 'descriptor');
  return addon().peerCredentials(descriptor);
}

/** Memory that native code filled, on its way into a SecureBuffer. */
class Adopted implements SecureBufferOptions {
  readonly requireLock = true;
  readonly memory: SecureMemory;

  constructor(memory: SecureMemory) {
    this.memory = memory;
  }
}

/**
 * Bytes in memory of their own: between guard pages, locked (never swapped), left out of core dumps, zero in a forked child, and
 * overwritten when the buffer is zeroized, disposed, forgotten, or its thread ends. It prints as `[REDACTED]` and is never cloned.
 *
 * The owner disposes it. Each buffer takes whole pages (4 KiB) of RLIMIT_MEMLOCK.
 */
export class SecureBuffer implements Disposable {
  readonly #memory: SecureMemory;

  /**
   * `size` bytes of zeros, 1 to 1 MiB. MEMORY_NOT_LOCKED where the system refuses to lock them and `requireLock` is not false;
   * ALLOCATION_FAILED where it has no memory.
   */
  constructor(size: number, options: SecureBufferOptions = {}) {
    requireInteger(size, 1, longestSecureBuffer, 'size');
    this.#memory = options instanceof Adopted ? options.memory : new (addon().SecureMemory)(size, options.requireLock !== false);
  }

  /**
   * Reads a descriptor to its end, straight into locked memory, blocking. INVALID_ARGUMENT when it can't be read, is at its end, or
   * holds more than `maxSize` bytes (1 to 1 MiB); errors as for the constructor. The caller keeps and closes the descriptor.
   */
  static fromFile(descriptor: number, maxSize: number): SecureBuffer {
    requireDescriptor(descriptor, 'descriptor');
    requireInteger(maxSize, 1, longestSecureBuffer, 'maxSize');
    return SecureBuffer.adopt(addon().SecureMemory.fromFile(descriptor, maxSize));
  }

  /** For src/native-*.ts only: takes over memory that native code filled. */
  static adopt(memory: SecureMemory): SecureBuffer {
    return new SecureBuffer(memory.size, new Adopted(memory));
  }

  /** For src/native-*.ts only: what native code copies from. */
  static memoryOf(buffer: SecureBuffer): SecureMemory {
    return buffer.#memory;
  }

  /** Bytes, also after disposal. */
  get size(): number {
    return this.#memory.size;
  }

  /** Whether the system keeps the bytes out of swap; false after disposal. */
  get locked(): boolean {
    return this.#memory.locked;
  }

  /**
   * Calls `use` with the bytes and gives back what it gives. Writing changes the buffer. The view has length 0 once `use` has returned
   * or thrown, so nothing asynchronous may be started on it, and an async function is INVALID_ARGUMENT. Calls may be nested. Transferring
   * the view's ArrayBuffer is INVALID_OPERATION and disposes the buffer; copies made inside `use` are the caller's to wipe.
   */
  use<T>(use: (bytes: Uint8Array) => T): T {
    requireThat(typeof use === 'function' && !types.isAsyncFunction(use), 'use', 'use must be a function that is not async');
    const result = this.#memory.use(use) as T;
    if (!isThenable(result)) return result;
    // It is about to fail on the detached view, and nobody else will see that.
    result.then(undefined, () => undefined);
    throw new KeyslotError('INVALID_ARGUMENT', 'use gave a promise: the bytes are gone before it settles', { field: 'use' });
  }

  /** Compares in a time that depends on the lengths only. Different lengths are not equal. */
  equals(other: SecureBuffer | Uint8Array): boolean {
    if (typeof other === 'object' && other !== null && #memory in other) return this.#memory.equals(other.#memory);
    requireBytes(other as Uint8Array, 'other');
    return this.#memory.equals(other as Uint8Array);
  }

  /** Overwrites the bytes with zeros. The buffer can be filled again. Nothing happens after disposal. */
  zeroize(): void {
    this.#memory.zeroize();
  }

  /** Overwrites the bytes and gives the memory back; `use` and `equals` are INVALID_OPERATION from then on. May be called again. */
  [Symbol.dispose](): void {
    this.#memory.dispose();
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return `SecureBuffer ${redacted}`;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/**
 * No core dumps (RLIMIT_CORE 0) and not dumpable (PR_SET_DUMPABLE 0: no debugger and no /proc/PID/mem for others of the same user).
 * `dumpable: true` leaves the second out. A change of user or group after it may make the kernel choose again: call it last.
 */
export function hardenProcess(options: { dumpable?: boolean } = {}): void {
  addon().hardenProcess(options.dumpable === true);
}

/**
 * SIGKILL for this process when its parent ends (PR_SET_PDEATHSIG); exits at once with status 1 if the parent is already another than
 * `expectedParent`. To be called in the main thread, and after a change of user or group, which the kernel takes as a reason to forget
 * it. "Parent" is the thread that started this process: start it from one that lives on.
 */
export function dieWithParent(expectedParent: number): void {
  requireInteger(expectedParent, 0, 0x7fffffff, 'expectedParent');
  if (!isMainThread) throw new KeyslotError('INVALID_OPERATION', 'dieWithParent works in the main thread only: it ends with its thread');
  addon().dieWithParent(expectedParent);
}

/**
 * Ends the process without waiting for Node's threads, as `process.exit` does: one that waits for a pipe which nobody opens never comes back.
 * Nothing runs any more, neither listeners of `exit` nor destructors.
 */
export function exitNow(status: number): never {
  requireInteger(status, 0, 255, 'status');
  return addon().exitNow(status);
}

/** Whether the kernel lets others of the same user look into this process (PR_GET_DUMPABLE). */
export function isDumpable(): boolean {
  return addon().isDumpable();
}

/** Exclusive flock on an open descriptor, not waiting. False when somebody else holds it. Held until the descriptor is closed. */
export function lockFile(descriptor: number): boolean {
  requireDescriptor(descriptor, 'descriptor');
  return addon().lockFile(descriptor);
}

/**
 * Looks again and again whether a descriptor has something to read (or its peer is gone), without sleeping, for at most so many
 * microseconds (at most 1000). For servers that expect the next request at once: a sleep costs more than the request.
 */
export function spinUntilReadable(descriptor: number, microseconds: number): boolean {
  requireDescriptor(descriptor, 'descriptor');
  if (!(microseconds >= 0 && microseconds <= 1000)) {
    throw new KeyslotError('INVALID_ARGUMENT', 'microseconds must be between 0 and 1000', { field: 'microseconds' });
  }
  return addon().spinUntilReadable(descriptor, microseconds);
}

/**
 * A blocking client socket with deadlines. Timeouts are milliseconds from now, 0 tries once, Infinity waits for ever; they also end the
 * wait for a peer that is stopped. After an error of `send` or `receive` other than INVALID_ARGUMENT only `close` makes sense: part of
 * the data may have gone. The owner closes it; a forgotten one is closed when it is collected.
 */
export class BlockingChannel {
  readonly #channel: Channel;

  private constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** INVALID_ARGUMENT for a path that is empty or over 107 bytes, CONNECTION_FAILED, OPERATION_TIMED_OUT. */
  static connect(path: string, timeout: number): BlockingChannel {
    const sound = typeof path === 'string' && path !== '' && !path.includes('\0') && Buffer.byteLength(path) <= longestSocketPath;
    requireThat(sound, 'path', `path must be a socket's path of 1 to ${longestSocketPath} bytes`);
    requireTimeout(timeout);
    return new BlockingChannel(new (addon().Channel)(path, timeout));
  }

  /** -1 once closed. */
  get descriptor(): number {
    return this.#channel.descriptor;
  }

  /** Sends all of it. CONNECTION_FAILED (no SIGPIPE), OPERATION_TIMED_OUT; INVALID_OPERATION once closed. `data` is only borrowed. */
  send(data: Uint8Array, timeout: number): void {
    requireBytes(data, 'data');
    requireTimeout(timeout);
    this.#channel.send(data, timeout);
  }

  /** Waits for at least one byte and gives the number of bytes, 0 when the peer has closed. Errors as for `send`. */
  receive(into: Uint8Array, timeout: number): number {
    requireBytes(into, 'into');
    requireThat(into.length > 0, 'into', 'into must have room for a byte');
    requireTimeout(timeout);
    return this.#channel.receive(into, timeout);
  }

  /** May be called again. */
  close(): void {
    this.#channel.close();
  }
}

/**
 * Logs in on a session that pkcs11js opened on the same module (C_Login, PKCS#11 5.6) and gives its CK_RV. The PIN is read from
 * `pinDescriptor` (a file from its start, a pipe to its end; 1 to 256 bytes, one newline at the end dropped) into locked memory and
 * wiped: it is never a JavaScript value. `session` is pkcs11js's handle. INVALID_ARGUMENT names the field at fault;
 * PROVIDER_NOT_AVAILABLE when the module is not loaded or is none; MEMORY_NOT_LOCKED. The caller keeps the descriptor.
 */
export function pkcs11Login(modulePath: string, session: Uint8Array, userType: number, pinDescriptor: number): number {
  requireModulePath(modulePath);
  requireBytes(session, 'session');
  requireInteger(userType, 0, 0xffffffff, 'userType');
  requireDescriptor(pinDescriptor, 'pinDescriptor');
  return addon().pkcs11Login(modulePath, session, userType, pinDescriptor);
}

/**
 * Loads a PKCS#11 module for good (RTLD_NOW, RTLD_DEEPBIND, RTLD_NODELETE), so that it binds its own libcrypto and not Node's.
 * PROVIDER_NOT_AVAILABLE with the loader's own text.
 */
export function preloadPkcs11Module(modulePath: string): void {
  requireModulePath(modulePath);
  addon().preloadPkcs11Module(modulePath);
}
