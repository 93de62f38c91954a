/** Data encrypted with a derived key, as it is stored: docs/vault.md has all that another program needs to read it. */

import { constants } from 'node:buffer';
import { KeyslotError } from '../core/errors.js';
import { fromBase64, toBase64 } from './base64.js';
import { firstKeyVersion, lastKeyVersion } from './named-paths.js';

/** AES-256-GCM (SP 800-38D) without additional data. Each of the three texts is base64 (RFC 4648 section 4). */
export interface EncryptedData {
  /** Which encryption key, 2 or more. */
  readonly key_version: number;
  /** 32 random bytes. No key is made with them: they are there for formats that make keys from passwords. */
  readonly salt: string;
  /** 12 random bytes. */
  readonly iv: string;
  /** The ciphertext and, behind it, its tag of 16 bytes. */
  readonly data: string;
}

/** The same with bytes. */
export interface EncryptedBytes {
  readonly keyVersion: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
  readonly data: Uint8Array;
}

export const saltSize = 32;
export const ivSize = 12;
export const tagSize = 16;
/** Bytes of plaintext whose base64 is still a string. */
export const longestPlaintext = Math.floor(constants.MAX_STRING_LENGTH / 4) * 3 - tagSize;

const members = ['key_version', 'keyVersion', 'salt', 'iv', 'data'];

export function encryptedData({ keyVersion, salt, iv, data }: EncryptedBytes): EncryptedData {
  return { key_version: keyVersion, salt: toBase64(salt), iv: toBase64(iv), data: toBase64(data) };
}

/**
 * Reads an object, or JSON as text. `keyVersion` is as good as `key_version`.
 * @throws INVALID_FORMAT that names the member at fault: missing, unknown, given in both spellings, not base64, of a wrong size
 * @throws DERIVATION_PATH_INVALID for a version below 2, which no derived key has
 */
export function parseEncryptedData(input: EncryptedData | string | unknown): EncryptedBytes {
  const value = typeof input === 'string' ? parseJson(input) : input;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('encrypted data must be an object', 'encrypted');
  const unknown = Object.keys(value).find((name) => !members.includes(name));
  if (unknown !== undefined) throw malformed('encrypted data have key_version, salt, iv and data, and nothing else', 'encrypted');
  const given = value as Record<string, unknown>;
  return {
    keyVersion: versionOf(given),
    salt: sized(given, 'salt', (size) => size === saltSize, `${saltSize} bytes`),
    iv: sized(given, 'iv', (size) => size === ivSize, `${ivSize} bytes`),
    data: sized(given, 'data', (size) => size >= tagSize, `${tagSize} bytes or more`),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not as the cause: its message quotes the input.
    throw malformed('encrypted data must be JSON', 'encrypted');
  }
}

function versionOf({ key_version, keyVersion }: Record<string, unknown>): number {
  if (key_version !== undefined && keyVersion !== undefined) throw malformed('key_version and keyVersion are both given', 'key_version');
  const version = key_version ?? keyVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0 || version > 0xffffffff)
    throw malformed('key_version must be an integer', 'key_version');
  if (version >= firstKeyVersion && version <= lastKeyVersion) return version;
  throw new KeyslotError('DERIVATION_PATH_INVALID', `there is no derived key of version ${version}: the first is ${firstKeyVersion}`, {
    field: 'key_version',
  });
}

function sized(given: Record<string, unknown>, name: string, fits: (size: number) => boolean, wanted: string): Uint8Array {
  const bytes = fromBase64(given[name], name);
  if (!fits(bytes.length)) throw malformed(`${name} must have ${wanted}`, name);
  return bytes;
}

function malformed(message: string, field: string): KeyslotError {
  return new KeyslotError('INVALID_FORMAT', message, { field });
}
