/** Names that emitted code uses: what it imports and what it calls its own. Fields can't have them. */

export const writerHelpers = [
  'alignWide',
  'fits',
  'putBytes',
  'putCount',
  'putText',
  'putU8',
  'putU16',
  'putU16s',
  'putU32',
  'putU32s',
  'putU64',
  'refillOwn',
] as const;

export const readerHelpers = [
  'follow',
  'getBytes',
  'getCount',
  'getText',
  'getU16s',
  'getU32s',
  'getU64',
  'noBytes',
  'refill',
  'rootOf',
  'vtableOf',
] as const;

export const errorHelpers = ['bad'] as const;

/** Of emitted decoders: size of the vtable, its position, size of the table. */
const locals = ['vt', 'vn', 'tn'];

export const internalNames: ReadonlySet<string> = new Set([...writerHelpers, ...readerHelpers, ...errorHelpers, ...locals]);

export function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

export function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
