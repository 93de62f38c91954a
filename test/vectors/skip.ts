/** Why a test is not run: the one table. What stands here can be counted in every report. */

export const skipReasons = {
  algorithm: 'algorithm not in this version',
  key: 'key not in this version',
  notOffered: 'not offered by this provider',
  bounds: 'outside the bounds of this provider',
  weak: 'refused by design',
  bits: 'not a whole number of bytes',
  interface: 'internal interface of the standard, not part of the API',
  notGiven: 'a value that the test needs is not given',
  library: "test of another library's interface",
  longMessage: 'message is longer than --longest',
  longWork: 'takes longer than the daemon lets anybody wait',
  laterPart: 'of a later part',
  keyFile: 'a file that is no key to import',
  noTests: 'no tests in the file',
  format: 'format not known',
} as const;

export type SkipReason = keyof typeof skipReasons;

/** Thrown by readers and families for a test that can't be run. */
export class SkippedTest extends Error {
  readonly reason: SkipReason;
  readonly detail: string | undefined;

  /** `detail`: what it is about; part of what is counted, so it does not differ from test to test without need. */
  constructor(reason: SkipReason, detail?: string) {
    super(detail === undefined ? skipReasons[reason] : `${skipReasons[reason]}: ${detail}`);
    this.reason = reason;
    this.detail = detail;
  }
}

/** @throws SkippedTest always */
export function skip(reason: SkipReason, detail?: string): never {
  throw new SkippedTest(reason, detail);
}
