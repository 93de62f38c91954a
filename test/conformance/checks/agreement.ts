/** Keys agreed with somebody else's public key, in one step. */
import { createPublicKey, diffieHellman, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type KeyFormat, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { AgreeKeyParams } from '../../../src/client/key-params.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import type { Claim } from '../claims.js';
import { hkdf } from '../derivations.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { type KnownKey, knownKeys, montgomeryPair } from '../keys.js';
import { ecPair, pattern, pkcs8, spki } from '../material.js';

interface Agreement {
  readonly name: string;
  /** Name of the key's algorithm. */
  readonly keys: string;
  readonly pair: () => { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}
const curve = (name: string, namedCurve: string): Agreement => ({
  name,
  keys: name,
  pair: () => generateKeyPairSync('ec', { namedCurve }),
});
const agreements: readonly Agreement[] = [
  curve('ECDH-P256', 'P-256'),
  curve('ECDH-P384', 'P-384'),
  curve('ECDH-P521', 'P-521'),
  curve('ECDH-secp256k1', 'secp256k1'),
  curve('ECDH-brainpoolP256r1', 'brainpoolP256r1'),
  { name: 'X25519', keys: 'X25519', pair: () => generateKeyPairSync('x25519') },
  { name: 'X448', keys: 'X448', pair: () => generateKeyPairSync('x448') },
];
const claimsOf = ({ name, keys }: Agreement): readonly Claim[] => [
  [name, 'agree'],
  [keys, 'import'],
  [keys, 'generate'],
];

function expectedKey(privateKey: KeyObject, publicKey: KeyObject, size = 32): Uint8Array {
  return hkdf.derive(new Uint8Array(diffieHellman({ privateKey, publicKey })), size);
}
const fromSpki = (bytes: Uint8Array): KeyObject => createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });

/** Imported and generated keys, and both sides. */
function agrees(agreement: Agreement): Check {
  const { name, keys } = agreement;
  return {
    name: `agreement: ${name} gives the key that the other side gets`,
    needs: claimsOf(agreement),
    run: async (bench) => {
      const [own, peer] = [agreement.pair(), agreement.pair()];
      const params = { agreementAlgorithm: name, derivedKeyAlgorithm: 'AES-256', kdf: hkdf.kdf, permissions: p.export };
      await using imported = await bench.keys.importKey({ algorithm: keys, keyData: pkcs8(own.privateKey) });
      await using key = await bench.keys.agreeKey({ ...params, privateKey: imported, peerPublicKey: spki(peer.publicKey) });
      assertBytes('the key', await bench.keys.exportKey(key), expectedKey(peer.privateKey, own.publicKey));
      await using generated = await bench.keys.generateKey({ algorithm: keys, permissions: p.agree });
      const { exportPublicKey } = await bench.context.getKeyObject(generated);
      const publicKey = (await exportPublicKey?.()) ?? new Uint8Array(0);
      await using ours = await bench.keys.agreeKey({ ...params, privateKey: generated, peerPublicKey: spki(own.publicKey) });
      await using theirs = await bench.keys.agreeKey({ ...params, privateKey: imported, peerPublicKey: publicKey });
      assertBytes('the key of a generated pair', await bench.keys.exportKey(ours), expectedKey(own.privateKey, fromSpki(publicKey)));
      assertBytes('the key of the other side', await bench.keys.exportKey(theirs), await bench.keys.exportKey(ours));
    },
  };
}

const peers = { ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }), x: generateKeyPairSync('x25519') };
const usual = { derivedKeyAlgorithm: 'AES-256', kdf: hkdf.kdf, permissions: p.export } as const;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** One public key in every form; the raw one is as long as it says. */
function forms(publicKey: KeyObject, rawSize: number): readonly (readonly [KeyFormat | undefined, Uint8Array])[] {
  const jwk: JsonWebKey = publicKey.export({ format: 'jwk' });
  return [
    [undefined, spki(publicKey)],
    ['der', spki(publicKey)],
    ['pem', text(String(publicKey.export({ format: 'pem', type: 'spki' })))],
    ['jwk', text(JSON.stringify(jwk))],
    ['raw', spki(publicKey).slice(-rawSize)],
  ];
}

function inAnyForm(agreementAlgorithm: string, own: KnownKey, privateKey: KeyObject, peer: KeyObject, rawSize: number): Check {
  return {
    name: `agreement: ${agreementAlgorithm} takes public keys in every form`,
    needs: [
      [agreementAlgorithm, 'agree'],
      [knownKeys[own].algorithm, 'import'],
    ],
    run: async (bench) => {
      await using key = await bench.key(own, p.agree);
      for (const [publicKeyFormat, peerPublicKey] of forms(peer, rawSize)) {
        const format = publicKeyFormat === undefined ? {} : { publicKeyFormat };
        await using agreed = await bench.keys.agreeKey({ ...usual, ...format, agreementAlgorithm, privateKey: key, peerPublicKey });
        assertBytes(`the key by ${publicKeyFormat ?? 'default'}`, await bench.keys.exportKey(agreed), expectedKey(privateKey, peer));
      }
    },
  };
}

const p256: readonly Claim[] = [['ECDH-P256', 'agree']];
const changed = (bytes: Uint8Array): Uint8Array => bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 0x55 : byte));

async function wrongPeers(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('agreePrivate');
  const agree = (peerPublicKey: Uint8Array, publicKeyFormat: KeyFormat = 'der') =>
    bench.keys.agreeKey({ ...usual, agreementAlgorithm: 'ECDH-P256', privateKey, peerPublicKey, publicKeyFormat });
  const right = spki(peers.ec.publicKey);
  const otherCurve = spki(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey);
  await refused(() => agree(otherCurve), 'ALGORITHM_MISMATCH', 'peerPublicKey');
  await refused(() => agree(spki(peers.x.publicKey)), 'ALGORITHM_MISMATCH', 'peerPublicKey');
  await refused(() => agree(changed(right)), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(right.subarray(0, 90)), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(new Uint8Array(0)), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(pkcs8(peers.ec.privateKey)), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(changed(right.slice(-65)), 'raw'), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(Uint8Array.of(0), 'raw'), 'INVALID_FORMAT', 'peerPublicKey');
  await refused(() => agree(right, 'text' as KeyFormat), 'INVALID_ARGUMENT', 'publicKeyFormat');
  await refused(() => agree('key' as unknown as Uint8Array), 'INVALID_ARGUMENT', 'peerPublicKey');
  await (await agree(right)).release();
}

async function wrongKeys(bench: Bench): Promise<void> {
  const params = { ...usual, peerPublicKey: spki(peers.ec.publicKey) };
  await using privateKey = await bench.key('agreePrivate');
  const with_ = (more: Partial<AgreeKeyParams>) => bench.keys.agreeKey({ ...params, agreementAlgorithm: 'ECDH-P256', privateKey, ...more });
  await refused(() => with_({ agreementAlgorithm: 'ECDH-P384' }), 'INCOMPATIBLE_KEY_TYPE', 'privateKey');
  await refused(() => with_({ agreementAlgorithm: 'X25519' }), 'INCOMPATIBLE_KEY_TYPE', 'privateKey');
  await refused(() => with_({ agreementAlgorithm: 'ECDSA-P256' }), 'UNSUPPORTED_ALGORITHM', 'agreementAlgorithm');
  await refused(() => with_({ agreementAlgorithm: '' }), 'INVALID_ARGUMENT', 'agreementAlgorithm');
  await using publicKey = await bench.key('agreePublic');
  await refused(() => with_({ privateKey: publicKey }), 'INCOMPATIBLE_KEY_TYPE', 'privateKey');
  await using signingKey = await bench.key('ecPrivate');
  await refused(() => with_({ privateKey: signingKey }), 'KEY_OPERATION_NOT_PERMITTED', 'privateKey');
  await refused(() => with_({ kdf: { kdfAlgorithm: 'PBKDF2-SHA-256', salt: pattern(16) } }), 'INVALID_ARGUMENT', 'kdf.iterationCount');
  await refused(() => with_({ kdf: { ...hkdf.kdf, seed: pattern(3) } }), 'INVALID_ARGUMENT', 'kdf.seed');
  await refused(() => with_({ kdf: undefined as never }), 'INVALID_ARGUMENT', 'kdf');
  await refused(() => with_({ kdf: { ...hkdf.kdf, outputKeyLength: 128 } }), 'INVALID_ARGUMENT', 'kdf.outputKeyLength');
  await refused(() => with_({ derivedKeyAlgorithm: 'ECDSA-P256' }), 'UNSUPPORTED_ALGORITHM', 'derivedKeyAlgorithm');
}

/** u = 0, 1, p − 1, p and p + 1 (RFC 7748 section 6.1): the shared secret would be zero. */
const smallOrder = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));

async function smallOrders(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('montgomeryPrivate', p.agree);
  for (const peerPublicKey of smallOrder) {
    const params = { ...usual, agreementAlgorithm: 'X25519', privateKey, peerPublicKey, publicKeyFormat: 'raw' } as const;
    await refused(() => bench.keys.agreeKey(params), 'KEY_AGREEMENT_FAILED', 'peerPublicKey');
  }
}

async function slots(bench: Bench): Promise<void> {
  const params = {
    agreementAlgorithm: 'ECDH-P256',
    derivedKeyAlgorithm: 'AES-256',
    kdf: hkdf.kdf,
    peerPublicKey: spki(peers.ec.publicKey),
  };
  await bench.withSlot('EcAgree', async (privateKey) => {
    await bench.keys.importKey(privateKey, { algorithm: 'ECDH-P256', keyData: pkcs8(ecPair.privateKey) });
    assertSame('what the agreeing key may do', (await bench.context.getKeyObject(privateKey)).permittedOperations, p.agree);
    await bench.withSlot('Aes', async (slot) => {
      assertSame('the answer', await bench.keys.agreeKey(slot, { ...params, privateKey }), undefined);
      assertBytes('the key in the slot', await bench.keys.exportKey(slot), expectedKey(peers.ec.privateKey, ecPair.publicKey));
      await refused(() => bench.keys.agreeKey(slot, { ...params, privateKey }), 'KEY_SLOT_OCCUPIED', 'overwrite');
      await bench.keys.agreeKey(slot, { ...params, privateKey, permissions: p.encrypt, overwrite: true });
      assertSame('what the second may do', (await bench.keys.getKeySlotInfo(slot)).permittedOperations, p.encrypt);
      const surplus = { ...params, privateKey, permissions: p.wrap, overwrite: true };
      await refused(() => bench.keys.agreeKey(slot, surplus), 'KEY_OPERATION_NOT_PERMITTED', 'permissions');
    });
    await refused(async () => bench.keys.agreeKey(await bench.slot('OnlyUsed'), { ...params, privateKey }), 'ACCESS_DENIED', 'targetSlot');
  });
}

/** There is no key that is the shared secret itself: a function of it always comes between. */
async function oneStep(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('agreePrivate');
  const params = { ...usual, agreementAlgorithm: 'ECDH-P256', privateKey, peerPublicKey: spki(peers.ec.publicKey) };
  await using key = await bench.keys.agreeKey({ ...params, derivedKeyAlgorithm: 'GENERIC-SECRET' });
  const secret = new Uint8Array(diffieHellman({ privateKey: ecPair.privateKey, publicKey: peers.ec.publicKey }));
  assert(Buffer.compare(await bench.keys.exportKey(key), secret) !== 0, 'the shared secret came out');
  await using usualKey = await bench.keys.agreeKey({ ...params, permissions: p.encrypt });
  await refused(() => bench.keys.exportKey(usualKey), 'KEY_OPERATION_NOT_PERMITTED', 'key');
}

export const agreementChecks: readonly Check[] = [
  ...agreements.map(agrees),
  inAnyForm('ECDH-P256', 'agreePrivate', ecPair.privateKey, peers.ec.publicKey, 65),
  inAnyForm('X25519', 'montgomeryPrivate', montgomeryPair.privateKey, peers.x.publicKey, 32),
  { name: 'agreement: public keys that are none, or of another curve, are refused', run: wrongPeers, needs: p256 },
  { name: 'agreement: keys and fields that do not fit are refused by name', run: wrongKeys, needs: p256 },
  { name: 'agreement: X25519 with a point of small order is refused', run: smallOrders, needs: [['X25519', 'agree']] },
  { name: 'agreement: from slots and into slots', run: slots, needs: p256 },
  { name: 'agreement: the shared secret does not come out', run: oneStep, needs: [...p256, ['GENERIC-SECRET', 'import']] },
];
