/** "Does not match" is false, for MACs and signatures of every wrong kind. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assertSame, refused } from '../expectations.js';
import { mac, pattern, type Scheme, signed } from '../material.js';
import { schemeConfigs } from '../subjects-signatures.js';

const message = pattern(80);

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, i) => (i === at ? byte ^ 0x80 : byte));
}

async function macs(bench: Bench): Promise<void> {
  await using key = await bench.key('hmac');
  await using context = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key, mode: 'verify' });
  const right = mac(message);
  const wrong = [
    flipped(right, 0),
    flipped(right, 31),
    right.subarray(0, 31),
    right.subarray(0, 16),
    new Uint8Array(0),
    new Uint8Array(33),
  ];
  assertSame('the right one', await context.verifySingleShot(message, right), true);
  for (const tag of wrong) {
    assertSame(`a wrong one of ${tag.length} bytes`, await context.verifySingleShot(message, tag), false);
    await context.init();
    await context.update(message);
    assertSame(`a wrong one of ${tag.length} bytes after a stream`, await context.verify(tag), false);
  }
  await refused(() => context.singleShot(message), 'INVALID_OPERATION');
  await context.init();
  await refused(() => context.finalize(), 'INVALID_OPERATION');
  await context.update(message);
  assertSame('the right one after a wrong step', await context.verify(right), true);
  await using making = await bench.context.createMacContext({ algorithm: 'HMAC-SHA-256', key });
  await refused(() => making.verifySingleShot(message, right), 'INVALID_OPERATION');
  await making.init();
  await refused(() => making.verify(right), 'INVALID_OPERATION');
}

function signatures(scheme: Scheme): Check {
  return {
    name: `verification: of ${scheme}, what does not match is false`,
    run: async (bench) => {
      await using key = await bench.key(scheme === 'rsa-pss' ? 'rsaPublic' : 'ecPublic', p.verify);
      await using context = await bench.context.createVerifySignatureContext({ ...schemeConfigs[scheme], key });
      const right = signed(scheme, message);
      const last = right.length - 1;
      const sizes = [0, 1, last, right.length + 1, 63, 65, 72, 300, 5000].map((size) => new Uint8Array(size));
      const wrong = [
        flipped(right, last),
        flipped(right, 8),
        right.subarray(0, last),
        new Uint8Array(right.length),
        new Uint8Array(right.length).fill(255),
        ...sizes,
      ];
      assertSame('the right one', await context.singleShot(message, right), true);
      assertSame('the right one for another message', await context.singleShot(pattern(80, 1), right), false);
      for (const signature of wrong) {
        assertSame(`a wrong one of ${signature.length} bytes`, await context.singleShot(message, signature), false);
        await context.init();
        await context.update(message);
        assertSame(`a wrong one of ${signature.length} bytes after a stream`, await context.verifyFinalize(signature), false);
      }
    },
  };
}

async function byPrivateKey(bench: Bench): Promise<void> {
  for (const scheme of ['ecdsa-p1363', 'rsa-pss'] as const) {
    await using key = await bench.key(scheme === 'rsa-pss' ? 'rsaPrivate' : 'ecPrivate');
    await using context = await bench.context.createVerifySignatureContext({ ...schemeConfigs[scheme], key });
    assertSame('the right one', await context.singleShot(message, signed(scheme, message)), true);
  }
}

export const verificationChecks: readonly Check[] = [
  { name: 'verification: of MACs, what does not match is false', run: macs },
  ...(['ecdsa-p1363', 'ecdsa-der', 'rsa-pss'] as const).map(signatures),
  { name: 'verification: a private key verifies by its public half', run: byPrivateKey },
];
