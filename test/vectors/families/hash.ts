import { type Bench, timeout } from '../bench.js';
import { equal, show } from '../bytes.js';
import type { HashCase, Message } from '../case.js';
import { knownOperation } from '../known.js';
import { skip } from '../skip.js';

const atOnce = 16 * 1024 * 1024;

export function lengthOf({ bytes, times }: Message): number {
  return bytes.length * times;
}

/** A message in parts: cut at random when it is short, in big parts when it is a long repetition. */
export function* partsOf(message: Message, bench: Bench): Generator<Uint8Array> {
  const total = lengthOf(message);
  if (total <= atOnce) {
    yield* bench.cuts(wholeOf(message));
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
  if (lengthOf(message) > bench.longest) skip('longMessage', `${lengthOf(message)} bytes`);
}

export function assertEqual(what: string, found: Uint8Array, expected: Uint8Array): void {
  if (!equal(found, expected)) throw new Error(`${what} is ${show(found)}, not ${show(expected)}`);
}

/**
 * The first bits of an output, the last byte filled with zeros. Functions of SHA-3 number the bits of a byte from its low end, and
 * ACVP shows those that count at the high end (FIPS 202 B.1).
 */
export function firstOfLastByte(output: Uint8Array, bits: number): Uint8Array {
  const unused = output.length * 8 - bits;
  if (unused === 0) return output;
  const cut = Uint8Array.from(output);
  cut[cut.length - 1] = ((cut.at(-1) ?? 0) << unused) & 0xff;
  return cut;
}

export async function runHash(bench: Bench, { algorithm, parameters, message, digest, digestBits }: HashCase): Promise<void> {
  bench.assertOffered(knownOperation(algorithm), 'hash');
  assertLength(message, bench);
  if (digest.length === 0) skip('bounds', 'digest of no bytes');
  const config = { algorithm, parameters, provider: bench.provider, operationTimeout: timeout };
  await using hash = await bench.orSkip(() => bench.context.createHashContext(config));
  const check = (how: string, found: Uint8Array) => assertEqual(`the digest ${how}`, firstOfLastByte(found, digestBits), digest);
  if (lengthOf(message) <= atOnce) check('in one call', await hash.singleShot(wholeOf(message)));
  await hash.init();
  for (const part of partsOf(message, bench)) await hash.update(part);
  check('in parts', await hash.finalize());
}
