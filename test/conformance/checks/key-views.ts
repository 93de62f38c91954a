/** What is told of keys, and how long they are when they leave. */
import { type CryptoResourceId, type KeyFormat, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertBytes, assertSame, refusalOf, refused } from '../expectations.js';
import { type HalfName, halfNames, halves } from '../keys.js';

const kinds = { secret: 'symmetric', private: 'private', public: 'public' } as const;

/** Bits; of post-quantum keys the length of the public key. */
const lengths: Readonly<Record<string, number>> = {
  'AES-256': 256,
  'HMAC-SHA-256': 256,
  'ECDSA-P256': 256,
  'RSA-2048': 2048,
  'GENERIC-SECRET': 256,
  ChaCha20: 256,
  Ed25519: 256,
  X25519: 256,
  'ML-KEM-768': 1184 * 8,
  'ML-DSA-65': 1952 * 8,
};

function isShown(name: HalfName): Check {
  const { algorithm, half, spki } = halves[name];
  return {
    name: `key views: ${algorithm}, ${half}`,
    needs: [[algorithm, 'import']],
    run: async (bench) => {
      await using key = await bench.key(name);
      const view = await bench.context.getKeyObject(key);
      assertSame('the key', [view.kind, view.algorithm, view.keyLength], [kinds[half], algorithm, lengths[algorithm]]);
      assertSame('the id', view.id.id, key.id);
      const methods = [view.getPublicKey !== undefined, view.exportPublicKey !== undefined];
      assertSame('the methods', methods, [half === 'private', half !== 'secret']);
      if (view.exportPublicKey !== undefined) assertBytes('SPKI', await view.exportPublicKey(), spki ?? new Uint8Array(0));
      if (half !== 'secret') assertSame('its modes', view.allowedModes, undefined);
      if (view.getPublicKey === undefined) return;
      await using publicKey = await view.getPublicKey();
      const publicView = await bench.context.getKeyObject(publicKey);
      assertSame('the public half', [publicView.kind, publicView.algorithm], ['public', algorithm]);
      assertBytes('the public half', await bench.keys.exportKey(publicKey), spki ?? new Uint8Array(0));
      await key.release();
      assertBytes('the public half alone', await bench.keys.exportKey(publicKey), spki ?? new Uint8Array(0));
    },
  };
}

/** Modes with the key's whole length, so that the key of 256 bits is in `AES-128-XTS` and not in `AES-256-XTS`. */
const aesModes: Readonly<Record<string, string>> = {
  ECB: 'AES-256-ECB',
  CBC: 'AES-256-CBC',
  CTR: 'AES-256-CTR',
  CFB: 'AES-256-CFB',
  CFB8: 'AES-256-CFB8',
  OFB: 'AES-256-OFB',
  XTS: 'AES-128-XTS',
  GCM: 'AES-256-GCM',
  CCM: 'AES-256-CCM',
  'GCM-SIV': 'AES-256-GCM-SIV',
  SIV: 'AES-128-SIV',
};

/** A mode is told when it works and only then. */
async function modes(bench: Bench): Promise<void> {
  const claims = await bench.claims();
  await using key = await bench.key('aes');
  const { allowedModes } = await bench.context.getKeyObject(key);
  const claimed = Object.entries(aesModes).filter(([, algorithm]) => claims.has([algorithm, 'encrypt']));
  assertSame('the modes', [...(allowedModes ?? [])].sort(), claimed.map(([mode]) => mode).sort());
  for (const [mode, algorithm] of Object.entries(aesModes)) {
    const parameters = mode === 'ECB' ? { padding: 'none' } : {};
    const error = await refusalOf(async () =>
      (await bench.context.createCipherContext({ algorithm, key, direction: 'encrypt', parameters })).close(),
    );
    assertSame(`whether ${mode} works`, error === undefined, allowedModes?.includes(mode) === true);
  }
  await using hmac = await bench.key('hmac');
  assertSame('the modes of a MAC key', (await bench.context.getKeyObject(hmac)).allowedModes, undefined);
}

async function ofSlot(bench: Bench): Promise<void> {
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: halves.aes.data });
    const view = await bench.context.getKeyObject(slot);
    assertSame('the key', [view.kind, view.algorithm, view.keyLength, view.exportable], ['symmetric', 'AES-256', 256, true]);
    await using guard = await bench.keys.loadKey(slot);
    assertSame('the modes of the loaded key', (await bench.context.getKeyObject(guard)).allowedModes, view.allowedModes);
    assert(view.allowedModes?.includes('CBC') === true, 'CBC is missing');
  });
}

const formats: readonly (KeyFormat | undefined)[] = [undefined, 'raw', 'der', 'pem', 'jwk'];

/** The size query answers what the export would, and refuses what it would refuse. */
function sizes(name: HalfName): Check {
  const { algorithm, half } = halves[name];
  return {
    name: `key views: ${algorithm}, ${half}, sizes of what is exported`,
    needs: [
      [algorithm, 'import'],
      [algorithm, 'export'],
    ],
    run: async (bench) => {
      await using key = await bench.key(name, p.export);
      for (const format of formats) await assertSize(bench, key, format);
      if (half === 'public') return;
      await using closed = await bench.key(name, p.none);
      await refused(() => bench.keys.getExportKeySize(closed), 'KEY_OPERATION_NOT_PERMITTED', 'key');
    },
  };
}

async function assertSize(bench: Bench, key: CryptoResourceId, format: KeyFormat | undefined): Promise<void> {
  const refusal = await refusalOf(() => bench.keys.exportKey(key, format));
  if (refusal !== undefined) {
    assertSame('the field', refusal.field, 'format');
    await refused(() => bench.keys.getExportKeySize(key, format), refusal.code, 'format');
    return;
  }
  const bytes = await bench.keys.exportKey(key, format);
  assertSame(`the size as ${format ?? 'default'}`, await bench.keys.getExportKeySize(key, format), bytes.length);
  await refused(() => bench.keys.exportKey(key, format, new Uint8Array(bytes.length - 1)), 'INSUFFICIENT_BUFFER_SIZE', 'output');
  const output = new Uint8Array(bytes.length + 5);
  assertSame('the filled part', (await bench.keys.exportKey(key, format, output)).length, bytes.length);
}

export const keyViewChecks: readonly Check[] = [
  ...halfNames.map(isShown),
  { name: 'key views: modes of AES keys are those that work', run: modes },
  { name: 'key views: of a slot and of what is loaded from it', run: ofSlot },
  ...halfNames.map(sizes),
];
