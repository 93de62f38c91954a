/** Output buffers: too small ones are INSUFFICIENT_BUFFER_SIZE and change nothing, others are filled and only as far as needed. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { aeads, cipherMessage, modes, rsaPaddings } from '../cipher-material.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { cbcDecrypted, cbcEncrypted, digest, gcmEncrypted, iv, joined, mac, pattern } from '../material.js';
import { assertOutcome } from '../outcome.js';
import { verified } from '../schemes.js';
import type { Subject } from '../subject.js';
import { subjects } from '../subjects.js';

const message = pattern(100);
const filler = 0xaa;

function room(size: number): Uint8Array {
  return new Uint8Array(size).fill(filler);
}

/** A result must be the filled part of the buffer that was given; the rest of the buffer stays. */
function assertFilled(output: Uint8Array, result: Uint8Array, expected: Uint8Array): void {
  assertBytes('the result', result, expected);
  assert(result.buffer === output.buffer && result.byteOffset === output.byteOffset, 'the result is not in the buffer');
  assert(
    output.subarray(expected.length).every((byte) => byte === filler),
    'bytes behind the result were changed',
  );
}

const tooSmall = 'INSUFFICIENT_BUFFER_SIZE';

async function ofHash(bench: Bench): Promise<void> {
  await using hash = await bench.context.createHashContext({ algorithm: 'SHA-384', provider: bench.provider });
  assertSame('the digest size', hash.digestSize, 48);
  await refused(() => hash.singleShot(message, room(47)), tooSmall, 'output');
  await hash.init();
  await hash.update(message);
  await refused(() => hash.finalize(room(0)), tooSmall, 'output');
  await refused(() => hash.finalize(room(47)), tooSmall, 'output');
  await hash.update(message);
  const output = room(60);
  assertFilled(output, await hash.finalize(output), digest('sha384', joined([message, message])));
  assertBytes('the result in fresh memory', await hash.singleShot(message), digest('sha384', message));
}

async function ofMac(bench: Bench): Promise<void> {
  await using key = await bench.key('hmac');
  await using context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key, parameters: { outputLength: 20 } });
  assertSame('the MAC size', context.macSize, 20);
  await context.init();
  await context.update(message);
  await refused(() => context.finalize(room(19)), tooSmall, 'output');
  const output = room(20);
  assertFilled(output, await context.finalize(output), mac(message, 20));
}

async function ofSignature(bench: Bench): Promise<void> {
  await using key = await bench.key('rsaPrivate', p.sign);
  await using context = await bench.context.createSignContext({ algorithm: 'RSA-PSS-SHA-256', key });
  assertSame('the signature size', context.signatureSize, 256);
  await context.init();
  await context.update(message);
  await refused(() => context.signFinalize(room(255)), tooSmall, 'output');
  const output = room(256);
  assert(verified('rsa-pss', message, await context.signFinalize(output)), 'the signature is wrong');
  await refused(() => context.singleShot(message, room(255)), tooSmall, 'output');
}

async function ofDerSignature(bench: Bench): Promise<void> {
  await using key = await bench.key('ecPrivate', p.sign);
  const config = { algorithm: 'ECDSA-P256', key };
  await using fixed = await bench.context.createSignContext(config);
  assertSame('the size of r and s', fixed.signatureSize, 64);
  await using der = await bench.context.createSignContext({ ...config, parameters: { signatureFormat: 'der' } });
  assertSame('the longest DER signature', der.signatureSize, 72);
  const output = room(72);
  const signature = await der.singleShot(message, output);
  assert(verified('ecdsa-der', message, signature), 'the signature is wrong');
  assert(signature.length <= 72 && signature.buffer === output.buffer, 'the signature is not in the buffer');
}

async function ofEncryption(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  await context.init(iv);
  await refused(() => context.update(message, room(95)), tooSmall, 'output');
  const first = await context.update(message, room(context.getOutputSize(message.length)));
  await refused(() => context.finalize(room(15)), tooSmall, 'output');
  const last = await context.finalize(room(16));
  assertBytes('the ciphertext', joined([first, last]), cbcEncrypted(message));
  await refused(() => context.singleShot(iv, message, room(111)), tooSmall, 'output');
  const output = room(120);
  assertFilled(output, await context.singleShot(iv, message, output), cbcEncrypted(message));
}

async function ofDecryption(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'decrypt' });
  const ciphertext = cbcEncrypted(message);
  await context.init(iv);
  const first = await context.update(ciphertext, room(context.getOutputSize(ciphertext.length)));
  const last = await context.finalize(room(context.getOutputSize(0)));
  assertBytes('the plaintext', joined([first, last]), message);
  const output = room(context.getOutputSize(ciphertext.length));
  assertFilled(output, await context.singleShot(iv, ciphertext, output), cbcDecrypted(ciphertext) ?? message);
  await refused(() => context.singleShot(iv, ciphertext, room(10)), tooSmall, 'output');
}

async function ofAead(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const config = { algorithm: 'AES-256-GCM', key, tagLength: 13 };
  await using sealing = await bench.context.createAeadContext({ ...config, direction: 'encrypt' });
  assertSame('the tag size', sealing.tagSize, 13);
  const nonce = pattern(12);
  await sealing.init(nonce);
  await refused(() => sealing.update(message, room(99)), tooSmall, 'output');
  const first = await sealing.update(message, room(100));
  const last = await sealing.finalize(room(100));
  const expected = gcmEncrypted(message, nonce, new Uint8Array(0), 13);
  assertBytes('the ciphertext', joined([first, last.data]), expected.data);
  assertBytes('the tag', last.tag, expected.tag);
  await using opening = await bench.context.createAeadContext({ ...config, direction: 'decrypt' });
  await opening.init(nonce);
  await opening.update(expected.data, room(0));
  await refused(() => opening.verifyAndFinalize(expected.tag, room(99)), tooSmall, 'output');
  const output = room(101);
  assertFilled(output, await opening.verifyAndFinalize(expected.tag, output), message);
}

async function ofRandomAndKeys(bench: Bench): Promise<void> {
  await using random = await bench.context.createRandomContext({ provider: bench.provider });
  await refused(() => random.generate(32, room(31)), tooSmall, 'output');
  const output = room(40);
  const bytes = await random.generate(32, output);
  assert(bytes.length === 32 && bytes.buffer === output.buffer, 'the bytes are not in the buffer');
  assert(
    output.subarray(32).every((byte) => byte === filler),
    'bytes behind the result were changed',
  );
  await using key = await bench.key('ecPublic');
  await refused(() => bench.keys.exportKey(key, 'der', room(20)), tooSmall, 'output');
}

/** What gives everything with the end wants no room before it, and all of it then. */
async function ofGathered(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const nonce = pattern(12);
  const { data, tag } = aeads['AES-256-CCM'].seal(message, nonce, new Uint8Array(0), 16);
  await using sealing = await bench.context.createAeadContext({ algorithm: 'AES-256-CCM', key, direction: 'encrypt' });
  await sealing.init(nonce);
  assertSame('output before the end', (await sealing.update(message.subarray(0, 60), room(0))).length, 0);
  await refused(() => sealing.finalize(room(59)), tooSmall, 'output');
  await sealing.update(message.subarray(60), room(0));
  await refused(() => sealing.finalize(room(99)), tooSmall, 'output');
  const output = room(101);
  const last = await sealing.finalize(output);
  assertFilled(output, last.data, data);
  assertBytes('the tag', last.tag, tag);
  await using appending = await bench.context.createCipherContext({ algorithm: 'AES-256-CCM', key, direction: 'encrypt' });
  await appending.init(nonce);
  await appending.update(message, room(0));
  await refused(() => appending.finalize(room(115)), tooSmall, 'output');
  assertBytes('data and tag', await appending.finalize(room(116)), joined([data, tag]));
}

async function ofXts(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  for (const direction of ['encrypt', 'decrypt'] as const) {
    await using context = await bench.context.createCipherContext({ algorithm: 'AES-128-XTS', key, direction });
    await context.init(iv);
    assertSame('output before the end', (await context.update(message, room(0))).length, 0);
    await refused(() => context.finalize(room(99)), tooSmall, 'output');
    const output = room(100);
    assertFilled(output, await context.finalize(output), cipherMessage(modes['AES-128-XTS'], direction, message));
  }
}

/** What keeps nothing back wants no room at the end. */
async function ofBytes(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  for (const direction of ['encrypt', 'decrypt'] as const) {
    const config = { algorithm: 'AES-256-CTR', key, direction };
    await using context = await bench.context.createCipherContext(config);
    await context.init(iv);
    await refused(() => context.update(message, room(99)), tooSmall, 'output');
    const first = await context.update(message, room(100));
    const last = await context.finalize(room(0));
    assertBytes('the result', joined([first, last]), cipherMessage(modes['AES-256-CTR'], direction, message));
    assertSame('the room for a message', context.getOutputSize(100), 100);
  }
  const whole = pattern(96);
  const without = { algorithm: 'AES-256-CBC', key, direction: 'encrypt', parameters: { padding: 'none' } } as const;
  await using unpadded = await bench.context.createCipherContext(without);
  await unpadded.init(iv);
  const first = await unpadded.update(whole, room(96));
  assertBytes('the whole blocks', joined([first, await unpadded.finalize(room(96 - first.length))]), cbcEncrypted(whole, false));
}

async function ofRsa(bench: Bench): Promise<void> {
  await using publicKey = await bench.key('rsaPublic', p.encrypt);
  await using privateKey = await bench.key('rsaPrivate', p.decrypt);
  const { algorithm, encrypt, decrypt } = rsaPaddings['RSA-OAEP-SHA-1'];
  const text = message.subarray(0, 50);
  await using sealing = await bench.context.createCipherContext({ algorithm, key: publicKey, direction: 'encrypt' });
  assertSame('the room for a message', sealing.getOutputSize(50), 256);
  await sealing.init();
  assertSame('output before the end', (await sealing.update(text, room(0))).length, 0);
  await refused(() => sealing.finalize(room(255)), tooSmall, 'output');
  assertBytes('what was encrypted', decrypt(await sealing.finalize(room(256))), text);
  await using opening = await bench.context.createCipherContext({ algorithm, key: privateKey, direction: 'decrypt' });
  await opening.init();
  assertSame('output before the end', (await opening.update(encrypt(text), room(0))).length, 0);
  const output = room(opening.getOutputSize(256));
  assertFilled(output, await opening.finalize(output), text);
}

/** The room that a context tells is enough; less than the result is not. */
function toldRoom(subject: Subject): Check {
  return {
    name: `output buffers: ${subject.name}, the room that is told is enough`,
    needs: subject.needs,
    run: async (bench) => {
      const driver = await subject.open(bench);
      const { output } = driver;
      assert(output !== undefined, 'there is nothing to tell');
      for (const size of [0, 1, 16, 33, 100]) {
        const whole = subject.whole(size);
        const given = room(output.size(whole.length));
        const found = await output.single(whole, given);
        await assertOutcome(`the result of ${size} bytes`, driver.expected({ message: whole, aad: new Uint8Array(0) }), async () => found);
        assert(found.buffer === given.buffer, 'the result is not in the buffer');
        if (found.length > 0) await refused(() => output.single(whole, room(found.length - 1)), tooSmall, 'output');
      }
      await driver.close();
    },
  };
}

export const outputChecks: readonly Check[] = [
  { name: 'output buffers: of hashes', run: ofHash },
  { name: 'output buffers: of MACs', run: ofMac },
  { name: 'output buffers: of signatures', run: ofSignature },
  { name: 'output buffers: of signatures whose size varies', run: ofDerSignature },
  { name: 'output buffers: of encryption', run: ofEncryption },
  { name: 'output buffers: of decryption', run: ofDecryption },
  { name: 'output buffers: of AEAD', run: ofAead },
  { name: 'output buffers: of AEAD that gathers', run: ofGathered, needs: [['AES-256-CCM', 'encrypt']] },
  { name: 'output buffers: of XTS, which gathers', run: ofXts, needs: [['AES-128-XTS', 'encrypt']] },
  { name: 'output buffers: of modes that keep nothing back', run: ofBytes, needs: [['AES-256-CTR', 'encrypt']] },
  { name: 'output buffers: of RSA encryption', run: ofRsa, needs: [['RSA-OAEP-SHA-1', 'encrypt']] },
  ...subjects.filter(({ name }) => name.startsWith('cipher ')).map(toldRoom),
  { name: 'output buffers: of random bytes and exported keys', run: ofRandomAndKeys },
];
