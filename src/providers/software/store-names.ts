/** Names of the files in the key store's folder. */

export const manifestName = 'manifest';
export const lockName = 'lock';
/** Ending of a file that is not yet what its name will say. */
export const unfinished = '.new';

/** Every byte that is not a letter, a digit, `-` or `_` is written as %XX, so that any name of a slot is a safe name of a file. */
function encodeSlot(slot: string): string {
  const encoded = Array.from(Buffer.from(slot), (byte) => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return encoded.join('');
}

/** The record of a slot that the store's write number `sequence` made. */
export function recordName(slot: string, sequence: number): string {
  return `${encodeSlot(slot)}.${sequence}.record`;
}

export interface ParsedRecordName {
  readonly slot: string;
  readonly sequence: number;
  readonly unfinished: boolean;
}

export function parseRecordName(name: string): ParsedRecordName | undefined {
  const match = /^([A-Za-z0-9_%-]*)\.(\d{1,16})\.record(\.new)?$/.exec(name);
  if (match === null) return undefined;
  return { slot: decodeSlot(match[1] ?? ''), sequence: Number(match[2]), unfinished: match[3] !== undefined };
}

/** The name as it is where it is not one that was encoded here. */
function decodeSlot(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
