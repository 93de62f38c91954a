import type { CaseBody } from '../../case.js';
import type { JsonObject } from '../json-fields.js';

/**
 * Reads the tests of one group. `algorithm` is the file's. What throws while the group is read counts for all its tests.
 * @throws SkippedTest for an algorithm that this version doesn't have
 */
export type GroupReader = (algorithm: string, group: JsonObject) => (test: JsonObject) => CaseBody;
