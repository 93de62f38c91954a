/** Permissions: every type of key in every half, with every bit alone, all, none, and all but one, in every kind of context. */

import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import { describePermissions, permissionNames } from '../../../src/core/permissions.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import type { Claims } from '../claims.js';
import { assert, assertSame, refused } from '../expectations.js';
import { type HalfName, halfNames, halves, type KnownKey, knownKeys } from '../keys.js';
import { type KeyUse, keyUses } from './key-uses.js';

const everything = 0xfff;
const usageBits = permissionNames.map((name) => p[name]).filter((bit) => keyUses.some((use) => use.bit === bit));
const masks = [p.none, ...permissionNames.map((name) => p[name]), everything, ...usageBits.map((bit) => everything & ~bit)];

/** Of the public half of an imported private key, whose importer can't say: what fits its type. */
const usualPublic: Partial<Record<HalfName, number>> = {
  ecPrivate: p.verify,
  rsaPrivate: p.verify | p.encrypt | p.wrap,
  edwardsPrivate: p.verify,
  montgomeryPrivate: p.agree,
  mlKemPrivate: p.agree,
  mlDsaPrivate: p.verify,
};

function maskName(mask: number): string {
  if (mask === p.none) return 'no bit';
  if (mask === everything) return 'every bit';
  const names = describePermissions(mask);
  const missing = describePermissions(everything & ~mask);
  return names.length === 1 ? `only ${names[0]}` : `every bit but ${missing.join(', ')}`;
}

/** Judges one use of one key: the permission first, then whether the key fits, then whether the provider can. */
async function judge(bench: Bench, key: CryptoResourceId, half: HalfName, mask: number, use: KeyUse, claims: Claims): Promise<void> {
  const effective = use.byPublicHalf ? (usualPublic[half] ?? mask) : mask;
  const run = () => use.run(bench, key);
  if ((effective & use.bit) === 0) await refused(run, 'KEY_OPERATION_NOT_PERMITTED', use.field);
  else if (!use.fits.includes(half)) await refused(run, 'INCOMPATIBLE_KEY_TYPE', use.field);
  else if (!claims.hasAll(use.needs)) await refused(run, 'UNSUPPORTED_ALGORITHM');
  else await run();
}

async function judgeExport(bench: Bench, key: CryptoResourceId, half: HalfName, mask: number): Promise<void> {
  const permitted = (mask & p.export) !== 0 || halves[half].half === 'public';
  if (permitted) await bench.keys.exportKey(key);
  else await refused(() => bench.keys.exportKey(key), 'KEY_OPERATION_NOT_PERMITTED', 'key');
}

function matrixRow(half: HalfName, mask: number): Check {
  const { algorithm, half: part } = halves[half];
  return {
    name: `permissions: ${algorithm}, ${part}, with ${maskName(mask)}`,
    needs: [[algorithm, 'import']],
    run: async (bench) => {
      const claims = await bench.claims();
      await using key = await bench.key(half, mask);
      assertSame('what the key says it may do', (await bench.context.getKeyObject(key)).permittedOperations, mask);
      const wrong: string[] = [];
      for (const use of keyUses) {
        await judge(bench, key, half, mask, use, claims).catch((error: Error) => wrong.push(`${use.name}: ${error.message}`));
      }
      assert(wrong.length === 0, wrong.join('; '));
      await judgeExport(bench, key, half, mask);
    },
  };
}

/** Written down here a second time: the usage bits that fit a kind of key, never export, of AES never wrap or unwrap. */
const defaults: readonly (readonly [key: KnownKey, permissions: number])[] = [
  ['aes', p.encrypt | p.decrypt | p.derive | p.mac],
  ['chacha', p.encrypt | p.decrypt],
  ['hmac', p.mac | p.derive],
  ['kmac', p.mac | p.derive],
  ['secret', p.derive],
  ['ecPrivate', p.sign | p.verify],
  ['ecPublic', p.verify],
  ['agreePrivate', p.agree],
  ['agreePublic', p.agree],
  ['rsaPrivate', p.sign | p.verify | p.encrypt | p.decrypt | p.wrap | p.unwrap],
  ['rsaPublic', p.verify | p.encrypt | p.wrap],
  ['edwardsPrivate', p.sign | p.verify],
  ['edwardsPublic', p.verify],
  ['montgomeryPrivate', p.agree],
  ['montgomeryPublic', p.agree],
  ['mlKemPrivate', p.agree],
  ['mlKemPublic', p.agree],
  ['mlDsaPrivate', p.sign | p.verify],
  ['mlDsaPublic', p.verify],
];

const defaultChecks: readonly Check[] = defaults.map(([name, permissions]) => {
  const { algorithm, half } = knownKeys[name];
  return {
    name: `permissions: ${algorithm}, ${half}, by default: what fits its kind, never export`,
    needs: [[algorithm, 'import']],
    run: async (bench) => {
      await using key = await bench.key(name);
      const view = await bench.context.getKeyObject(key);
      assertSame('what the key may do', view.permittedOperations, permissions);
      assertSame('whether it may be exported', view.exportable, half === 'public');
      if (view.getPublicKey === undefined) return;
      await using publicKey = await view.getPublicKey();
      const publicUses = permissions & (p.verify | p.encrypt | p.wrap | p.agree);
      assertSame('what its public half may do', (await bench.context.getKeyObject(publicKey)).permittedOperations, publicUses);
    },
  };
});

/** Made here, they may do the same. */
async function generated(bench: Bench): Promise<void> {
  for (const [algorithm, permissions] of [
    ['AES-256', p.encrypt | p.decrypt | p.derive | p.mac],
    ['ECDSA-P256', p.sign | p.verify],
    ['ECDH-P256', p.agree],
  ] as const) {
    await using key = await bench.keys.generateKey(algorithm);
    assertSame(`what ${algorithm} may do`, (await bench.context.getKeyObject(key)).permittedOperations, permissions);
  }
}

async function unknownBits(bench: Bench): Promise<void> {
  for (const mask of [0x1000, 0x1001, 0x8000_0000, 0xffff_ffff]) {
    await refused(() => bench.key('aes', mask), 'INVALID_ARGUMENT', 'permissions');
    await refused(() => bench.keys.generateKey({ algorithm: 'AES-256', permissions: mask }), 'INVALID_ARGUMENT', 'permissions');
    await refused(
      () => bench.keys.generateKey({ algorithm: 'ECDSA-P256', publicKeyPermissions: mask }),
      'INVALID_ARGUMENT',
      'publicPermissions',
    );
  }
  for (const mask of [-1, 1.5]) await refused(() => bench.key('aes', mask), 'INVALID_ARGUMENT', 'permissions');
}

/** Of a generated pair both masks can be given, and each half goes by its own. */
async function bothHalves(bench: Bench): Promise<void> {
  for (const [own, publicHalf] of [
    [p.sign, p.none],
    [p.none, p.verify],
    [p.sign | p.verify, p.none],
  ] as const) {
    await using key = await bench.keys.generateKey({ algorithm: 'ECDSA-P256', permissions: own, publicKeyPermissions: publicHalf });
    const { getPublicKey } = await bench.context.getKeyObject(key);
    assert(getPublicKey !== undefined, 'a private key has no getPublicKey');
    await using half = await getPublicKey();
    assertSame('what the public half may do', (await bench.context.getKeyObject(half)).permittedOperations, publicHalf);
    for (const id of [key, half]) {
      const verify = () => bench.context.createVerifySignatureContext({ algorithm: 'ECDSA-P256', key: id });
      if (publicHalf === p.none) await refused(verify, 'KEY_OPERATION_NOT_PERMITTED', 'key');
      else await (await verify()).close();
    }
    const sign = () => bench.context.createSignContext({ algorithm: 'ECDSA-P256', key });
    if ((own & p.sign) === 0) await refused(sign, 'KEY_OPERATION_NOT_PERMITTED', 'key');
    else await (await sign()).close();
  }
}

export const permissionChecks: readonly Check[] = [
  ...halfNames.flatMap((half) => masks.map((mask) => matrixRow(half, mask))),
  ...defaultChecks,
  { name: 'permissions: generated keys have the same defaults', run: generated },
  { name: 'permissions: bits that do not exist are refused', run: unknownBits },
  { name: 'permissions: the halves of a generated pair go by their own masks', run: bothHalves },
];
