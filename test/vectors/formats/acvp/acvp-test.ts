import { firstBits } from '../../bytes.js';
import type { CaseBody } from '../../case.js';
import { skip } from '../../skip.js';
import { type JsonObject, text } from '../json-fields.js';

/** One test with its group, and the answers to both. */
export interface AcvpTest {
  /** `algorithm` of the file without `ACVP-`. */
  readonly algorithm: string;
  readonly mode: string;
  /** With what the answer adds to it. */
  readonly group: JsonObject;
  readonly test: JsonObject;
  readonly expected: JsonObject;
  /** The test with what the answer adds to it. */
  readonly all: JsonObject;
}
export type AcvpReader = (test: AcvpTest) => CaseBody;

/** Bytes of a field whose length in bits another field tells. @throws SkippedTest when they are not whole */
export function wholeBytes(object: JsonObject, field: string, bitsField: string, what: string): Uint8Array {
  const content = text(object, field);
  const bits = object[bitsField];
  return firstBits(content, typeof bits === 'number' ? bits : content.length * 4) ?? skip('bits', what);
}
