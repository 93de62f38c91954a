import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aeadRows } from '../../../src/core/algorithms/aeads.js';
import { appendTag } from '../../../src/providers/appended-tag.js';
import { decryptionRefused } from '../../../src/providers/contract.js';
import type { SoftwareProvider } from '../../../src/providers/software/provider.js';
import {
  call,
  cut,
  expectError,
  generateKey,
  hex,
  importKey,
  joined,
  message,
  now,
  operation,
  plain,
  random,
  startProvider,
  toHex,
} from './support.js';

/** SP 800-38C example 1, RFC 8439 2.8.2, draft-irtf-cfrg-xchacha A.3.1, RFC 8452 C.1, wycheproof aead_aes_siv_cmac 598. */
const sunscreen = toHex(
  new TextEncoder().encode(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  ),
);
const chachaKey = '808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f';
const known = [
  {
    algorithm: 'AES-128-CCM',
    keyName: 'AES-128',
    key: '404142434445464748494a4b4c4d4e4f',
    nonce: '10111213141516',
    aad: '0001020304050607',
    msg: '20212223',
    ct: '7162015b',
    tag: '4dac255d',
  },
  {
    algorithm: 'ChaCha20-Poly1305',
    keyName: 'ChaCha20',
    key: chachaKey,
    nonce: '070000004041424344454647',
    aad: '50515253c0c1c2c3c4c5c6c7',
    msg: sunscreen,
    ct: 'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b6116',
    tag: '1ae10b594f09e26a7e902ecbd0600691',
  },
  {
    algorithm: 'XChaCha20-Poly1305',
    keyName: 'ChaCha20',
    key: chachaKey,
    nonce: '404142434445464748494a4b4c4d4e4f5051525354555657',
    aad: '50515253c0c1c2c3c4c5c6c7',
    msg: sunscreen,
    ct: 'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52e',
    tag: 'c0875924c1c7987947deafd8780acf49',
  },
  {
    algorithm: 'AES-128-GCM-SIV',
    keyName: 'AES-128',
    key: '01000000000000000000000000000000',
    nonce: '030000000000000000000000',
    aad: '01',
    msg: '0200000000000000',
    ct: '1e6daba35669f427',
    tag: '3b0a1a2560969cdf790d99759abd1508',
  },
  {
    algorithm: 'AES-256-SIV',
    keyName: 'AES-512',
    key: 'b2871555ffe0ec56fdb08e0c88b5b2b2fd062639c0936e6255af394c80dd4bce412c6e08fa241f1637d3819fa770526c0fd322bd42a08b28ba2b23122b05a962',
    nonce: '0fe58be96e9a0026599d7676',
    aad: '700c3ca5a0625573857c6155c8457fad',
    msg: 'f520c4004faacf13b79d7b25e43f957b845bf2f2f6e1c4ed8f7116f505e3768fb13fa34ecf593a38d698ddb61a9e62e8713f72b1d8a323e9b1bef2120ec2ab',
    ct: 'e1c51628ba47eabee5a509f83e022577687d63c4fb3ee758f00746b42817533c411c45926fd2fbc9afdb9d9a1f16805118db801030a6a1ff6bf6061835c762',
    tag: 'f9ad8d309a041b6eda63965d7690e7ad',
  },
];

test.each(known)('$algorithm of $msg', async ({ algorithm, keyName, key, nonce, aad, msg, ct, tag }) => {
  const provider = await startProvider();
  const given = { kind: 'aead', key: importKey(provider, keyName, hex(key)), tagLength: tag.length / 2 } as const;
  const encrypt = operation(provider, algorithm, { ...given, direction: 'encrypt' });
  const sealed = now(encrypt.singleShot?.(message(hex(msg), hex(nonce), hex(aad)), call));
  expect([toHex(sealed.data), toHex(plain(sealed.tag))]).toEqual([ct, tag]);
  const decrypt = operation(provider, algorithm, { ...given, direction: 'decrypt' });
  expect(toHex(plain(now(decrypt.verifySingleShot?.(message(hex(ct), hex(nonce), hex(aad)), hex(tag), call)).data))).toBe(msg);
});

async function pairOf(provider: SoftwareProvider, row: (typeof aeadRows)[number], tagLength = 16) {
  const key = await generateKey(provider, row.keyType === 'aes' ? `AES-${row.keyLength}` : 'ChaCha20');
  const given = { kind: 'aead', key, tagLength } as const;
  return {
    encrypt: operation(provider, row.name, { ...given, direction: 'encrypt' }),
    decrypt: operation(provider, row.name, { ...given, direction: 'decrypt' }),
  };
}

describe.each(aeadRows)('$name', (row) => {
  test('any cut gives what the whole gives, and comes back', async () => {
    const { encrypt, decrypt } = await pairOf(await startProvider(), row);
    const inputs = [fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 40 }), fc.array(fc.nat(300), { maxLength: 5 })] as const;
    fc.assert(
      fc.property(...inputs, (data, aad, places) => {
        const nonce = random(row.nonce.max);
        now(encrypt.init(nonce, call));
        for (const piece of cut(aad, places)) now(encrypt.updateAad?.(piece, call));
        const outputs = cut(data, places).map((piece) => now(encrypt.update(piece, call)));
        const { data: last, tag = new Uint8Array(0) } = now(encrypt.finalize(call));
        const sealed = joined([...outputs, last]);
        const whole = now(encrypt.singleShot?.(message(data, nonce, aad), call));
        expect([sealed, plain(tag)]).toEqual([plain(whole.data), plain(whole.tag)]);
        now(decrypt.init(nonce, call));
        for (const piece of cut(aad, places)) now(decrypt.updateAad?.(piece, call));
        for (const piece of cut(sealed, places)) expect(now(decrypt.update(piece, call))).toHaveLength(0);
        expect(plain(now(decrypt.verify?.(tag, call)).data)).toEqual(data);
      }),
      { numRuns: 25 },
    );
  });

  test('whatever is changed is refused with one error, also where the message is empty', async () => {
    const { encrypt, decrypt } = await pairOf(await startProvider(), row);
    const flip = (bytes: Uint8Array) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);
    const [nonce, aad] = [random(row.nonce.max), random(5)];
    for (const size of [0, 1, 50]) {
      const data = random(size);
      const sealed = now(encrypt.singleShot?.(message(data, nonce, aad), call));
      const tag = plain(sealed.tag);
      const tries = [
        [message(sealed.data, flip(nonce), aad), tag],
        [message(sealed.data, nonce, flip(aad)), tag],
        [message(sealed.data, nonce), tag],
        [message(sealed.data, nonce, aad), flip(tag)],
        [message(sealed.data, nonce, aad), new Uint8Array(16)],
        [message(sealed.data, nonce, aad), tag.slice(1)],
        ...(size > 0 ? [[message(flip(plain(sealed.data)), nonce, aad), tag] as const] : []),
      ] as const;
      for (const [changed, expected] of tries) {
        const error = await expectError(() => decrypt.verifySingleShot?.(changed, expected, call), 'OPERATION_FAILED');
        expect(error.message).toBe(decryptionRefused);
        now(decrypt.init(changed.iv, call));
        if (changed.aad !== undefined) now(decrypt.updateAad?.(changed.aad, call));
        now(decrypt.update(changed.data, call));
        await expectError(() => decrypt.verify?.(expected, call), 'OPERATION_FAILED');
      }
      expect(plain(now(decrypt.verifySingleShot?.(message(sealed.data, nonce, aad), tag, call)).data)).toEqual(data);
    }
  });

  test('nonces of other sizes are refused, a stream that was not started too', async () => {
    const { encrypt, decrypt } = await pairOf(await startProvider(), row);
    for (const nonce of [random(row.nonce.max + 1), ...(row.nonce.min > 0 ? [undefined, random(row.nonce.min - 1)] : [])])
      await expectError(() => encrypt.init(nonce, call), 'INVALID_ARGUMENT', 'nonce');
    await expectError(() => encrypt.update(random(1), call), 'STREAM_NOT_INITIALIZED');
    await expectError(() => decrypt.verify?.(random(16), call), 'STREAM_NOT_INITIALIZED');
    await expectError(() => decrypt.finalize(call), 'INVALID_OPERATION');
    now(encrypt.init(random(row.nonce.max), call));
    now(encrypt.update(random(20), call));
    now(encrypt.abort());
    await expectError(() => encrypt.finalize(call), 'STREAM_NOT_INITIALIZED');
    encrypt.close();
  });

  test('the tag goes behind the message where a cipher context wants it so', async () => {
    const { encrypt, decrypt } = await pairOf(await startProvider(), row);
    const nonce = random(row.nonce.max);
    const data = random(40);
    const appending = appendTag(encrypt, 'encrypt', 16);
    expect(appending.gathersData).toBe(encrypt.gathersData === true);
    now(appending.init(nonce, call));
    const sealed = joined([now(appending.update(data, call)), now(appending.finalize(call)).data]);
    expect(sealed).toHaveLength(56);
    const opening = appendTag(decrypt, 'decrypt', 16);
    now(opening.init(nonce, call));
    for (const piece of cut(sealed, [3, 45])) expect(now(opening.update(piece, call))).toHaveLength(0);
    expect(plain(now(opening.finalize(call)).data)).toEqual(data);
  });
});

test('CCM: every tag size; the nonce bounds the message', async () => {
  const provider = await startProvider();
  const row = aeadRows.find(({ name }) => name === 'AES-192-CCM');
  if (row === undefined) throw new Error('no CCM');
  for (const tagLength of row.tagSizes) {
    const { encrypt, decrypt } = await pairOf(provider, row, tagLength);
    const nonce = random(7);
    const { data, tag } = now(encrypt.singleShot?.(message(random(20), nonce), call));
    expect(tag).toHaveLength(tagLength);
    expect(now(decrypt.verifySingleShot?.(message(data, nonce), plain(tag), call)).valid).toBe(true);
  }
  const { encrypt } = await pairOf(provider, row);
  expect(now(encrypt.singleShot?.(message(new Uint8Array(65_535), random(13)), call)).data).toHaveLength(65_535);
  await expectError(() => encrypt.singleShot?.(message(new Uint8Array(65_536), random(13)), call), 'INVALID_ARGUMENT', 'data');
  expect(now(encrypt.singleShot?.(message(new Uint8Array(65_536), random(12)), call)).data).toHaveLength(65_536);
});

test('what a library does is bounded', async () => {
  const provider = await startProvider();
  const key = await generateKey(provider, 'AES-128');
  const encrypt = operation(provider, 'AES-128-GCM-SIV', { kind: 'aead', direction: 'encrypt', key });
  expect([encrypt.gathersData, encrypt.gathersAad]).toEqual([true, true]);
  const long = message(new Uint8Array(4 * 1024 * 1024 + 1), random(12));
  await expectError(() => encrypt.singleShot?.(long, call), 'INVALID_ARGUMENT', 'data');
});
