/** Output buffers: too small ones are INSUFFICIENT_BUFFER_SIZE and change nothing, others are filled and only as far as needed. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { cbcDecrypted, cbcEncrypted, digest, gcmEncrypted, iv, joined, mac, pattern } from '../material.js';
import { verified } from '../schemes.js';

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

export const outputChecks: readonly Check[] = [
  { name: 'output buffers: of hashes', run: ofHash },
  { name: 'output buffers: of MACs', run: ofMac },
  { name: 'output buffers: of signatures', run: ofSignature },
  { name: 'output buffers: of signatures whose size varies', run: ofDerSignature },
  { name: 'output buffers: of encryption', run: ofEncryption },
  { name: 'output buffers: of decryption', run: ofDecryption },
  { name: 'output buffers: of AEAD', run: ofAead },
  { name: 'output buffers: of random bytes and exported keys', run: ofRandomAndKeys },
];
