/** What the configuration says of a slot: keys that leave wrapped only, and public halves that software may use. */
import { constants, sign } from 'node:crypto';
import { KeyOperationPermission as p } from '../../../src/client/index.js';
import { type Bench, otherProvider } from '../bench.js';
import type { Check } from '../check.js';
import type { Claim } from '../claims.js';
import { assertBytes, assertSame, refused } from '../expectations.js';
import { halves } from '../keys.js';
import { aesKey, ecPair, pattern, rsaPair } from '../material.js';

const message = pattern(40);

async function wrappedOnly(bench: Bench): Promise<void> {
  await using wrappingKey = await bench.key('aes', p.wrap | p.unwrap);
  await bench.withSlot('WrappedOnly', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: pattern(32) });
    await using guard = await bench.keys.loadKey(slot);
    for (const keyToWrap of [slot, guard]) {
      await refused(() => bench.keys.exportKey(keyToWrap), 'KEY_NOT_EXPORTABLE', 'key');
      await refused(() => bench.keys.getExportKeySize(keyToWrap), 'KEY_NOT_EXPORTABLE', 'key');
      const wrappedData = await bench.keys.wrapKey({ keyToWrap, wrappingKey });
      const back = { wrappedData, wrappingKey, innerKeyAlgorithm: 'AES-256', permissions: p.export };
      await using key = await bench.keys.unwrapKey(back);
      assertBytes('the key that left wrapped', await bench.keys.exportKey(key), pattern(32));
    }
    await bench.keys.importKey(slot, { algorithm: 'AES-256', keyData: aesKey, permissions: p.encrypt, overwrite: true });
    await refused(() => bench.keys.wrapKey({ keyToWrap: slot, wrappingKey }), 'KEY_OPERATION_NOT_PERMITTED', 'keyToWrap');
    await refused(() => bench.keys.exportKey(slot), 'KEY_OPERATION_NOT_PERMITTED', 'key');
  });
}

const sha3 = { algorithm: 'RSA-PSS-SHA3-256' } as const;
const usual = { algorithm: 'RSA-PSS-SHA-256' } as const;
const signatureOf = (hash: string) =>
  new Uint8Array(sign(hash, message, { key: rsaPair.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }));

/** The token lacks it, the public key is known: where the slot allows it, software checks the signature. */
async function inSoftware(bench: Bench): Promise<void> {
  const signature = signatureOf('sha3-256');
  await bench.withSlot('RsaInSoftware', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'RSA-2048', keyData: halves.rsaPrivate.data });
    await using guard = await bench.keys.loadKey(slot);
    const wishes = [undefined, 'default', 'software', 'softwarePreferred', 'hardwarePreferred'] as const;
    for (const key of [slot, guard]) {
      for (const provider of wishes) {
        await using context = await bench.context.createVerifySignatureContext({ ...sha3, key, ...(provider && { provider }) });
        assertSame('the right one', await context.singleShot(message, signature), true);
        assertSame('the right one for another message', await context.singleShot(pattern(41), signature), false);
        await context.init();
        await context.update(message);
        assertSame('the right one after a stream', await context.verifyFinalize(signature), true);
      }
      for (const provider of ['hardware', bench.provider]) {
        const make = () => bench.context.createVerifySignatureContext({ ...sha3, key, provider });
        await refused(make, 'UNSUPPORTED_ALGORITHM', 'algorithm');
      }
      await refused(() => bench.context.createSignContext({ ...sha3, key }), 'UNSUPPORTED_ALGORITHM', 'algorithm');
      const make = () => bench.context.createVerifySignatureContext({ ...sha3, key, parameters: { nothing: 1 } });
      await refused(make, 'INVALID_ARGUMENT', 'parameters.nothing');
    }
    await using open = await bench.context.createVerifySignatureContext({ ...sha3, key: slot });
    await bench.keys.clearKey(slot);
    assertSame('the right one after the slot was cleared', await open.singleShot(message, signature), true);
    await bench.keys.importKey(slot, { algorithm: 'RSA-2048', keyData: halves.rsaPrivate.data, permissions: p.sign });
  });
  await bench.withSlot('Rsa', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'RSA-2048', keyData: halves.rsaPrivate.data });
    const make = () => bench.context.createVerifySignatureContext({ ...sha3, key: slot });
    await refused(make, 'UNSUPPORTED_ALGORITHM', 'algorithm');
  });
  await using ephemeral = await bench.key('rsaPublic');
  const make = () => bench.context.createVerifySignatureContext({ ...sha3, key: ephemeral });
  await refused(make, 'UNSUPPORTED_ALGORITHM', 'algorithm');
}

/** What the provider can do it does itself. */
async function notNeeded(bench: Bench): Promise<void> {
  await bench.withSlot('RsaInSoftware', async (slot) => {
    await bench.keys.importKey(slot, { algorithm: 'RSA-2048', keyData: halves.rsaPrivate.data });
    for (const provider of [bench.provider, bench.daemon.tested.id, bench.daemon.tested.type]) {
      await using context = await bench.context.createVerifySignatureContext({ ...usual, key: slot, provider });
      assertSame('the right one', await context.singleShot(message, signatureOf('sha256')), true);
    }
    const make = () => bench.context.createVerifySignatureContext({ ...usual, key: slot, provider: otherProvider.name });
    await refused(make, 'CROSS_PROVIDER_INCOMPATIBLE', 'provider');
    await using signing = await bench.context.createSignContext({ ...usual, key: slot });
    await using verifying = await bench.context.createVerifySignatureContext({ ...usual, key: slot });
    assertSame('its own signature', await verifying.singleShot(message, await signing.singleShot(message)), true);
  });
  await using key = await bench.key('ecPublic');
  const signature = new Uint8Array(sign('sha256', message, { key: ecPair.privateKey, dsaEncoding: 'ieee-p1363' }));
  await using context = await bench.context.createVerifySignatureContext({ algorithm: 'ECDSA-P256', key });
  assertSame('a signature of EC', await context.singleShot(message, signature), true);
}

const verifies: readonly Claim[] = [['RSA-PSS-SHA3-256', 'verify']];
export const slotOptionChecks: readonly Check[] = [
  { name: 'slot options: a key of an `export: wrapped` slot leaves wrapped only', run: wrappedOnly, needs: [['AES-KWP', 'wrap']] },
  { name: 'slot options: software uses public halves where the slot allows it and its provider can not', run: inSoftware, lacks: verifies },
  { name: 'slot options: what the provider can do it does itself', run: notNeeded },
];
