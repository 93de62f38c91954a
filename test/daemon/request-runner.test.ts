/** Answers at the edge of their deadline, and secrets in answers. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keyAlgorithm } from '../../src/core/algorithms.js';
import { defaultLimits } from '../../src/core/limits.js';
import { KeyOperationPermission } from '../../src/core/permissions.js';
import { RequestRunner } from '../../src/daemon/request-runner.js';
import type { Services } from '../../src/daemon/services.js';
import type { Session } from '../../src/daemon/session.js';
import { errorFrom } from '../../src/protocol/error-body.js';
import { FrameReader } from '../../src/protocol/frame-reader.js';
import { FrameWriter } from '../../src/protocol/frame-writer.js';
import { type Messages, operations } from '../../src/protocol/generated/messages.js';
import type { Message } from '../../src/protocol/message.js';

const frame = defaultLimits.frame;
const limits = { frame, message: frame };
const rules = { default: 5000, max: 60_000, allowNone: true };

/** Runs one request against a session that is made up; gives what is answered. */
async function answerOf<N extends keyof Messages>(
  name: N,
  input: Messages[N]['requestInput'],
  session: object,
  milliseconds: number,
): Promise<Message> {
  const requests = new FrameWriter(frame);
  requests.request(operations[name], 1, milliseconds, input);
  const out = new FrameWriter(frame);
  let answered = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const quota = { take: () => undefined, give: () => undefined, giveBytes: () => undefined };
  const services = { limits: defaultLimits, log: { error: () => undefined } };
  const whole = { caller: { uid: 1 }, quota, ...session } as unknown as Session;
  const runner = new RequestRunner(whole, services as unknown as Services, rules, out, () => answered());
  const incoming = new FrameReader({ receives: 'requests', limits, onMessage: (message) => runner.run(operations[name], message) });
  for (const piece of requests.take()) incoming.push(piece);
  await done;
  const told: Message[] = [];
  const outgoing = new FrameReader({ receives: 'answers', limits, onMessage: (message) => void told.push(message) });
  for (const piece of out.take()) outgoing.push(piece);
  const [answer] = told;
  if (answer === undefined) throw new Error('nothing was answered');
  return answer;
}

test('what comes after the deadline has passed and before its timer has its turn is timed out', async () => {
  const random = async (size: number): Promise<Uint8Array> => {
    await sleep(5);
    const end = performance.now() + 50;
    while (performance.now() < end);
    return new Uint8Array(size);
  };
  const session = { context: () => ({ provider: { random } }) };
  const answer = await answerOf('randomGenerate', { context: 1, size: 16 }, session, 20);
  expect(errorFrom(answer).code).toBe('OPERATION_TIMED_OUT');
  expect((await answerOf('randomGenerate', { context: 1, size: 16 }, session, 2000)).word).toBe(0);
});

test('an exported key is wiped when it lies in the answer', async () => {
  const secret = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const given: Uint8Array[] = [];
  const exportSecret = async () => {
    const copy = Uint8Array.from(secret);
    given.push(copy);
    return copy;
  };
  const key = { half: 'secret', algorithm: keyAlgorithm('AES-128'), keyLength: 128, provider: { keys: { exportSecret } } };
  const entry = {
    key,
    traits: { permissions: KeyOperationPermission.export },
    assertAlive: () => undefined,
    retain: () => undefined,
    release: () => undefined,
    assertExportable: () => undefined,
    assertLeavesInTheClear: () => undefined,
  };
  const fill = Uint8Array.prototype.fill;
  const wiped: string[] = [];
  Uint8Array.prototype.fill = function (this: Uint8Array, ...rest: Parameters<typeof fill>) {
    if (Buffer.from(this).equals(secret)) wiped.push('key');
    return fill.apply(this, rest);
  };
  try {
    const session = { get: () => ({ kind: 'key', entry }) };
    const answer = await answerOf('exportKey', { key: 1 }, session, 2000);
    expect(answer.word).toBe(0);
    const { data } = operations.exportKey.decodeResponse(answer.bytes, answer.view, answer.start, answer.end);
    expect(Buffer.from(data).equals(secret)).toBe(true);
  } finally {
    Uint8Array.prototype.fill = fill;
  }
  // What the provider gave, and what was made of it.
  expect(wiped.length).toBe(given.length + 1);
});
