/** Keys that come in and go out: formats, refusals, views, the permission to export. */
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type CryptoResourceId, type KeyFormat, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refusalOf, refused } from '../expectations.js';
import { type HalfName, halfNames, halves } from '../keys.js';
import { aesKey, ecPair, type KeyName, keyNames, pattern, pkcs8, rsaPair, spki } from '../material.js';

const text = (value: unknown): Uint8Array => new TextEncoder().encode(String(value));

function older(key: KeyObject, type: 'sec1' | 'pkcs1'): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: type as 'pkcs1' }) as Buffer);
}
const ecSpki = spki(ecPair.publicKey);
const ecPkcs8 = pkcs8(ecPair.privateKey);
/** Uncompressed (SEC 1 2.3.3), the end of SPKI. */
const ecPoint = ecSpki.slice(-65);

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
  { what: 'EC, SEC 1', algorithm: 'ECDSA-P256', format: 'der', keyData: older(ecPair.privateKey, 'sec1'), kind: 'private' },
  { what: 'EC, a point', algorithm: 'ECDSA-P256', format: 'raw', keyData: ecPoint, kind: 'public' },
  { what: 'RSA, PKCS #1, private', algorithm: 'RSA-2048', format: 'der', keyData: older(rsaPair.privateKey, 'pkcs1'), kind: 'private' },
  { what: 'RSA, PKCS #1, public', algorithm: 'RSA-2048', format: 'der', keyData: older(rsaPair.publicKey, 'pkcs1'), kind: 'public' },
  {
    what: 'AES, JWK',
    algorithm: 'AES-256',
    format: 'jwk',
    keyData: text(JSON.stringify({ kty: 'oct', k: Buffer.from(aesKey).toString('base64url') })),
    kind: 'symmetric',
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
const refusals: readonly Refusal[] = [
  ['an AES key of 16 bytes', 'AES-256', 'raw', pattern(16), 'ALGORITHM_MISMATCH'],
  ['an AES key of 33 bytes', 'AES-256', 'raw', pattern(33), 'ALGORITHM_MISMATCH'],
  ['an empty AES key', 'AES-256', 'raw', new Uint8Array(0), 'ALGORITHM_MISMATCH'],
  ['an empty HMAC key', 'HMAC-SHA-256', 'raw', new Uint8Array(0), 'ALGORITHM_MISMATCH'],
  ['an HMAC key of 65537 bytes', 'HMAC-SHA-256', 'raw', pattern(65_537), 'INVALID_ARGUMENT'],
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
}

async function encrypted(bench: Bench): Promise<void> {
  const protection = { cipher: 'aes-256-cbc', passphrase: 'a passphrase' } as const;
  const der = new Uint8Array(ecPair.privateKey.export({ format: 'der', type: 'pkcs8', ...protection }));
  const pem = text(ecPair.privateKey.export({ format: 'pem', type: 'pkcs8', ...protection }));
  const passphrase = text(protection.passphrase);
  for (const [format, keyData] of [
    ['der', der],
    ['pem', pem],
  ] as const) {
    const params = { algorithm: 'ECDSA-P256', format, keyData };
    const given = passphrase.slice();
    await using key = await bench.keys.importKey({ ...params, passphrase: given });
    assertBytes("the caller's passphrase", given, passphrase);
    const { exportPublicKey } = await bench.context.getKeyObject(key);
    assertBytes('the public half', (await exportPublicKey?.()) ?? new Uint8Array(0), ecSpki);
    await refused(() => bench.keys.importKey(params), 'INVALID_ARGUMENT', 'passphrase');
    await refused(() => bench.keys.importKey({ ...params, passphrase: text('another') }), 'INVALID_FORMAT', 'passphrase');
  }
  const plain = { algorithm: 'ECDSA-P256', keyData: halves.ecPrivate.data, passphrase };
  await refused(() => bench.keys.importKey(plain), 'INVALID_ARGUMENT', 'passphrase');
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
  const { algorithm, half, format, data, spki: publicHalf } = halves[name];
  return {
    name: `keys: ${algorithm}, ${half}, goes out with the permission only`,
    needs: [
      [algorithm, 'import'],
      [algorithm, 'export'],
    ],
    run: async (bench) => {
      await using plain = await bench.key(name, 0xfff & ~p.export);
      if (half === 'public') assertBytes('the key', await bench.keys.exportKey(plain), data);
      else await refused(() => bench.keys.exportKey(plain), 'KEY_OPERATION_NOT_PERMITTED', 'key');
      await using key = await bench.key(name, 0xfff);
      const bytes = await bench.keys.exportKey(key);
      if (half !== 'private') assertBytes('the key', bytes, data);
      await using again = await bench.keys.importKey({ algorithm, format: half === 'secret' ? format : 'der', keyData: bytes });
      assertSame('the kind', (await bench.context.getKeyObject(again)).kind, (await bench.context.getKeyObject(key)).kind);
      if (publicHalf === undefined) return;
      const view = await bench.context.getKeyObject(again);
      assertBytes('the public half', (await view.exportPublicKey?.()) ?? new Uint8Array(0), publicHalf);
    },
  };
}

async function exportFormats(bench: Bench): Promise<void> {
  const jwkOf = async (id: CryptoResourceId) => JSON.parse(new TextDecoder().decode(await bench.keys.exportKey(id, 'jwk'))) as JsonWebKey;
  await using secret = await bench.key('aes', p.export);
  for (const format of ['der', 'pem'] as const) await refused(() => bench.keys.exportKey(secret, format), 'INVALID_ARGUMENT', 'format');
  assertSame('the secret as JWK', await jwkOf(secret), { kty: 'oct', k: Buffer.from(aesKey).toString('base64url') });
  await using key = await bench.key('ecPrivate', p.export);
  await refused(() => bench.keys.exportKey(key, 'raw'), 'INVALID_ARGUMENT', 'format');
  assertBytes('the private key as JWK', pkcs8(createPrivateKey({ key: await jwkOf(key), format: 'jwk' })), ecPkcs8);
  const pem = new TextDecoder().decode(await bench.keys.exportKey(key, 'pem'));
  assert(pem.startsWith('-----BEGIN PRIVATE KEY-----\n'), 'the private key is no PEM');
  await using publicKey = await bench.key('ecPublic');
  assertBytes('the public key, raw', await bench.keys.exportKey(publicKey, 'raw'), ecPoint);
  await using rsaKey = await bench.key('rsaPublic');
  await refused(() => bench.keys.exportKey(rsaKey, 'raw'), 'INVALID_ARGUMENT', 'format');
  const spkiPem = new TextDecoder().decode(await bench.keys.exportKey(publicKey, 'pem'));
  assertBytes('the public key in PEM', spki(createPublicKey(spkiPem)), ecSpki);
  assertBytes('the public key as JWK', spki(createPublicKey({ key: await jwkOf(publicKey), format: 'jwk' })), ecSpki);
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
  { name: 'keys: an encrypted PKCS #8 comes in with its passphrase only', run: encrypted },
  ...halfNames.map(goesOut),
  { name: 'keys: formats of exported keys', run: exportFormats },
  { name: 'keys: generated ones go out with the permission only', run: generatedExport },
  { name: 'keys: of slots go out with the permission only', run: slotExport },
];
