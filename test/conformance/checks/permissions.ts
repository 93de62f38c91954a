/** Permissions: every type of key in every half, with every bit alone, all, none, and all but one, in every kind of context. */

import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import { describePermissions, permissionNames } from '../../../src/core/permissions.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assert, assertSame, refused } from '../expectations.js';
import { type HalfName, halfNames, halves } from '../material.js';
import { type KeyUse, keyUses } from './key-uses.js';

const everything = 0xfff;
const usageBits = [p.encrypt, p.decrypt, p.sign, p.verify, p.mac];
const masks = [p.none, ...permissionNames.map((name) => p[name]), everything, ...usageBits.map((bit) => everything & ~bit)];

/** Of the public half of an imported private key, whose importer can't say: what fits its type. */
const usualPublic: Partial<Record<HalfName, number>> = { ecPrivate: p.verify | p.agree, rsaPrivate: p.verify | p.encrypt | p.wrap };

function maskName(mask: number): string {
  if (mask === p.none) return 'no bit';
  if (mask === everything) return 'every bit';
  const names = describePermissions(mask);
  const missing = describePermissions(everything & ~mask);
  return names.length === 1 ? `only ${names[0]}` : `every bit but ${missing.join(', ')}`;
}

/** Judges one use of one key: the permission first, then whether the key fits. */
async function judge(bench: Bench, key: CryptoResourceId, half: HalfName, mask: number, use: KeyUse): Promise<void> {
  const effective = use.byPublicHalf === true ? (usualPublic[half] ?? mask) : mask;
  if ((effective & use.bit) === 0) await refused(() => use.open(bench, key), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  else if (use.fits.includes(half)) await (await use.open(bench, key)).close();
  else await refused(() => use.open(bench, key), 'INCOMPATIBLE_KEY_TYPE', 'key');
}

function matrixRow(half: HalfName, mask: number): Check {
  const { algorithm, half: part } = halves[half];
  return {
    name: `permissions: ${algorithm}, ${part}, with ${maskName(mask)}`,
    run: async (bench) => {
      await using key = await bench.key(half, mask);
      assertSame('what the key says it may do', (await bench.context.getKeyObject(key)).permittedOperations, mask);
      for (const use of keyUses) {
        try {
          await judge(bench, key, half, mask, use);
        } catch (error) {
          throw new Error(`${use.name}: ${(error as Error).message}`, { cause: error });
        }
      }
    },
  };
}

const secretDefaults = p.encrypt | p.decrypt | p.derive | p.mac;
const defaults: Readonly<Record<HalfName, number>> = {
  aes: secretDefaults,
  hmac: p.mac | p.derive,
  ecPrivate: p.sign | p.verify | p.agree | p.derive,
  ecPublic: p.verify | p.agree,
  rsaPrivate: p.sign | p.verify | p.encrypt | p.decrypt | p.wrap | p.unwrap,
  rsaPublic: p.verify | p.encrypt | p.wrap,
};

const defaultChecks: readonly Check[] = halfNames.map((half) => ({
  name: `permissions: ${halves[half].algorithm}, ${halves[half].half}, by default: what fits its type, never export`,
  run: async (bench) => {
    await using key = await bench.key(half);
    const view = await bench.context.getKeyObject(key);
    assertSame('what the key may do', view.permittedOperations, defaults[half]);
    assertSame('whether it may be exported', view.exportable, halves[half].half === 'public');
  },
}));

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
  { name: 'permissions: bits that do not exist are refused', run: unknownBits },
  { name: 'permissions: the halves of a generated pair go by their own masks', run: bothHalves },
];
