/** Key encapsulation: both sides get one key. */
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { type CryptoResourceId, KeyOperationPermission as p } from '../../../src/client/index.js';
import type { EncapsulateKeyParams } from '../../../src/client/key-params.js';
import type { Bench } from '../bench.js';
import type { Check } from '../check.js';
import type { Claim } from '../claims.js';
import { hkdf } from '../derivations.js';
import { assert, assertBytes, assertSame, refused } from '../expectations.js';
import { halves, mlKemPair } from '../keys.js';
import { pattern } from '../material.js';

const message = pattern(50);
const nonce = pattern(12);
const kem: readonly Claim[] = [
  ['ML-KEM-768', 'encapsulate'],
  ['ML-KEM-768', 'decapsulate'],
];

/** One key seals what the other opens. */
async function assertSameKey(bench: Bench, one: CryptoResourceId, other: CryptoResourceId): Promise<void> {
  await using sealing = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key: one, direction: 'encrypt' });
  await using opening = await bench.context.createAeadContext({ algorithm: 'AES-256-GCM', key: other, direction: 'decrypt' });
  const sealed = await sealing.encrypt({ nonce, data: message });
  assertBytes('what the other side opens', await opening.decrypt({ nonce, ...sealed }), message);
}

function bothSides(name: string): Check {
  return {
    name: `encapsulation: both sides of ${name} have one key`,
    needs: [
      [name, 'encapsulate'],
      [name, 'decapsulate'],
      [name, 'generate'],
    ],
    run: async (bench) => {
      await using privateKey = await bench.keys.generateKey(name);
      const view = await bench.context.getKeyObject(privateKey);
      assert(view.getPublicKey !== undefined, 'a private key has no public half');
      await using publicKey = await view.getPublicKey();
      for (const id of [publicKey, privateKey]) {
        for (const kdf of [undefined, hkdf.kdf]) {
          const more = { derivedKeyAlgorithm: 'AES-256', ...(kdf !== undefined && { kdf }) };
          const { key, ciphertext } = await bench.keys.encapsulateKey({ publicKey: id, ...more });
          await using mine = key;
          await using theirs = await bench.keys.decapsulateKey({ privateKey, ciphertext, ...more });
          await assertSameKey(bench, mine, theirs);
        }
      }
      const first = await bench.keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' });
      const second = await bench.keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' });
      assert(Buffer.compare(first.ciphertext, second.ciphertext) !== 0, 'two encapsulations are one');
      await first.key.release();
      await second.key.release();
    },
  };
}

async function withOthers(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('mlKemPrivate', p.agree);
  await using publicKey = await bench.key('mlKemPublic', p.agree);
  const theirs = ml_kem768.encapsulate(mlKemPair.publicKey);
  const params = { derivedKeyAlgorithm: 'AES-256', permissions: p.export };
  await using opened = await bench.keys.decapsulateKey({ privateKey, ciphertext: theirs.cipherText, ...params });
  assertBytes('the key of their ciphertext', await bench.keys.exportKey(opened), theirs.sharedSecret);
  const ours = await bench.keys.encapsulateKey({ publicKey, ...params });
  await using made = ours.key;
  const secret = ml_kem768.decapsulate(ours.ciphertext, mlKemPair.secretKey);
  assertBytes('the key of our ciphertext', await bench.keys.exportKey(made), secret);
  await using derived = await bench.keys.decapsulateKey({
    privateKey,
    ciphertext: theirs.cipherText,
    ...params,
    derivedKeyAlgorithm: 'HMAC-SHA-512',
    kdf: hkdf.kdf,
  });
  assertBytes('the derived key', await bench.keys.exportKey(derived), hkdf.derive(theirs.sharedSecret, 64));
}

async function publicKeyAsBytes(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('mlKemPrivate', p.agree);
  const algorithm = 'ML-KEM-768';
  const { data } = halves.mlKemPublic;
  const make = (publicKey: EncapsulateKeyParams['publicKey']) => bench.keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' });
  for (const publicKey of [
    { data, algorithm },
    { data, algorithm, format: 'der' },
    { data: mlKemPair.publicKey, algorithm, format: 'raw' },
  ] as const) {
    const { key, ciphertext } = await make(publicKey);
    await using mine = key;
    await using theirs = await bench.keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm: 'AES-256' });
    await assertSameKey(bench, mine, theirs);
  }
  await refused(() => make({ data: data.subarray(1), algorithm }), 'INVALID_FORMAT', 'publicKey');
  await refused(() => make({ data: halves.mlKemPrivate.data, algorithm, format: 'raw' }), 'INVALID_FORMAT', 'publicKey');
  await refused(() => make({ data: new Uint8Array(0), algorithm }), 'INVALID_ARGUMENT', 'publicKey');
  await refused(() => make({ data: halves.ecPublic.data, algorithm: 'ECDH-P256' }), 'INCOMPATIBLE_KEY_TYPE', 'publicKey');
  await refused(() => make({ data, algorithm: 'AES-1' }), 'UNSUPPORTED_ALGORITHM');
}

async function ciphertexts(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('mlKemPrivate', p.agree);
  const { cipherText, sharedSecret } = ml_kem768.encapsulate(mlKemPair.publicKey);
  const open = (ciphertext: Uint8Array) =>
    bench.keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm: 'AES-256', permissions: p.export });
  const changed = cipherText.map((byte, i) => (i === 100 ? byte ^ 1 : byte));
  await using other = await open(changed);
  const found = await bench.keys.exportKey(other);
  assertBytes('the key of a changed ciphertext', found, ml_kem768.decapsulate(changed, mlKemPair.secretKey));
  assert(Buffer.compare(found, sharedSecret) !== 0, 'a changed ciphertext gives the key');
  for (const wrong of [cipherText.subarray(1), new Uint8Array(0), new Uint8Array(1089)])
    await refused(() => open(wrong), 'INVALID_ARGUMENT', 'ciphertext');
}

async function lengths(bench: Bench): Promise<void> {
  await using privateKey = await bench.key('mlKemPrivate', p.agree);
  const { cipherText: ciphertext } = ml_kem768.encapsulate(mlKemPair.publicKey);
  for (const derivedKeyAlgorithm of ['AES-128', 'HMAC-SHA-512']) {
    await refused(() => bench.keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm }), 'INVALID_ARGUMENT', 'kdf');
    await refused(() => bench.keys.encapsulateKey({ publicKey: privateKey, derivedKeyAlgorithm }), 'INVALID_ARGUMENT', 'kdf');
    await using key = await bench.keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm, kdf: hkdf.kdf });
    assertSame('the kind', (await bench.context.getKeyObject(key)).algorithm, derivedKeyAlgorithm);
  }
  const kdf = { ...hkdf.kdf, seed: pattern(2) };
  const params = { derivedKeyAlgorithm: 'AES-256', kdf };
  await refused(() => bench.keys.decapsulateKey({ privateKey, ciphertext, ...params }), 'INVALID_ARGUMENT', 'kdf.seed');
  await refused(() => bench.keys.encapsulateKey({ publicKey: privateKey, ...params }), 'INVALID_ARGUMENT', 'kdf.seed');
  const pair = { derivedKeyAlgorithm: 'X25519' };
  await refused(() => bench.keys.decapsulateKey({ privateKey, ciphertext, ...pair }), 'UNSUPPORTED_ALGORITHM', 'derivedKeyAlgorithm');
}

/** The keys have guards like any others, and go into slots like any others. */
async function persisted(bench: Bench): Promise<void> {
  await using publicKey = await bench.key('mlKemPublic');
  await using privateKey = await bench.key('mlKemPrivate');
  const { key, ciphertext } = await bench.keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' });
  const usual = p.encrypt | p.decrypt | p.derive | p.mac;
  assertSame('what it may do by default', (await bench.context.getKeyObject(key)).permittedOperations, usual);
  await bench.withSlot('Aes', async (slot) => {
    await bench.keys.persistKey(slot, key);
    await key.release();
    assertSame('what it may do in the slot', (await bench.keys.getKeySlotInfo(slot)).permittedOperations, p.encrypt | p.decrypt);
    await using theirs = await bench.keys.decapsulateKey({ privateKey, ciphertext, derivedKeyAlgorithm: 'AES-256' });
    await assertSameKey(bench, slot, theirs);
  });
}

async function notClaimed(bench: Bench): Promise<void> {
  const params = { algorithm: 'ML-KEM-768', keyData: halves.mlKemPublic.data };
  await refused(() => bench.keys.importKey(params), 'UNSUPPORTED_ALGORITHM', 'algorithm');
  const publicKey = { data: params.keyData, algorithm: params.algorithm };
  await refused(() => bench.keys.encapsulateKey({ publicKey, derivedKeyAlgorithm: 'AES-256' }), 'UNSUPPORTED_ALGORITHM');
}

export const encapsulationChecks: readonly Check[] = [
  ...['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024'].map(bothSides),
  { name: 'encapsulation: the keys are those of others', run: withOthers, needs: kem },
  { name: 'encapsulation: public keys as bytes', run: publicKeyAsBytes, needs: kem },
  { name: 'encapsulation: a changed ciphertext gives another key, one of another size is refused', run: ciphertexts, needs: kem },
  { name: 'encapsulation: lengths that the shared secret does not have need a derivation', run: lengths, needs: kem },
  { name: 'encapsulation: keys are persisted', run: persisted, needs: kem },
  { name: 'encapsulation: where it is not claimed it is refused', run: notClaimed, lacks: kem },
];
