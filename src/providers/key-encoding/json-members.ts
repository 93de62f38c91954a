/**
 * The members of a JSON object (RFC 8259), found without making strings of their values: a JWK holds private numbers, strings can't
 * be wiped, and the messages of JSON.parse quote their input.
 */
import { malformed } from './key-errors.js';

/** A member's value: the bytes between the quotes of a plain string, or something else. */
export type MemberValue = { readonly text: Uint8Array } | 'other';

const deepest = 32;
const code = (character: string): number => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const words = ['true', 'false', 'null'].map((word) => Array.from(word, code));
const numberCharacters = new Set(Array.from('+-.0123456789Ee', code));
const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** @throws INVALID_FORMAT when the input is not one JSON object with distinct names */
export function readMembers(json: Uint8Array): Map<string, MemberValue> {
  const scanner = new Scanner(json);
  const members = scanner.object(0);
  scanner.end();
  return members;
}

function broken(): Error {
  return malformed('the key is not a JSON object');
}

class Scanner {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#skipSpace();
  }

  object(depth: number): Map<string, MemberValue> {
    const members = new Map<string, MemberValue>();
    this.#list('{', '}', depth, () => {
      const name = this.#name();
      this.#take(':');
      if (members.has(name)) throw malformed('a member of the JSON object comes twice');
      members.set(name, this.#value(depth + 1));
    });
    return members;
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw broken();
  }

  #value(depth: number): MemberValue {
    const next = this.#bytes[this.#at];
    if (next === quote) {
      const { text, escaped } = this.#string();
      return escaped ? 'other' : { text };
    }
    if (next === code('{')) this.object(depth);
    else if (next === code('[')) this.#list('[', ']', depth, () => this.#value(depth + 1));
    else this.#literal();
    return 'other';
  }

  #list(open: string, close: string, depth: number, item: () => void): void {
    if (depth > deepest) throw malformed('the JSON object is nested too deeply');
    this.#take(open);
    if (this.#bytes[this.#at] !== code(close)) {
      item();
      while (this.#bytes[this.#at] === code(',')) {
        this.#take(',');
        item();
      }
    }
    this.#take(close);
  }

  /** Names are not secret. */
  #name(): string {
    const start = this.#at;
    const { text, escaped } = this.#string();
    if (!escaped) return new TextDecoder().decode(text);
    return JSON.parse(new TextDecoder().decode(this.#bytes.subarray(start, start + text.length + 2)));
  }

  #string(): { readonly text: Uint8Array; readonly escaped: boolean } {
    if (this.#bytes[this.#at] !== quote) throw broken();
    const start = ++this.#at;
    let escaped = false;
    for (; this.#bytes[this.#at] !== quote; this.#at++) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined || byte < 0x20) throw broken();
      if (byte === backslash) {
        escaped = true;
        this.#escape();
      }
    }
    const text = this.#bytes.subarray(start, this.#at);
    this.#at += 1;
    this.#skipSpace();
    return { text, escaped };
  }

  #escape(): void {
    this.#at += 1;
    const kind = this.#bytes[this.#at];
    if (kind === code('u')) {
      for (let i = 0; i < 4; i++) {
        this.#at += 1;
        if (!/[0-9a-fA-F]/.test(String.fromCharCode(this.#bytes[this.#at] ?? 0))) throw broken();
      }
    } else if (kind === undefined || !'"\\/bfnrt'.includes(String.fromCharCode(kind))) throw broken();
  }

  #literal(): void {
    const word = words.find((letters) => letters.every((letter, i) => this.#bytes[this.#at + i] === letter));
    if (word !== undefined) this.#at += word.length;
    else this.#number();
    this.#skipSpace();
  }

  /** Only the number's own characters become a string; no private number of a JWK is written as a JSON number. */
  #number(): void {
    let end = this.#at;
    while (numberCharacters.has(this.#bytes[end] ?? 0)) end += 1;
    if (!numberText.test(new TextDecoder().decode(this.#bytes.subarray(this.#at, end)))) throw broken();
    this.#at = end;
  }

  #take(character: string): void {
    if (this.#bytes[this.#at] !== code(character)) throw broken();
    this.#at += 1;
    this.#skipSpace();
  }
  #skipSpace(): void {
    for (let byte = this.#bytes[this.#at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = this.#bytes[this.#at]) {
      this.#at += 1;
    }
  }
}
