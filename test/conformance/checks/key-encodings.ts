/** Keys that come in and go out: formats, refusals, views, the permission to export. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { type KeyFormat, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refusalOf, refused } from '../expectations.js';
import { aesKey, ecPair, type HalfName, halfNames, halves, type KeyName, keyNames, pattern, pkcs8, rsaPair, spki } from '../material.js';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(String(value));

interface Form {
  readonly what: string;
  readonly algorithm: string;
  readonly format: KeyFormat;
  readonly keyData: Uint8Array;
  readonly kind: 'symmetric' | 'public' | 'private';
}

const forms: readonly Form[] = [
  { what: 'AES, raw', algorithm: 'AES-256', format: 'raw', keyData: aesKey, kind: 'symmetric' },
  { what: 'EC, PKCS #8', algorithm: 'ECDSA-P256', format: 'der', keyData: pkcs8(ecPair.privateKey), kind: 'private' },
  { what: 'EC, SPKI', algorithm: 'ECDSA-P256', format: 'der', keyData: spki(ecPair.publicKey), kind: 'public' },
  {
    what: 'EC, PKCS #8 in PEM',
    algorithm: 'ECDSA-P256',
    format: 'pem',
    keyData: text(ecPair.privateKey.export({ format: 'pem', type: 'pkcs8' })),
    kind: 'private',
  },
  {
    what: 'EC, SPKI in PEM',
    algorithm: 'ECDSA-P256',
    format: 'pem',
    keyData: text(ecPair.publicKey.export({ format: 'pem', type: 'spki' })),
    kind: 'public',
  },
  {
    what: 'EC, private JWK',
    algorithm: 'ECDSA-P256',
    format: 'jwk',
    keyData: text(JSON.stringify(ecPair.privateKey.export({ format: 'jwk' }))),
    kind: 'private',
  },
  {
    what: 'EC, public JWK',
    algorithm: 'ECDSA-P256',
    format: 'jwk',
    keyData: text(JSON.stringify(ecPair.publicKey.export({ format: 'jwk' }))),
    kind: 'public',
  },
  { what: 'RSA, PKCS #8', algorithm: 'RSA-2048', format: 'der', keyData: pkcs8(rsaPair.privateKey), kind: 'private' },
  {
    what: 'RSA, SPKI in PEM',
    algorithm: 'RSA-2048',
    format: 'pem',
    keyData: text(rsaPair.publicKey.export({ format: 'pem', type: 'spki' })),
    kind: 'public',
  },
];

function comesIn({ what, algorithm, format, keyData, kind }: Form): Check {
  return {
    name: `keys: ${what}, comes in`,
    run: async (bench) => {
      const copy = keyData.slice();
      await using key = await bench.keys.importKey({ algorithm, format, keyData: copy });
      assertBytes("the caller's bytes", copy, keyData);
      const view = await bench.context.getKeyObject(key);
      assertSame('the view', [view.kind, view.algorithm], [kind, algorithm]);
      assertSame('the length', view.keyLength, { 'AES-256': 256, 'ECDSA-P256': 256, 'RSA-2048': 2048 }[algorithm]);
      assertSame(
        'the methods',
        [view.getPublicKey !== undefined, view.exportPublicKey !== undefined],
        [kind === 'private', kind !== 'symmetric'],
      );
      if (view.exportPublicKey === undefined) return;
      assertBytes(
        'the public half',
        await view.exportPublicKey(),
        algorithm === 'RSA-2048' ? spki(rsaPair.publicKey) : spki(ecPair.publicKey),
      );
    },
  };
}

const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 });

function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === (at < 0 ? bytes.length + at : at) ? byte ^ 0x55 : byte));
}
function longer(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes, new Uint8Array(1)]));
}

type Refusal = readonly [what: string, algorithm: string, format: KeyFormat, keyData: Uint8Array, code: string];
const ecSpki = spki(ecPair.publicKey);
const ecPkcs8 = pkcs8(ecPair.privateKey);
const refusals: readonly Refusal[] = [
  ['an AES key of 16 bytes', 'AES-256', 'raw', pattern(16), 'ALGORITHM_MISMATCH'],
  ['an AES key of 33 bytes', 'AES-256', 'raw', pattern(33), 'ALGORITHM_MISMATCH'],
  ['an empty AES key', 'AES-256', 'raw', new Uint8Array(0), 'ALGORITHM_MISMATCH'],
  ['an empty HMAC key', 'HMAC-SHA-256', 'raw', new Uint8Array(0), 'ALGORITHM_MISMATCH'],
  ['an HMAC key of 1025 bytes', 'HMAC-SHA-256', 'raw', pattern(1025), 'ALGORITHM_MISMATCH'],
  ['bytes that are no DER', 'ECDSA-P256', 'der', pattern(91), 'INVALID_FORMAT'],
  ['nothing', 'ECDSA-P256', 'der', new Uint8Array(0), 'INVALID_FORMAT'],
  ['a cut SPKI', 'ECDSA-P256', 'der', ecSpki.subarray(0, 90), 'INVALID_FORMAT'],
  ['an SPKI with a byte behind it', 'ECDSA-P256', 'der', longer(ecSpki), 'INVALID_FORMAT'],
  ['a PKCS #8 with a byte behind it', 'ECDSA-P256', 'der', longer(ecPkcs8), 'INVALID_FORMAT'],
  ['a point that is not on the curve', 'ECDSA-P256', 'der', changed(ecSpki, -1), 'INVALID_FORMAT'],
  ['a private key whose public half is another', 'ECDSA-P256', 'der', changed(ecPkcs8, 40), 'INVALID_FORMAT'],
  ['a key of another curve', 'ECDSA-P256', 'der', spki(p384.publicKey), 'ALGORITHM_MISMATCH'],
  ['an RSA key of 1024 bits', 'RSA-2048', 'der', spki(rsa1024.publicKey), 'ALGORITHM_MISMATCH'],
  ['an RSA key as an EC key', 'ECDSA-P256', 'der', spki(rsaPair.publicKey), 'ALGORITHM_MISMATCH'],
  ['an EC key as an RSA key', 'RSA-2048', 'der', ecPkcs8, 'ALGORITHM_MISMATCH'],
  ['text that is no PEM', 'ECDSA-P256', 'pem', text('no key'), 'INVALID_FORMAT'],
  [
    'an encrypted PKCS #8',
    'ECDSA-P256',
    'pem',
    text(ecPair.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' })),
    'INVALID_FORMAT',
  ],
  ['text that is no JWK', 'ECDSA-P256', 'jwk', text('{"kty": "EC"'), 'INVALID_FORMAT'],
];

function isRefused([what, algorithm, format, keyData, code]: Refusal): Check {
  return {
    name: `keys: ${what} (${algorithm}, ${format}) is refused`,
    run: async (bench) => {
      await refused(() => bench.keys.importKey({ algorithm, format, keyData }), code, 'keyData');
    },
  };
}

async function formatsOfKinds(bench: Bench): Promise<void> {
  for (const format of ['der', 'pem', 'jwk'] as const) {
    const error = await refusalOf(() => bench.keys.importKey({ algorithm: 'AES-256', format, keyData: aesKey }));
    assert(error !== undefined && ['INVALID_FORMAT', 'INVALID_ARGUMENT'].includes(error.code), `a raw AES key as ${format} is not refused`);
  }
  const raw = await refusalOf(() => bench.keys.importKey({ algorithm: 'ECDSA-P256', format: 'raw', keyData: pattern(32) }));
  assert(raw !== undefined && ['INVALID_FORMAT', 'INVALID_ARGUMENT'].includes(raw.code), 'a raw EC key is not refused');
  const unknown = { algorithm: 'AES-256', format: 'text' as KeyFormat, keyData: aesKey };
  await refused(() => bench.keys.importKey(unknown), 'INVALID_ARGUMENT', 'format');
  await refused(
    () => bench.keys.importKey({ algorithm: 'AES-256', keyData: 'text' as unknown as Uint8Array }),
    'INVALID_ARGUMENT',
    'keyData',
  );
  const passphrase = { algorithm: 'ECDSA-P256', keyData: halves.ecPrivate.data, passphrase: pattern(4) };
  await refused(() => bench.keys.importKey(passphrase), 'UNSUPPORTED_OPERATION', 'passphrase');
}

/** HMAC keys have any length of the table; a token may refuse short ones, and long ones, by name. */
async function hmacLengths(bench: Bench): Promise<void> {
  for (const size of [1, 16, 31, 32, 33, 63, 64, 65, 131, 512, 1024]) {
    const keyData = pattern(size);
    const error = await refusalOf(async () => {
      await using key = await bench.keys.importKey({ algorithm: 'HMAC-SHA-256', keyData });
      assertSame('the length', (await bench.context.getKeyObject(key)).keyLength, size * 8);
      await using context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key });
      const expected = new Uint8Array(createHmac('sha256', keyData).update(aesKey).digest());
      assertBytes(`the MAC with a key of ${size} bytes`, await context.singleShot(aesKey), expected);
    });
    const may = bench.daemon.tested.type === 'hardware' && size !== 32 && size !== 64;
    assert(
      error === undefined || (may && error.code === 'ALGORITHM_MISMATCH'),
      `a key of ${size} bytes is refused with ${error?.code}: ${error?.message}`,
    );
  }
}

function generates(algorithm: KeyName): Check {
  return {
    name: `keys: ${algorithm} is generated, each time another one`,
    run: async (bench) => {
      const seen = new Set<string>();
      for (let i = 0; i < (algorithm === 'RSA-2048' ? 2 : 5); i += 1) {
        await using key = await bench.keys.generateKey({ algorithm, permissions: 0xfff }, { timeout: 60_000 });
        const view = await bench.context.getKeyObject(key);
        assertSame('the algorithm', view.algorithm, algorithm);
        assertSame('the permissions', view.permittedOperations, 0xfff);
        const bytes = view.exportPublicKey === undefined ? await bench.keys.exportKey(key) : await view.exportPublicKey();
        if (view.kind === 'private')
          assertSame(
            'the type',
            createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' }).asymmetricKeyType,
            algorithm === 'RSA-2048' ? 'rsa' : 'ec',
          );
        seen.add(Buffer.from(bytes).toString('hex'));
      }
      assertSame('the number of different keys', seen.size, algorithm === 'RSA-2048' ? 2 : 5);
    },
  };
}

/** Secrets go out with the permission only; what goes out comes in again as the same key. */
function goesOut(name: HalfName): Check {
  const { algorithm, half, data } = halves[name];
  return {
    name: `keys: ${algorithm}, ${half}, goes out with the permission only`,
    run: async (bench) => {
      await using plain = await bench.key(name, 0xfff & ~p.export);
      if (half === 'public') assertBytes('the key', await bench.keys.exportKey(plain), data);
      else await refused(() => bench.keys.exportKey(plain), 'KEY_OPERATION_NOT_PERMITTED', 'key');
      await using key = await bench.key(name, 0xfff);
      const bytes = await bench.keys.exportKey(key);
      if (half !== 'private') assertBytes('the key', bytes, data);
      await using again = await bench.keys.importKey({ algorithm, keyData: bytes });
      assertSame('the kind', (await bench.context.getKeyObject(again)).kind, (await bench.context.getKeyObject(key)).kind);
      if (half === 'secret') return;
      const halfOf = await bench.context.getKeyObject(again);
      assertBytes(
        'the public half',
        (await halfOf.exportPublicKey?.()) ?? new Uint8Array(0),
        spki(algorithm === 'RSA-2048' ? rsaPair.publicKey : ecPair.publicKey),
      );
    },
  };
}

async function exportFormats(bench: Bench): Promise<void> {
  await using secret = await bench.key('aes', p.export);
  for (const format of ['der', 'pem', 'jwk'] as const)
    await refused(() => bench.keys.exportKey(secret, format), 'INVALID_ARGUMENT', 'format');
  await using key = await bench.key('ecPrivate', p.export);
  for (const format of ['raw', 'jwk'] as const) await refused(() => bench.keys.exportKey(key, format), 'INVALID_ARGUMENT', 'format');
  const pem = new TextDecoder().decode(await bench.keys.exportKey(key, 'pem'));
  assert(pem.startsWith('-----BEGIN PRIVATE KEY-----\n'), 'the private key is no PEM');
  await using publicKey = await bench.key('ecPublic');
  await refused(() => bench.keys.exportKey(publicKey, 'raw'), 'INVALID_ARGUMENT', 'format');
  const spkiPem = new TextDecoder().decode(await bench.keys.exportKey(publicKey, 'pem'));
  assertBytes('the public key in PEM', spki(createPublicKey(spkiPem)), ecSpki);
  const jwk = JSON.parse(new TextDecoder().decode(await bench.keys.exportKey(publicKey, 'jwk'))) as Record<string, string>;
  assertBytes('the public key as JWK', spki(createPublicKey({ key: jwk, format: 'jwk' })), ecSpki);
}

async function slotExport(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: aesKey });
    assertBytes('the key of a slot that may export', await bench.keys.exportKey(slot), aesKey);
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: aesKey, permissions: p.encrypt, overwrite: true });
    await refused(() => bench.keys.exportKey(slot), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  });
  await bench.withSlot('EncryptOnly', async (slot) => {
    await bench.keys.generateKey(slot, 'AES-256');
    await refused(() => bench.keys.exportKey(slot), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  });
}

async function generatedExport(bench: Bench): Promise<void> {
  await using usual = await bench.keys.generateKey('AES-256');
  await refused(() => bench.keys.exportKey(usual), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  await using exportable = await bench.keys.generateKey({ algorithm: 'AES-256', permissions: p.encrypt | p.export });
  assertSame('the size', (await bench.keys.exportKey(exportable)).length, 32);
  await using pair = await bench.keys.generateKey({ algorithm: 'ECDSA-P256', permissions: p.sign | p.export });
  await using back = await bench.keys.importKey({ algorithm: 'ECDSA-P256', keyData: await bench.keys.exportKey(pair) });
  const [a, b] = [await bench.context.getKeyObject(pair), await bench.context.getKeyObject(back)];
  assertBytes('the public half', (await b.exportPublicKey?.()) ?? new Uint8Array(0), (await a.exportPublicKey?.()) ?? new Uint8Array(1));
}

export const keyChecks: readonly Check[] = [
  ...forms.map(comesIn),
  ...refusals.map(isRefused),
  { name: 'keys: lengths of HMAC keys', run: hmacLengths },
  ...keyNames.map(generates),
  { name: 'keys: formats that do not fit the kind of key are refused', run: formatsOfKinds },
  ...halfNames.map(goesOut),
  { name: 'keys: formats of exported keys', run: exportFormats },
  { name: 'keys: generated ones go out with the permission only', run: generatedExport },
  { name: 'keys: of slots go out with the permission only', run: slotExport },
];
