/** How OpenSSL writes names. */
import { unable } from '../party.js';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** `SHA-512/256` is `sha512-256`, `SHA3-256` keeps its hyphen. */
export function digestName(hash: string | undefined): string {
  if (hash === undefined) unable('no hash');
  return hash.toLowerCase().replace('sha-512/', 'sha512-').replace(/^sha-/, 'sha');
}

/** `name:value`, or `hexname:…` with bytes. */
export function option(flag: string, name: string, value: string | number | Uint8Array | undefined): string[] {
  if (value === undefined || (value instanceof Uint8Array && value.length === 0)) return [];
  return value instanceof Uint8Array ? [flag, `hex${name}:${hex(value)}`] : [flag, `${name}:${value}`];
}
