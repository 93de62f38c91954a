/** Which encoding a DER is: told from the types of its first elements, before anything of it is believed. */
import { DerReader, tags } from './der.js';
import type { OlderForm } from './key-encoding.js';
import { malformed } from './key-errors.js';

export type KeyForm = 'pkcs8' | 'spki' | 'encrypted' | OlderForm;

interface Shape {
  readonly form: KeyForm;
  readonly first: readonly number[];
}
const { integer, sequence, octetString, bitString } = tags;
const shapes: readonly Shape[] = [
  { form: 'pkcs8', first: [integer, sequence] },
  { form: 'sec1', first: [integer, octetString] },
  { form: 'pkcs1-private', first: [integer, integer, integer] },
  { form: 'pkcs1-public', first: [integer, integer] },
  { form: 'spki', first: [sequence, bitString] },
  { form: 'encrypted', first: [sequence, octetString] },
];

/** @throws INVALID_FORMAT */
export function formOf(der: Uint8Array): KeyForm {
  const inner = new DerReader(der).enter(sequence);
  const found: number[] = [];
  for (let tag = inner.peek(); tag !== undefined && found.length < 3; tag = inner.peek()) {
    inner.read(tag);
    found.push(tag);
  }
  const shape = shapes.find(({ first }) => first.every((tag, i) => found[i] === tag));
  if (shape === undefined) throw malformed('the key is not DER of a private key (PKCS#8), a public key (SPKI), or an older form of them');
  return shape.form;
}
