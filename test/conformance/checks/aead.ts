/** AEAD beyond the state table: refusals are uniform, additional data, tags. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { type AeadAlgorithm, type AeadName, aeads, rsaPaddings } from '../cipher-material.js';
import type { Claim } from '../claims.js';
import { assertBytes, assertSame, refused } from '../expectations.js';
import { knownKeys } from '../keys.js';
import { gcmEncrypted, iv, pattern } from '../material.js';

const data = pattern(60);
const aad = pattern(21);
const nonce = pattern(12);
const sealed = gcmEncrypted(data, nonce, aad);

const aeadNames = Object.keys(aeads) as readonly AeadName[];
function claimsOf(name: AeadName, direction: 'encrypt' | 'decrypt'): readonly Claim[] {
  const { algorithm, key } = aeads[name];
  return [
    [algorithm, direction],
    [knownKeys[key].algorithm, 'import'],
  ];
}

function flipped(bytes: Uint8Array, at = 0): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

/** Wrong key, wrong nonce, changed data: one refusal, and nothing before it. */
function uniform(name: AeadName): Check {
  const { algorithm, key: keyName, nonceSize, seal }: AeadAlgorithm = aeads[name];
  const half = knownKeys[keyName];
  const used = pattern(nonceSize);
  const right = seal(data, used, aad, 16);
  return {
    name: `AEAD: ${name}, wrong key, wrong nonce, changed data are one refusal, and nothing comes out before it`,
    needs: claimsOf(name, 'decrypt'),
    run: async (bench) => {
      await using key = await bench.key(keyName);
      await using wrongKey = await bench.keys.importKey({ ...half, keyData: flipped(half.data) });
      const cases = [
        { key, message: { nonce: used, aad, data: flipped(right.data, 30), tag: right.tag } },
        { key, message: { nonce: used, aad, data: right.data, tag: flipped(right.tag, 15) } },
        { key, message: { nonce: used, aad: flipped(aad), data: right.data, tag: right.tag } },
        { key, message: { nonce: flipped(used), aad, data: right.data, tag: right.tag } },
        { key, message: { nonce: used, data: right.data, tag: right.tag } },
        { key, message: { nonce: used, aad, data: right.data.subarray(0, 59), tag: right.tag } },
        { key, message: { nonce: used, aad, data: new Uint8Array(0), tag: right.tag } },
        { key: wrongKey, message: { nonce: used, aad, data: right.data, tag: right.tag } },
      ];
      const messages = new Set<string>();
      for (const { key: with_, message } of cases) {
        await using context = await bench.context.createAeadContext({ algorithm, key: with_, direction: 'decrypt' });
        messages.add((await refused(() => context.decrypt(message), 'OPERATION_FAILED')).message);
        await context.init(message.nonce);
        if ('aad' in message) await context.updateAad(message.aad);
        assertSame('bytes that came out before the tag', (await context.update(message.data)).length, 0);
        messages.add((await refused(() => context.verifyAndFinalize(message.tag), 'OPERATION_FAILED')).message);
        await refused(() => context.verifyAndFinalize(message.tag), 'INVALID_OPERATION');
        if (with_ === key) assertBytes('the plaintext afterwards', await context.decrypt({ nonce: used, aad, ...right }), data);
        await using appended = await bench.context.createCipherContext({ algorithm, key: with_, direction: 'decrypt' });
        const joined = new Uint8Array(Buffer.concat([message.data, message.tag]));
        messages.add((await refused(() => appended.singleShot(message.nonce, joined), 'OPERATION_FAILED')).message);
      }
      assertSame('the number of messages', messages.size, 1);
    },
  };
}

/** So with ciphertexts for an RSA key, whatever is wrong with them. */
async function rsaCiphertexts(bench: Bench): Promise<void> {
  await using key = await bench.key('rsaPrivate');
  const { algorithm, encrypt } = rsaPaddings['RSA-OAEP-SHA-1'];
  const right = encrypt(data);
  await using context = await bench.context.createCipherContext({ algorithm, key, direction: 'decrypt' });
  const messages = new Set<string>();
  const other = rsaPaddings['RSA-PKCS1'].encrypt(data);
  const wrong = [flipped(right, 255), flipped(right, 100), right.subarray(1), new Uint8Array(0), new Uint8Array(256), other];
  for (const ciphertext of [...wrong, new Uint8Array(256).fill(255)]) {
    messages.add((await refused(() => context.singleShot(undefined, ciphertext), 'OPERATION_FAILED')).message);
    await context.init();
    await context.update(ciphertext);
    messages.add((await refused(() => context.finalize(), 'OPERATION_FAILED')).message);
    assertBytes('the plaintext afterwards', await context.singleShot(undefined, right), data);
  }
  assertSame('the number of messages', messages.size, 1);
}

async function rsaLabels(bench: Bench): Promise<void> {
  await using key = await bench.key('rsaPrivate');
  const make = (label: Uint8Array | undefined, direction: 'encrypt' | 'decrypt') =>
    bench.context.createCipherContext({ algorithm: 'RSA-OAEP-SHA-256', key, direction, parameters: { label } });
  await using sealing = await make(aad, 'encrypt');
  const ciphertext = await sealing.singleShot(undefined, data);
  await using opening = await make(aad, 'decrypt');
  assertBytes('the plaintext', await opening.singleShot(undefined, ciphertext), data);
  for (const label of [undefined, flipped(aad)]) {
    await using wrong = await make(label, 'decrypt');
    await refused(() => wrong.singleShot(undefined, ciphertext), 'OPERATION_FAILED');
  }
  const longest = 256 - 2 - 2 * 32;
  assertSame('the size of the longest', (await sealing.singleShot(undefined, pattern(longest))).length, 256);
  await refused(() => sealing.singleShot(undefined, pattern(longest + 1)), 'INVALID_ARGUMENT', 'data');
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

function additionalData(name: AeadName): Check {
  const { algorithm, key: keyName, nonceSize, seal }: AeadAlgorithm = aeads[name];
  const nonceOf = (i: number) => pattern(nonceSize, i);
  return {
    name: `AEAD: ${name}, additional data in parts`,
    needs: claimsOf(name, 'encrypt'),
    run: async (bench) => {
      await using key = await bench.key(keyName);
      await using context = await bench.context.createAeadContext({ algorithm, key, direction: 'encrypt' });
      for (const [i, cuts] of [[21], [0, 21], [1, 20], [7, 7, 7], [21, 0]].entries()) {
        await context.init(nonceOf(i));
        let at = 0;
        for (const size of cuts) {
          await context.updateAad(aad.subarray(at, at + size));
          at += size;
        }
        const first = await context.update(data);
        const last = await context.finalize();
        const expected = seal(data, nonceOf(i), aad, 16);
        assertBytes('the ciphertext', new Uint8Array(Buffer.concat([first, last.data])), expected.data);
        assertBytes('the tag', last.tag, expected.tag);
      }
      const empty = await context.encrypt({ nonce: nonceOf(9), aad, data: new Uint8Array(0) });
      assertBytes('the tag of additional data alone', empty.tag, seal(new Uint8Array(0), nonceOf(9), aad, 16).tag);
    },
  };
}

/** Lengths that the table of AEADs has, and no others. */
async function ccmTags(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const make = (tagLength: number, direction: 'encrypt' | 'decrypt') =>
    bench.context.createAeadContext({ algorithm: 'AES-256-CCM', key, direction, tagLength });
  for (const tagLength of [1, 2, 5, 15, 17]) await refused(() => make(tagLength, 'encrypt'), 'INVALID_ARGUMENT', 'tagLength');
  for (const tagLength of [4, 6, 8, 10, 12, 14, 16]) {
    await using sealing = await make(tagLength, 'encrypt');
    const found = await sealing.encrypt({ nonce, aad, data });
    const expected = aeads['AES-256-CCM'].seal(data, nonce, aad, tagLength);
    assertBytes('the ciphertext', found.data, expected.data);
    assertBytes('the tag', found.tag, expected.tag);
    await using opening = await make(tagLength, 'decrypt');
    assertBytes('the plaintext', await opening.decrypt({ nonce, aad, ...found }), data);
  }
}

/** The halves of an XTS key must differ. */
async function weakXts(bench: Bench): Promise<void> {
  const half = pattern(16);
  const keyData = new Uint8Array(Buffer.concat([half, half]));
  await using key = await bench.keys.importKey({ algorithm: 'AES-256', keyData });
  const config = { algorithm: 'AES-128-XTS', key, direction: 'encrypt' } as const;
  await refused(() => bench.context.createCipherContext(config), 'INCOMPATIBLE_KEY_TYPE', 'key');
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
  ...aeadNames.map(uniform),
  { name: 'AEAD: ciphertexts of RSA-OAEP that are none are one refusal', run: rsaCiphertexts, needs: [['RSA-OAEP-SHA-1', 'decrypt']] },
  { name: 'AEAD: labels of RSA-OAEP, and its longest message', run: rsaLabels, needs: [['RSA-OAEP-SHA-256', 'decrypt']] },
  { name: 'AEAD: wrong paddings and lengths of CBC are one refusal', run: paddings },
  ...aeadNames.map(additionalData),
  { name: 'AEAD: lengths of tags', run: tags },
  { name: 'AEAD: lengths of tags of CCM', run: ccmTags, needs: [['AES-256-CCM', 'encrypt']] },
  { name: 'AEAD: a key of two equal halves is too weak for XTS', run: weakXts, needs: [['AES-128-XTS', 'encrypt']] },
  { name: 'AEAD: the other ending is INVALID_OPERATION and changes nothing', run: wrongEnding },
];
