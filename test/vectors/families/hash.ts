import { assertKnown, type Bench, orSkip } from '../bench.js';
import { equal, show } from '../bytes.js';
import { type HashCase, type Message, SkippedTest } from '../case.js';

const atOnce = 16 * 1024 * 1024;

export function lengthOf({ bytes, times }: Message): number {
  return bytes.length * times;
}

/** A message in parts: cut at random when it is short, in big parts when it is a long repetition. */
export function* partsOf(message: Message, bench: Bench): Generator<Uint8Array> {
  const total = lengthOf(message);
  if (total <= atOnce) {
    yield* bench.cuts.of(wholeOf(message));
    return;
  }
  const perPart = Math.max(1, Math.floor(atOnce / message.bytes.length));
  const part = wholeOf({ bytes: message.bytes, times: perPart });
  for (let left = message.times; left > 0; left -= perPart) yield left >= perPart ? part : part.subarray(0, left * message.bytes.length);
}

export function wholeOf({ bytes, times }: Message): Uint8Array {
  return times === 1 ? bytes : new Uint8Array(Buffer.alloc(bytes.length * times, bytes));
}

/** @throws SkippedTest for a message longer than the bench takes */
export function assertLength(message: Message, bench: Bench): void {
  if (lengthOf(message) > bench.longest)
    throw new SkippedTest(`message of ${lengthOf(message)} bytes: longer than --longest ${bench.longest}`);
}

export function assertEqual(what: string, found: Uint8Array, expected: Uint8Array): void {
  if (!equal(found, expected)) throw new Error(`${what} is ${show(found)}, not ${show(expected)}`);
}

export async function runHash(bench: Bench, { algorithm, message, digest }: HashCase): Promise<void> {
  assertKnown(algorithm);
  assertLength(message, bench);
  await using hash = await orSkip(() => bench.context.createHashContext({ algorithm, provider: bench.provider }));
  if (lengthOf(message) <= atOnce) assertEqual('the digest in one call', await hash.singleShot(wholeOf(message)), digest);
  await hash.init();
  for (const part of partsOf(message, bench)) await hash.update(part);
  assertEqual('the digest in parts', await hash.finalize(), digest);
}
