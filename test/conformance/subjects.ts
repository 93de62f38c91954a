/** All kinds of streaming contexts with all algorithms of this version. */

import type { Subject } from './subject.js';
import { AeadSubject, AppendedTagSubject, CbcSubject } from './subjects-ciphers.js';
import { HashSubject, MacSubject } from './subjects-digests.js';
import { SignSubject, VerifySubject } from './subjects-signatures.js';

export const subjects: readonly Subject[] = [
  new HashSubject('SHA-256', 'sha256'),
  new HashSubject('SHA-384', 'sha384'),
  new HashSubject('SHA-512', 'sha512'),
  new MacSubject('generate', 32),
  new MacSubject('generate', 16),
  new MacSubject('verify', 32),
  new CbcSubject('encrypt'),
  new CbcSubject('decrypt'),
  new AppendedTagSubject('encrypt'),
  new AppendedTagSubject('decrypt'),
  new AeadSubject('encrypt', 16),
  new AeadSubject('decrypt', 16),
  new AeadSubject('encrypt', 12),
  new SignSubject('ecdsa-p1363'),
  new SignSubject('ecdsa-der'),
  new SignSubject('rsa-pss'),
  new VerifySubject('ecdsa-p1363'),
  new VerifySubject('ecdsa-der'),
  new VerifySubject('rsa-pss'),
];
