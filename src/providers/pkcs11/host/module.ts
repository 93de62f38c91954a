/** Loads a PKCS#11 module so that it binds its own libraries, and names what its calls need. One module per process. */
import pkcs11 from 'pkcs11js';
import { KeyslotError } from '../../../core/errors.js';
import { preloadPkcs11Module } from '../../../native.js';
import { CKF, CKR } from '../cryptoki.js';
import { returnValueOf } from './return-values.js';

export type Module = pkcs11.PKCS11;
export type Handle = pkcs11.Handle;
export type Template = pkcs11.Template;
export type Mechanism = pkcs11.Mechanism;

/** Kept for the life of the process: the binding unloads the module when its object is collected, also in mid-call. */
let loaded: Module | undefined;

/** @throws PROVIDER_NOT_AVAILABLE with the loader's own words */
export function loadModule(path: string): Module {
  if (loaded !== undefined) return loaded;
  preloadPkcs11Module(path);
  loaded = new pkcs11.PKCS11(path);
  return loaded;
}

/** C_Initialize for calls from several threads; without the flag modules crash. */
export function initialise(module: Module): void {
  try {
    module.C_Initialize({ flags: CKF.OS_LOCKING_OK });
  } catch (error) {
    if (returnValueOf(error) !== CKR.CRYPTOKI_ALREADY_INITIALIZED) throw error;
  }
}

export function finalise(module: Module): void {
  try {
    module.C_Finalize();
  } catch {
    // It was not initialised, or is beyond help; the next C_Initialize tells.
  }
}

/** The binding gives a null pointer for an empty buffer, which modules refuse; an empty view of a non-empty one is taken. */
const empty = Buffer.alloc(8).subarray(0, 0);

/** A Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return bytes.length === 0 ? empty : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * What the module writes to. Zeroed memory of its own, so that nothing else's bytes can show; a little longer than what is expected,
 * so that a wrong length shows.
 */
export function outputBuffer(size: number): Buffer {
  return Buffer.alloc(size + 8);
}

/** @throws OPERATION_FAILED when the module's output does not have the length that the algorithm says */
export function ofLength(size: number, output: Uint8Array): Uint8Array {
  if (output.length === size) return output;
  throw new KeyslotError('OPERATION_FAILED', `the token's answer has ${output.length} bytes where there must be ${size}`);
}

const blanks = /[ \0]+$/;
/** Fixed-length text of PKCS#11 without its padding. */
export function unpadded(text: string): string {
  return text.replace(blanks, '');
}
