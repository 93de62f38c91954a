/** Nonces and IVs: sizes, and what is refused the second time. */
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { otherMacs } from '../cipher-material.js';
import { assert, assertBytes, refusalOf, refused } from '../expectations.js';
import { gcmEncrypted, iv, pattern } from '../material.js';

const data = pattern(50);
const noAad = new Uint8Array(0);
const remembered = 65_536;

function sealingContext(bench: Bench, key: Parameters<Bench['context']['createAeadContext']>[0]['key']) {
  return bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
}

async function reuse(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await sealingContext(bench, key);
  const nonce = pattern(12);
  await context.encrypt({ nonce, data });
  await refused(() => context.encrypt({ nonce, data }), 'INVALID_ARGUMENT', 'nonce');
  await refused(() => context.init(nonce), 'INVALID_ARGUMENT', 'nonce');
  await context.reset();
  await refused(() => context.init(nonce), 'INVALID_ARGUMENT', 'nonce');
  await context.init(pattern(12, 1));
  await refused(() => context.init(nonce), 'INVALID_ARGUMENT', 'nonce');
  const first = await context.update(data);
  const { data: last, tag } = await context.finalize();
  const expected = gcmEncrypted(data, pattern(12, 1), noAad);
  assertBytes('the ciphertext after refused nonces', new Uint8Array(Buffer.concat([first, last])), expected.data);
  assertBytes('the tag after refused nonces', tag, expected.tag);
  await refused(() => context.encrypt({ nonce: pattern(12, 1), data }), 'INVALID_ARGUMENT', 'nonce');
}

async function reuseElsewhere(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  const nonce = pattern(12);
  const sealed = gcmEncrypted(data, nonce, noAad);
  await using opening = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key, direction: 'decrypt' });
  for (let i = 0; i < 3; i += 1) assertBytes('the plaintext', await opening.decrypt({ nonce, ...sealed }), data);
  for (let i = 0; i < 2; i += 1) {
    await using sealing = await sealingContext(bench, key);
    assertBytes('the ciphertext of a context of its own', (await sealing.encrypt({ nonce, data })).data, sealed.data);
  }
  await using appended = await bench.context.createCipherContext({ algorithm: 'AES-256-GCM', key, direction: 'encrypt' });
  await appended.singleShot(nonce, data);
  await refused(() => appended.singleShot(nonce, data), 'INVALID_ARGUMENT');
}

async function sizes(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await sealingContext(bench, key);
  await refused(() => context.init(new Uint8Array(0)), 'INVALID_ARGUMENT', 'nonce');
  await refused(() => context.init(new Uint8Array(257)), 'INVALID_ARGUMENT', 'nonce');
  await refused(() => context.encrypt({ nonce: new Uint8Array(0), data }), 'INVALID_ARGUMENT', 'nonce');
  for (const size of [1, 8, 11, 12, 13, 16, 32, 60, 64, 128]) {
    const nonce = pattern(size, 9);
    const error = await refusalOf(async () => {
      const { data: found, tag } = await context.encrypt({ nonce, data });
      const expected = gcmEncrypted(data, nonce, noAad);
      assertBytes(`the ciphertext with a nonce of ${size} bytes`, found, expected.data);
      assertBytes(`the tag with a nonce of ${size} bytes`, tag, expected.tag);
    });
    // Other sizes are the provider's to refuse, by name.
    if (error !== undefined)
      assert(size !== 12 && error.code === 'INVALID_ARGUMENT' && error.field === 'nonce', `${size} bytes: ${error.message}`);
  }
}

async function ivSizes(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await bench.context.createCipherContext({ algorithm: 'AES-256-CBC', key, direction: 'encrypt' });
  for (const size of [0, 12, 15, 17, 32]) await refused(() => context.init(new Uint8Array(size)), 'INVALID_ARGUMENT', 'iv');
  await refused(() => context.init(), 'INVALID_ARGUMENT', 'iv');
  await refused(() => context.singleShot(undefined, data), 'INVALID_ARGUMENT', 'iv');
  await context.singleShot(iv, data);
  await using hmac = await bench.key('hmac');
  await using macContext = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key: hmac });
  await refused(() => macContext.init(iv), 'INVALID_ARGUMENT', 'iv');
}

/** A MAC that is broken by a nonce that comes twice. */
async function ofGmac(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using making = await bench.context.createMacContext({ algorithm: 'GMAC', key });
  await making.init(pattern(12));
  await making.update(data);
  assertBytes('the MAC', await making.finalize(), otherMacs.gmac(data, pattern(12)));
  await refused(() => making.init(pattern(12)), 'INVALID_ARGUMENT');
  for (const size of [0, 129]) await refused(() => making.init(new Uint8Array(size)), 'INVALID_ARGUMENT', 'iv');
  await refused(() => making.init(), 'INVALID_ARGUMENT', 'iv');
  await making.init(pattern(12, 1));
  await making.update(data);
  const mac = await making.finalize();
  await using verifying = await bench.context.createMacContext({ algorithm: 'GMAC', key, mode: 'verify' });
  for (let i = 0; i < 2; i += 1) {
    await verifying.init(pattern(12, 1));
    await verifying.update(data);
    assert(await verifying.verify(mac), 'the MAC does not match');
  }
  await verifying.init(pattern(12, 2));
  await verifying.update(data);
  assert(!(await verifying.verify(mac)), 'the MAC matches under another nonce');
}

async function limit(bench: Bench): Promise<void> {
  await using key = await bench.key('aes');
  await using context = await sealingContext(bench, key);
  const nonceOf = (n: number): Uint8Array => {
    const nonce = new Uint8Array(12);
    new DataView(nonce.buffer).setUint32(0, n);
    return nonce;
  };
  const atOnce = 128;
  for (let n = 0; n < remembered; n += atOnce) await Promise.all(Array.from({ length: atOnce }, (_, i) => context.init(nonceOf(n + i))));
  await refused(() => context.init(nonceOf(remembered)), 'QUOTA_EXCEEDED', 'nonce');
  await refused(() => context.init(nonceOf(7)), 'INVALID_ARGUMENT', 'nonce');
}

export const nonceChecks: readonly Check[] = [
  { name: 'nonces: one used before on the context is refused, and changes nothing', run: reuse },
  { name: 'nonces: decryption and other contexts may use one again', run: reuseElsewhere },
  { name: 'nonces: sizes of AEAD nonces', run: sizes },
  { name: 'nonces: sizes of IVs, and algorithms that take none', run: ivSizes },
  { name: 'nonces: of GMAC', run: ofGmac, needs: [['GMAC', 'mac']] },
  { name: 'nonces: after 65,536 on one context, QUOTA_EXCEEDED', run: limit, slow: true, asyncOnly: true },
];
