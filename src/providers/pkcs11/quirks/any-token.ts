/** What is taken for granted of a token that no table is about: what PKCS#11 says, and no more. */
import { CKK, CKM } from '../cryptoki.js';
import type { Quirks } from './quirks.js';

const edwards = { generation: CKM.EC_EDWARDS_KEY_PAIR_GEN, keyType: CKK.EC_EDWARDS } as const;
const montgomery = { generation: CKM.EC_MONTGOMERY_KEY_PAIR_GEN, keyType: CKK.EC_MONTGOMERY } as const;

export const anyToken: Quirks = {
  curves: ['P-256', 'P-384', 'P-521'],
  okp: { Ed25519: edwards, Ed448: edwards, X25519: montgomery, X448: montgomery },
  longestNonce: 128,
  oaep: { hashes: 'listed', otherMgf: false, labels: true },
  peerPointAsDer: false,
  counterStops: false,
  pssOtherMgf: false,
  keyWrapWithPadding: CKM.AES_KEY_WRAP_KWP,
  wrapping: 'inside',
  fillsUpWrapped: false,
};
