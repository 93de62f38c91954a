import { bytesOf, hex } from '../../bytes.js';
import type { CaseBody } from '../../case.js';

export type Fields = ReadonlyMap<string, string>;

/** One kind of test: the section names the algorithm, a test ends with the last field of its kind. */
export interface BotanFamily {
  readonly section: RegExp;
  readonly last: string;
  /** Fields that its tests have beside the last one. */
  readonly has?: readonly string[];
  /** `match` is of the section. */
  readonly read: (match: RegExpExecArray, fields: Fields) => CaseBody;
  /** Fields stay for the next test. */
  readonly keeps?: true;
  /** All its tests are of what must be refused. */
  readonly refused?: true;
}

export function get(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new Error(`there is no field ${name}`);
  return value;
}
/** Empty when there is no such field. */
export function bytes(fields: Fields, name: string): Uint8Array {
  return hex((fields.get(name) ?? '').replace(/\s+/g, ''));
}
export function text(fields: Fields, name: string): Uint8Array {
  return new Uint8Array(Buffer.from(fields.get(name) ?? '', 'latin1'));
}
/** A number in decimal, or in hexadecimal after 0x: as hexadecimal. */
export function number(fields: Fields, name: string): string {
  const value = get(fields, name).replace(/\s+/g, '');
  if (value.startsWith('0x')) return value.slice(2);
  return /^\d+$/.test(value) ? BigInt(value).toString(16) : value;
}
export function numberBytes(fields: Fields, name: string): Uint8Array {
  return bytesOf(BigInt(`0x${number(fields, name)}`));
}
