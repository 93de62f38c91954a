import type { VectorCase } from '../../case.js';
import type { Stanza } from '../pairs.js';
import type { CavpFile } from './hints.js';

/** One kind of test in CAVP's files and those in their manner. */
export interface CavpFamily {
  /** Whether a test is of this family, by its fields first. */
  readonly is: (test: Stanza, file: CavpFile) => boolean;
  readonly read: (test: Stanza, file: CavpFile) => VectorCase[];
}
