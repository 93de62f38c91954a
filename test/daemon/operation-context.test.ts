/** What a context does when calls wait behind each other; the operation below it is held up by hand. */
import { expect, test } from 'vitest';
import { operationAlgorithm } from '../../src/core/algorithms.js';
import { KeyslotError } from '../../src/core/errors.js';
import { defaultLimits } from '../../src/core/limits.js';
import { OperationContext } from '../../src/daemon/operation-context.js';
import { Quotas } from '../../src/daemon/quota.js';
import { RequestCall } from '../../src/daemon/request-call.js';
import type { OperationSpec, ProviderOperation } from '../../src/providers/contract.js';

const nothing = new Uint8Array(0);

/** A hash whose updates answer when the test says so. */
function heldUp(): { context: OperationContext; release: () => void; updates: number[]; aborts: () => number } {
  let release = (): void => undefined;
  let aborts = 0;
  const updates: number[] = [];
  const operation: ProviderOperation = {
    init: () => undefined,
    update(data) {
      updates.push(data.length);
      return new Promise((resolve) => {
        release = () => resolve(nothing);
      });
    },
    finalize: () => ({ data: nothing }),
    singleShot: () => ({ data: nothing }),
    abort() {
      aborts += 1;
    },
    close: () => undefined,
  };
  const algorithm = operationAlgorithm('SHA-256');
  if (algorithm === undefined) throw new Error('no SHA-256');
  const spec: OperationSpec = {
    kind: 'hash',
    algorithm,
    direction: undefined,
    mode: undefined,
    tagLength: 0,
    parameters: {},
    key: undefined,
    owner: 1,
  };
  const context = new OperationContext(spec, operation, undefined, new Quotas(defaultLimits).of(1), defaultLimits);
  return { context, release: () => release(), updates, aborts: () => aborts };
}

const call = () => new RequestCall(1);
const late = new KeyslotError('OPERATION_TIMED_OUT', 'test');

test('a part given up while it waits behind another one fails the context for good', async () => {
  const { context, release, updates, aborts } = heldUp();
  await context.init(undefined, call());
  const first = context.update(new Uint8Array(1), call());
  const waiting = call();
  const second = context.update(new Uint8Array(2), waiting);
  waiting.abandon(late);
  expect(context.state).toBe('failed');
  release();
  await first;
  await expect(second).rejects.toBe(late);
  expect(context.state).toBe('failed');
  expect(updates).toEqual([1]);
  expect(aborts()).toBeGreaterThan(0);
  expect(() => context.finalize(call())).toThrow(expect.objectContaining({ code: 'INVALID_OPERATION' }) as KeyslotError);
});

test('a part given up while it runs fails the context, also when it is done afterwards', async () => {
  const { context, release } = heldUp();
  await context.init(undefined, call());
  const running = call();
  const only = context.update(new Uint8Array(1), running);
  running.abandon(late);
  release();
  await only;
  expect(context.state).toBe('failed');
});

test('additional data is refused where nothing would authenticate it', async () => {
  const { context } = heldUp();
  const message = { iv: undefined, data: nothing, aad: new Uint8Array(1) };
  expect(() => context.singleShot(message, call())).toThrow(
    expect.objectContaining({ code: 'UNSUPPORTED_OPERATION', field: 'aad' }) as KeyslotError,
  );
  expect(context.state).toBe('created');
  await context.singleShot({ ...message, aad: nothing }, call());
  expect(context.state).toBe('finalised');
});
