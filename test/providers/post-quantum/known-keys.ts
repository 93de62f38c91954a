/** Post-quantum keys of known seeds. Long values are given by their SHA-256. */
import { pairOfSeed } from '../../../src/providers/post-quantum/key-pairs.js';

/** 0, 1, 2 …: the seeds of the examples in RFC 9935 and RFC 9881. */
export function counting(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, i) => i);
}

/** Of the pair whose seed counts up. Made with @noble/post-quantum 0.7.1 and OpenSSL 3.5.8, which agree. */
export const seeded = [
  {
    name: 'ML-KEM-512',
    publicKey: '3ae268dccc5456ac0d0f9b39257dc48fe081383b97c400512d712b739762daee',
    privateKey: '17fb29b8c4baf74fb81eea15ffd583b3e37f5a5b8dcf6db96c72c3b3751d6f17',
  },
  {
    name: 'ML-KEM-768',
    publicKey: '0b7934c83125c788995e2ba6bd761e33046b3e40571be53e023309a29f398cc9',
    privateKey: 'dac268bde6a8dd238e9887117d6b664e7a7a9350ad6b7c08a948e504809572a5',
  },
  {
    name: 'ML-KEM-1024',
    publicKey: 'c7b8fa0aa471d5ae18922d6ccad5b31e1d84f92ae723abfd13747018740a8530',
    privateKey: '3a2a676c5a242ee683cb6097c8f3e64fbef4d90267f9250ec2beab8f99621fad',
  },
  {
    name: 'ML-DSA-44',
    publicKey: '9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46',
    privateKey: '04bf6b9f579166a627961dfc5c3bf9717df868db88863856356c4668c8b56b0b',
  },
  {
    name: 'ML-DSA-65',
    publicKey: 'd666806e11cee19a7c989f7445f90dd419cf4d2d51db8c0fdb4c0f0a542238c9',
    privateKey: '9f1e24f47795fe50040384e3d6183988047170fa2d866406b70fe0a3f8216063',
  },
  {
    name: 'ML-DSA-87',
    publicKey: '91dc389cfaa01470b7f66eee45a4ae9026d154817c754dfe22298b3fa241ffcd',
    privateKey: '764d3e223ed90c07bc91a0ab6ecd170e5c66ffe39f7039298596039a36005435',
  },
] as const;

/** For the same pairs: the message `message` under the context `context`, signed without randomness. */
export const signed = [
  { name: 'ML-DSA-44', signature: '437eff3b5995aaa99468a279fc77e697fa8bc204d48a7f511fb83fe502f0f1f3' },
  { name: 'ML-DSA-65', signature: '99ed95a700b778e438939a7252a264840487f710dbc3ba2b0728fa21bfa84cfa' },
  { name: 'ML-DSA-87', signature: '0148c9e8f79ffd5fa8c7af7220899bdd9503616e9acb379bb1930057badef6f7' },
] as const;

/** For the same pairs: a ciphertext and its secret from the randomness 7, 7, 7 …, and the secret of a ciphertext of zeros. */
export const encapsulated = [
  {
    name: 'ML-KEM-512',
    ciphertext: '94157cd9d53fd5f94bdf8a4dcaa7fa8121631d7d441cfd6d94ba182a2e57069b',
    secret: 'a843d04cc49ae3d38e9b39ef0804e88f6d5e02a9516d0a8caef3cb74560db327',
    rejected: 'fc3ccf20a37dd91d9f511da5e6cb92039b1414db5b0880741178ccfb143212ff',
  },
  {
    name: 'ML-KEM-768',
    ciphertext: '5833ab0fd328b0bbc061f49fa4a9b0e823ef2ba4922af16c3eacd95bd5b427c9',
    secret: 'f3409cb545c0757aab3d7c7b9e8be4225b4aac1107f6663f1f19dc676a69de60',
    rejected: 'c8fbeddafdacef2ffeb8b354ea644f11b5c150f3e2c4a74ce38abba8f854ae16',
  },
  {
    name: 'ML-KEM-1024',
    ciphertext: '2712787dc049ad5929a3e280ffde30994cf558de4fb9bd6f735e38e7f8aa06ed',
    secret: '0f569bf284efa80866fb11e6c3668b40390687f8be08fc46c7cc09ccdda44270',
    rejected: '294cb5b6b0f37a047745a2a69991f66ac85936e1b077e717eaeb26bb0ba42c68',
  },
] as const;

function changedAt(bytes: Uint8Array, at: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** Expanded private keys of the right size with one part of another key. */
export function unsuited(name: string): readonly (readonly [what: string, privateKey: Uint8Array])[] {
  const { privateKey, publicKey } = pairOfSeed(name, counting(name.startsWith('ML-KEM') ? 64 : 32));
  if (name.startsWith('ML-KEM')) {
    return [
      ['public key', changedAt(privateKey, privateKey.length - 64 - publicKey.length)],
      ['hash', changedAt(privateKey, privateKey.length - 64)],
    ];
  }
  return [
    ['rho', changedAt(privateKey, 0)],
    ['tr', changedAt(privateKey, 64)],
    ['s1', changedAt(privateKey, 128)],
    ['t0', privateKey.map((byte, at) => (at < privateKey.length - 400 ? byte : byte ^ 0x55))],
  ];
}
