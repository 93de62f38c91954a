/** Messages of every size: empty, around blocks, and as long as one call can carry. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assertBytes, refused } from '../expectations.js';
import { joined } from '../material.js';
import { assertOutcome } from '../outcome.js';
import type { Driver, Subject } from '../subject.js';
import { subjects } from '../subjects.js';

const sizes = { full: [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 1000, 4096, 65_537], short: [0, 1, 16, 33, 1000] } as const;
/** Of costly subjects. */
const fewSizes = [0, 33] as const;
const partSizes = { full: [1, 16, 1000], short: [16] } as const;
const MiB = 1024 * 1024;
/** What one call carries by default. */
const most = 64 * MiB;

async function withDriver(bench: Bench, subject: Subject, work: (driver: Driver) => Promise<void>): Promise<void> {
  const driver = await subject.open(bench);
  try {
    await work(driver);
  } finally {
    await driver.close();
  }
}

async function judge(driver: Driver, message: Uint8Array, found: Uint8Array, what: string): Promise<void> {
  const expected = driver.expected({ message, aad: new Uint8Array(0) });
  if (typeof expected === 'string') throw new Error('the message of the check is none');
  await assertOutcome(what, expected, async () => found);
}

/** `part`: bytes of each part, or of the next one. */
async function inParts(driver: Driver, message: Uint8Array, part: number | (() => number)): Promise<Uint8Array> {
  await driver.init();
  const output: Uint8Array[] = [];
  let at = 0;
  while (at < message.length) {
    const end = at + (typeof part === 'number' ? part : part());
    output.push(await driver.update(message.subarray(at, end)));
    at = end;
  }
  output.push(await driver.finish({ message, aad: new Uint8Array(0) }));
  return joined(output);
}

function sizeCheck(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, empty and around blocks`,
    needs: subject.needs,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        for (const size of subject.costly ? fewSizes : sizes[subject.walk]) {
          const message = subject.whole(size);
          if (subject.hasSingle) await judge(driver, message, await driver.single(message), `the result of ${size} bytes in one call`);
          for (const part of partSizes[subject.walk]) {
            if (message.length / part > 300) continue;
            await judge(driver, message, await inParts(driver, message, part), `the result of ${size} bytes in parts of ${part}`);
          }
        }
      }),
  };
}

/** Empty parts are parts: they change no result, but the stream is under way. */
function emptyParts(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, empty parts between others`,
    needs: subject.needs,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        const message = subject.whole(50);
        await driver.init();
        const parts = [
          new Uint8Array(0),
          message.subarray(0, 20),
          new Uint8Array(0),
          new Uint8Array(0),
          message.subarray(20),
          new Uint8Array(0),
        ];
        const output: Uint8Array[] = [];
        for (const part of parts) {
          output.push(await driver.update(part));
          if (driver.updateAad !== undefined) await refused(() => driver.updateAad?.(new Uint8Array(1)), 'INVALID_OPERATION');
        }
        output.push(await driver.finish({ message, aad: new Uint8Array(0) }));
        await judge(driver, message, joined(output), 'the result');
      }),
  };
}

/** A generator of its own, so that a failure can be had again: SplitMix32. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** Any way of cutting a message into parts gives what one call gives. */
function randomCuts(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, cut at random`,
    needs: subject.needs,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        const first = Math.floor(Math.random() * 2 ** 32);
        for (let seed = first; seed < first + (subject.costly ? 2 : bench.effort.cuts); seed += 1) {
          const next = numbers(seed);
          const message = subject.whole(next(700));
          const longest = 1 + next(message.length + 20);
          await judge(driver, message, await inParts(driver, message, () => next(longest + 1)), `with seed ${seed} the result`);
        }
      }),
  };
}

function bigCheck(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, 64 MiB`,
    needs: subject.needs,
    slow: true,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        const message = subject.whole(most);
        await judge(driver, message, await driver.single(message), 'the result of 64 MiB in one call');
        await judge(driver, message, await inParts(driver, message, 8 * MiB), 'the result of 64 MiB in parts');
      }),
  };
}

const tooLong: Check = {
  name: 'messages: more than one call can carry is refused before it is sent, and changes nothing',
  run: async (bench) => {
    await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
    await hash.init();
    await refused(() => hash.update(new Uint8Array(most + 1)), 'QUOTA_EXCEEDED', 'data');
    await hash.finalize();
  },
};

const held: Check = {
  name: 'messages: AEAD decryption holds back 64 MiB and no more, encryption streams on',
  slow: true,
  run: async (bench) => {
    await using key = await bench.key('aes');
    await using sealing = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
    await sealing.init(new Uint8Array(12));
    const part = new Uint8Array(16 * MiB);
    const ciphertext: Uint8Array[] = [];
    for (let i = 0; i < 5; i += 1) ciphertext.push(await sealing.update(part));
    const { tag } = await sealing.finalize();
    await using opening = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
    await opening.init(new Uint8Array(12));
    for (const bytes of ciphertext.slice(0, 4)) await opening.update(bytes);
    await refused(() => opening.update(new Uint8Array(1)), 'QUOTA_EXCEEDED', 'limits.aeadDecrypt');
    await refused(() => opening.verifyAndFinalize(tag), 'INVALID_OPERATION');
    const small = await sealing.encrypt({ nonce: new Uint8Array(12).fill(1), data: part.subarray(0, 100) });
    assertBytes('the plaintext afterwards', await opening.decrypt({ nonce: new Uint8Array(12).fill(1), ...small }), part.subarray(0, 100));
  },
};

const order: Check = {
  name: 'messages: calls on one context run in the order in which they were made',
  asyncOnly: true,
  run: async (bench) => {
    await using hash = await bench.context.createHashContext({ algorithm: 'SHA-256', provider: bench.provider });
    const parts = Array.from({ length: 100 }, (_, i) => new Uint8Array(1000).fill(i));
    const calls = [hash.init(), ...parts.map((part) => hash.update(part))];
    const digest = hash.finalize();
    await Promise.all(calls);
    assertBytes('the digest', await digest, await hash.singleShot(joined(parts)));
  },
};

export const messageChecks: readonly Check[] = [
  ...subjects.map(sizeCheck),
  ...subjects.map(emptyParts),
  ...subjects.map(randomCuts),
  tooLong,
  order,
  held,
  ...subjects.filter(({ big }) => big).map(bigCheck),
];
