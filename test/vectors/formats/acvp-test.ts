import type { CaseBody } from '../case.js';
import type { JsonObject } from './json-fields.js';

/** One test with its group, and the answers to both. */
export interface AcvpTest {
  readonly algorithm: string;
  readonly group: JsonObject;
  /** The group with what the answer adds to it. */
  readonly expectedGroup: JsonObject;
  readonly test: JsonObject;
  readonly expected: JsonObject;
}
export type AcvpReader = (test: AcvpTest) => CaseBody;
