/** Values of evp_test's files, and what their results are about. */
import { concat, hex } from '../../bytes.js';
import { skip } from '../../skip.js';
import type { Stanza } from '../pairs.js';

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
  'KEYOP_ERROR',
  'KEYOP_MISMATCH',
  'DERIVE_ERROR',
  'DECAPSULATE_MISMATCH',
  'TEST_DECAPSULATE_ERROR',
]);
export function assertResultOfData(stanza: Stanza): void {
  const result = stanza.find('Result');
  if (result !== undefined && !resultsOfData.has(result)) skip('library', `OpenSSL, ${result}`);
}

/** Settings `Ctrl = name:value` and `Ctrl.anything = name:value`; names may come several times. */
export class Controls {
  readonly #all: readonly (readonly [string, string])[];

  constructor(stanza: Stanza) {
    this.#all = stanza.fields
      .filter(({ name }) => /^Ctrl(?:Init)?(?:\.|$)/.test(name))
      .map(({ value }) => {
        const cut = value.indexOf(':');
        return [value.slice(0, cut).trim(), value.slice(cut + 1).trim()] as const;
      });
  }

  find(name: string): string | undefined {
    return this.#all.findLast(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  }

  /** `name` as text or `hexname` in hexadecimal. */
  bytes(name: string): Uint8Array | undefined {
    return this.allBytes(name).at(-1);
  }

  /** What is given in several pieces. */
  joined(name: string): Uint8Array {
    return concat(...this.allBytes(name));
  }

  /** All of them in order. */
  allBytes(name: string): Uint8Array[] {
    return this.#all.flatMap(([known, value]) => {
      if (known.toLowerCase() === `hex${name}`.toLowerCase()) return [hex(value)];
      return known.toLowerCase() === name.toLowerCase() ? [new Uint8Array(Buffer.from(value, 'latin1'))] : [];
    });
  }
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
