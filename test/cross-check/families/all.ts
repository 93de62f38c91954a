import type { AnyFamily } from '../family.js';
import { aeadFamily } from './aead.js';
import { agreementFamily } from './agreement.js';
import { cipherFamily } from './cipher.js';
import { hashFamily } from './hash.js';
import { kdfFamily } from './kdf.js';
import { kemFamily } from './kem.js';
import { keyFamily } from './key.js';
import { macFamily } from './mac.js';
import { rsaEncryptionFamily } from './rsa-encryption.js';
import { signatureFamily } from './signature.js';
import { wrapFamily } from './wrap.js';

/** In the order of the report. */
export const families: readonly AnyFamily[] = [
  hashFamily,
  macFamily,
  cipherFamily,
  aeadFamily,
  rsaEncryptionFamily,
  signatureFamily,
  agreementFamily,
  kemFamily,
  kdfFamily,
  wrapFamily,
  keyFamily,
];
