/** Messages of every size: empty, around blocks, and as long as one call can carry. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, refused } from '../expectations.js';
import { joined } from '../material.js';
import type { Driver, Subject } from '../subject.js';
import { subjects } from '../subjects.js';

const sizes = [0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 1000, 4096, 65_537] as const;
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

function judge(driver: Driver, message: Uint8Array, found: Uint8Array, what: string): void {
  const expected = driver.expected({ message, aad: new Uint8Array(0) });
  assert(expected !== 'refused', 'the message of the check is none');
  if (expected instanceof Uint8Array) assertBytes(what, found, expected);
  else assert(expected(found), `${what} is wrong`);
}

async function inParts(driver: Driver, message: Uint8Array, part: number): Promise<Uint8Array> {
  await driver.init();
  const output: Uint8Array[] = [];
  for (let at = 0; at < message.length; at += part) output.push(await driver.update(message.subarray(at, at + part)));
  output.push(await driver.finish({ message, aad: new Uint8Array(0) }));
  return joined(output);
}

function sizeCheck(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, empty and around blocks`,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        for (const size of sizes) {
          const message = subject.whole(size);
          judge(driver, message, await driver.single(message), `the result of ${size} bytes in one call`);
          for (const part of [1, 16, 1000]) {
            if (message.length / part > 300) continue;
            judge(driver, message, await inParts(driver, message, part), `the result of ${size} bytes in parts of ${part}`);
          }
        }
      }),
  };
}

/** Empty parts are parts: they change no result, but the stream is under way. */
function emptyParts(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, empty parts between others`,
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
        judge(driver, message, joined(output), 'the result');
      }),
  };
}

function bigCheck(subject: Subject): Check {
  return {
    name: `messages: ${subject.name}, 64 MiB`,
    slow: true,
    run: (bench) =>
      withDriver(bench, subject, async (driver) => {
        const message = subject.whole(most);
        judge(driver, message, await driver.single(message), 'the result of 64 MiB in one call');
        judge(driver, message, await inParts(driver, message, 8 * MiB), 'the result of 64 MiB in parts');
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
  tooLong,
  order,
  held,
  ...subjects.map(bigCheck),
];
