/**
 * Distinguished encoding (X.690) as far as keys need it: single-byte tags, definite lengths in their shortest form, nothing left
 * over. OpenSSL decodes the keys themselves, but forgives what strict import must refuse.
 */
import { malformed } from './key-errors.js';
import { allocateSecret } from './secret-bytes.js';

export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  context0: 0xa0,
  context1: 0xa1,
  /** [1] IMPLICIT BIT STRING. */
  context1Primitive: 0x81,
} as const;

/** Reads one level. Answers are views of the input. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next element's tag; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#at];
  }

  /** Content of the next element. @throws INVALID_FORMAT when it is not of this tag */
  read(tag: number): Uint8Array {
    if (this.#bytes[this.#at] !== tag) throw malformed('the key is not the DER structure it should be');
    this.#at += 1;
    const length = this.#length();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw malformed('the key is cut short');
    const content = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return content;
  }

  enter(tag: number): DerReader {
    return new DerReader(this.read(tag));
  }

  /** Magnitude of an INTEGER that is not negative, without leading zeros; zero is empty. */
  unsigned(): Uint8Array {
    const content = this.read(tags.integer);
    const [first, second] = content;
    if (first === undefined || first >= 0x80) throw malformed('the key holds a negative or empty number');
    if (first !== 0) return content;
    if (second !== undefined && second < 0x80) throw malformed('the key holds a number that is not in its shortest form');
    return content.subarray(1);
  }

  /** Content of a BIT STRING of whole bytes, which may have a tag of its own. */
  bits(tag: number = tags.bitString): Uint8Array {
    const content = this.read(tag);
    if (content[0] !== 0) throw malformed('the key holds a bit string of broken bytes');
    return content.subarray(1);
  }

  /** @throws INVALID_FORMAT when something is left */
  end(): void {
    if (this.#at !== this.#bytes.length) throw malformed('there are bytes after the end of the key');
  }

  #length(): number {
    const first = this.#bytes[this.#at++];
    if (first === undefined) throw malformed('the key is cut short');
    if (first < 0x80) return first;
    const count = first - 0x80;
    if (count < 1 || count > 3) throw malformed('the key has an indefinite or absurd length');
    let length = 0;
    for (let i = 0; i < count; i++) {
      const next = this.#bytes[this.#at++];
      if (next === undefined) throw malformed('the key is cut short');
      length = length * 256 + next;
    }
    if (length < 0x80 || length < 2 ** (8 * (count - 1))) throw malformed('the key has a length that is not in its shortest form');
    return length;
  }
}

/** An element to be written: its content, or the elements and pieces it is made of. */
export interface Element {
  readonly tag: number;
  readonly content: readonly (Uint8Array | Element)[];
}

export function element(tag: number, ...content: (Uint8Array | Element)[]): Element {
  return { tag, content };
}

/** INTEGER of a magnitude. */
export function integer(magnitude: Uint8Array): Element {
  const [first = 0] = magnitude;
  return element(tags.integer, first >= 0x80 || magnitude.length === 0 ? Uint8Array.of(0) : new Uint8Array(0), magnitude);
}

/** Writes in one go, without intermediate copies. The caller wipes the result when it is secret. */
export function encode(root: Element): Uint8Array {
  const bytes = allocateSecret(sizeOf(root));
  write(root, bytes, 0);
  return bytes;
}

function contentSize(of: Element): number {
  return of.content.reduce((sum, part) => sum + (part instanceof Uint8Array ? part.length : sizeOf(part)), 0);
}
function lengthSize(length: number): number {
  return length < 0x80 ? 1 : length < 0x100 ? 2 : length < 0x10000 ? 3 : 4;
}
function sizeOf(of: Element): number {
  const content = contentSize(of);
  return 1 + lengthSize(content) + content;
}

function write(of: Element, into: Uint8Array, start: number): number {
  const length = contentSize(of);
  const size = lengthSize(length);
  let at = start;
  into[at++] = of.tag;
  if (size > 1) into[at++] = 0x80 + size - 1;
  for (let shift = size === 1 ? 0 : 8 * (size - 2); shift >= 0; shift -= 8) into[at++] = (length >>> shift) & 0xff;
  for (const part of of.content) {
    if (part instanceof Uint8Array) {
      into.set(part, at);
      at += part.length;
    } else at = write(part, into, at);
  }
  return at;
}
