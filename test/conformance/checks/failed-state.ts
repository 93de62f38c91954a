/** A context whose deadline has passed is failed: only closing is left. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, refusalOf, refused } from '../expectations.js';
import type { Subject } from '../subject.js';
import { subjects } from '../subjects.js';

const big = 64 * 1024 * 1024;
const given: ReadonlySet<string> = new Set(['OPERATION_TIMED_OUT', 'OPERATION_CANCELLED']);

async function afterDeadline(bench: Bench, subject: Subject): Promise<void> {
  const driver = await subject.open(bench);
  await driver.init();
  const message = subject.whole(big);
  const error = await refusalOf(() => driver.update(message, { timeout: 1 }));
  assert(error !== undefined, '64 MiB were done within a millisecond');
  assert(given.has(error.code), `given up with ${error.code}: ${error.message}`);
  const told = { message: subject.piece(0), aad: new Uint8Array(0) };
  const steps = {
    init: () => driver.init(),
    updateAad: () => driver.updateAad?.(told.aad),
    update: () => driver.update(told.message),
    finish: () => driver.finish(told),
    single: () => driver.single(told.message),
    reset: () => driver.reset(),
  };
  for (const [name, step] of Object.entries(steps)) {
    if (name === 'updateAad' && driver.updateAad === undefined) continue;
    await refused(step, 'INVALID_OPERATION').catch((wrong: Error) => {
      throw new Error(`${name}: ${wrong.message}`, { cause: wrong });
    });
  }
  await driver.close();
  await driver.close();
}

async function otherContextsGoOn(bench: Bench): Promise<void> {
  await using key = await bench.key('hmac');
  await using other = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key });
  await using late = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key });
  await other.init();
  await late.init();
  await refusalOf(() => late.update(new Uint8Array(big), { timeout: 1 }));
  await other.update(new Uint8Array(3));
  await other.finalize();
}

export const failedStateChecks: readonly Check[] = [
  ...subjects
    .filter(({ big: takesBig }) => takesBig)
    .map((subject) => ({
      name: `failed state: ${subject.name}, after a deadline every step is INVALID_OPERATION, closing works`,
      run: (bench: Bench) => afterDeadline(bench, subject),
      needs: subject.needs,
      slow: true as const,
    })),
  { name: 'failed state: another context of the same key goes on', run: otherContextsGoOn, slow: true },
];
