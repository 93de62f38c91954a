/** "Does not match" is false, for MACs and signatures of every wrong kind. */
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import { assertSame, refused } from '../expectations.js';
import { mac, pattern } from '../material.js';
import { digestMessage, type Scheme, schemeClaims, schemeNames, schemeOf } from '../schemes.js';
import { subjects } from '../subjects.js';

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

/** Claims say nothing of some schemes' parameters: their subject knows. */
function claimsOf(scheme: Scheme) {
  return subjects.find(({ name }) => name === `verify ${scheme}`)?.needs ?? schemeClaims(scheme, 'verify');
}

function signatures(name: Scheme): Check {
  const { algorithm, parameters, keys, sign, prehashed } = schemeOf(name);
  const messageOf = (size: number) => (prehashed === undefined ? pattern(size) : digestMessage(prehashed, size));
  return {
    name: `verification: of ${name}, what does not match is false`,
    needs: claimsOf(name),
    run: async (bench) => {
      await using key = await bench.key(keys[1], p.verify);
      await using context = await bench.context.createVerifySignatureContext({ algorithm, parameters, key });
      const signed = messageOf(80);
      const right = sign(signed);
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
      assertSame('the right one', await context.singleShot(signed, right), true);
      assertSame('the right one for another message', await context.singleShot(messageOf(81), right), false);
      for (const signature of wrong) {
        assertSame(`a wrong one of ${signature.length} bytes`, await context.singleShot(signed, signature), false);
        await context.init();
        await context.update(signed);
        assertSame(`a wrong one of ${signature.length} bytes after a stream`, await context.verifyFinalize(signature), false);
      }
    },
  };
}

function byPrivateKey(name: Scheme): Check {
  const { algorithm, parameters, keys, sign } = schemeOf(name);
  return {
    name: `verification: a private key of ${name} verifies by its public half`,
    needs: claimsOf(name),
    run: async (bench) => {
      await using key = await bench.key(keys[0]);
      await using context = await bench.context.createVerifySignatureContext({ algorithm, parameters, key });
      assertSame('the right one', await context.singleShot(message, sign(message)), true);
    },
  };
}

export const verificationChecks: readonly Check[] = [
  { name: 'verification: of MACs, what does not match is false', run: macs },
  ...schemeNames.map(signatures),
  ...schemeNames.filter((name) => schemeOf(name).prehashed === undefined).map(byPrivateKey),
];
