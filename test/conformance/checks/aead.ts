/** AEAD beyond the state table: refusals are uniform, additional data, tags. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assertBytes, assertSame, refused } from '../expectations.js';
import { halves } from '../keys.js';
import { gcmEncrypted, iv, pattern } from '../material.js';

const data = pattern(60);
const aad = pattern(21);
const nonce = pattern(12);
const sealed = gcmEncrypted(data, nonce, aad);

function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

async function uniform(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using wrongKey = await bench.keys.importKey({ ...halves.aes, keyData: flipped(halves.aes.data) });
  const cases = [
    { key, message: { nonce, aad, data: flipped(sealed.data, 30), tag: sealed.tag } },
    { key, message: { nonce, aad, data: sealed.data, tag: flipped(sealed.tag, 15) } },
    { key, message: { nonce, aad: flipped(aad), data: sealed.data, tag: sealed.tag } },
    { key, message: { nonce: flipped(nonce), aad, data: sealed.data, tag: sealed.tag } },
    { key, message: { nonce, data: sealed.data, tag: sealed.tag } },
    { key, message: { nonce, aad, data: sealed.data.subarray(0, 59), tag: sealed.tag } },
    { key: wrongKey, message: { nonce, aad, data: sealed.data, tag: sealed.tag } },
  ];
  const messages = new Set<string>();
  for (const { key: used, message } of cases) {
    await using context = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key: used, direction: 'decrypt' });
    messages.add((await refused(() => context.decrypt(message), 'OPERATION_FAILED')).message);
    await context.init(message.nonce);
    if ('aad' in message) await context.updateAad(message.aad);
    assertSame('bytes that came out before the tag', (await context.update(message.data)).length, 0);
    messages.add((await refused(() => context.verifyAndFinalize(message.tag), 'OPERATION_FAILED')).message);
    await refused(() => context.verifyAndFinalize(message.tag), 'INVALID_OPERATION');
    if (used === key) assertBytes('the plaintext afterwards', await context.decrypt({ nonce, aad, ...sealed }), data);
  }
  assertSame('the number of messages', messages.size, 1);
}

async function paddings(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'decrypt' });
  const messages = new Set<string>();
  for (const size of [0, 1, 15, 16, 17, 32, 47]) {
    messages.add((await refused(() => context.singleShot(iv, new Uint8Array(size)), 'OPERATION_FAILED')).message);
    await context.init(iv);
    await context.update(new Uint8Array(size));
    messages.add((await refused(() => context.finalize(), 'OPERATION_FAILED')).message);
  }
  assertSame('the number of messages', messages.size, 1);
}

async function additionalData(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  for (const cuts of [[21], [0, 21], [1, 20], [7, 7, 7], [21, 0]]) {
    await using context = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
    await context.init(nonce);
    let at = 0;
    for (const size of cuts) {
      await context.updateAad(aad.subarray(at, at + size));
      at += size;
    }
    const first = await context.update(data);
    const last = await context.finalize();
    assertBytes('the ciphertext', new Uint8Array(Buffer.concat([first, last.data])), sealed.data);
    assertBytes('the tag', last.tag, sealed.tag);
  }
  await using onlyAad = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
  const empty = await onlyAad.encrypt({ nonce, aad, data: new Uint8Array(0) });
  assertBytes('the tag of additional data alone', empty.tag, gcmEncrypted(new Uint8Array(0), nonce, aad).tag);
}

async function tags(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const make = (tagLength: number, direction: 'encrypt' | 'decrypt') =>
    bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction, tagLength });
  for (const tagLength of [1, 4, 8, 11, 17, 32]) await refused(() => make(tagLength, 'encrypt'), 'INVALID_ARGUMENT', 'tagLength');
  for (const tagLength of [12, 13, 14, 15, 16]) {
    await using sealing = await make(tagLength, 'encrypt');
    const found = await sealing.encrypt({ nonce, aad, data });
    assertBytes('the tag', found.tag, sealed.tag.subarray(0, tagLength));
    await using opening = await make(tagLength, 'decrypt');
    assertBytes('the plaintext', await opening.decrypt({ nonce, aad, ...found }), data);
    const wrong = sealed.tag.subarray(0, tagLength === 16 ? 12 : tagLength + 1);
    await refused(() => opening.decrypt({ nonce, aad, data: found.data, tag: wrong }), 'INVALID_ARGUMENT', 'tag');
  }
  const cipher = { algorithm: 'AES-256-CBC', key, direction: 'encrypt', tagLength: 16 } as const;
  await refused(() => bench.context.createAeadContext(cipher), 'UNSUPPORTED_ALGORITHM', 'algorithm');
}

async function wrongEnding(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using sealing = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
  await sealing.init(nonce);
  await sealing.updateAad(aad);
  await refused(() => sealing.verifyAndFinalize(sealed.tag), 'INVALID_OPERATION');
  const first = await sealing.update(data);
  await refused(() => sealing.updateAad(aad), 'INVALID_OPERATION');
  const last = await sealing.finalize();
  assertBytes('the ciphertext', new Uint8Array(Buffer.concat([first, last.data])), sealed.data);
  assertBytes('the tag', last.tag, sealed.tag);
  await using opening = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
  await opening.init(nonce);
  await opening.updateAad(aad);
  await opening.update(sealed.data);
  await refused(() => opening.finalize(), 'INVALID_OPERATION');
  assertBytes('the plaintext', await opening.verifyAndFinalize(sealed.tag), data);
}

export const aeadChecks: readonly Check[] = [
  { name: 'AEAD: wrong key, wrong nonce, changed data are one refusal, and nothing comes out before it', run: uniform },
  { name: 'AEAD: wrong paddings and lengths of CBC are one refusal', run: paddings },
  { name: 'AEAD: additional data in parts', run: additionalData },
  { name: 'AEAD: lengths of tags', run: tags },
  { name: 'AEAD: the other ending is INVALID_OPERATION and changes nothing', run: wrongEnding },
];
