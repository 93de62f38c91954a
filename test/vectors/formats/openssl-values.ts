/** Values of evp_test's files, and what their results are about. */
import { concat, hex } from '../bytes.js';
import { SkippedTest } from '../case.js';
import type { Stanza } from './pairs.js';

/** `"text"` with C's escapes, or hexadecimal. */
export function evpBytes(value: string): Uint8Array {
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  if (quoted === undefined) return hex(value.replace(/^0x/, ''));
  const text = quoted.replace(/\\(x[0-9a-f]{2}|.)/gi, (_, code: string) => {
    if (code.startsWith('x')) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return code === 'n' ? '\n' : code;
  });
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A result that is not of the data itself (a refused setting, a missing algorithm) is about OpenSSL's interface. */
const resultsOfData: ReadonlySet<string> = new Set([
  'CIPHERFINAL_ERROR',
  'CIPHERUPDATE_ERROR',
  'TAG_VALUE_SET_ERROR',
  'VERIFY_ERROR',
  'SIGNATURE_MISMATCH',
]);
export function assertResultOfData(stanza: Stanza): void {
  const result = stanza.find('Result');
  if (result !== undefined && !resultsOfData.has(result)) throw new SkippedTest(`test of OpenSSL's own interface: ${result}`);
}

/** All `Input` lines in order, each `Ncopy` times, `Count` times over. */
export function inputOf(stanza: Stanza): Uint8Array {
  const parts: { bytes: Uint8Array; times: number }[] = [];
  for (const { name, value } of stanza.fields) {
    const last = parts.at(-1);
    if (name === 'Input') parts.push({ bytes: evpBytes(value), times: 1 });
    else if ((name === 'Ncopy' || name === 'Count') && last !== undefined) last.times *= Number(value);
  }
  return concat(...parts.map(({ bytes, times }) => new Uint8Array(Buffer.alloc(bytes.length * times, bytes))));
}
