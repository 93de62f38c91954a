/** JSON files of NIST's ACVP: prompt and answer merged into one, `tests[].expected` and `expectedGroup`. */
import { readCase, type VectorCase, type Verdict } from '../case.js';
import { skip } from '../skip.js';
import type { AcvpReader } from './acvp/acvp-test.js';
import { cdhComponent, sharedSecret, xdhKeyGeneration, xdhKeyVerification, xdhSharedSecret } from './acvp/agreement.js';
import { ccm, cipher, gcm, gcmSiv, wrap, xts } from './acvp/ciphers.js';
import { hash, xof } from './acvp/hashes.js';
import { kbkdf, kda, kmacKdf, pbkdf, tls12, tls13, x963 } from './acvp/kdfs.js';
import { cmac, gmac, hmac, kmac } from './acvp/macs.js';
import { mlDsaKeyGen, mlKem, mlKemKeyGen, signature, slhDsaKeyGen } from './acvp/post-quantum.js';
import {
  ecdsa,
  ecdsaKeyGeneration,
  ecdsaKeyVerification,
  eddsa,
  eddsaKeyGeneration,
  eddsaKeyVerification,
  rsa,
  rsaKeyGeneration,
} from './acvp/signatures.js';
import { inner, isObject, type JsonObject, numberOr, objects, textOr } from './json-fields.js';

const internal: (what: string) => AcvpReader = (what) => () => skip('interface', what);

/** By algorithm and mode. */
const readers: readonly (readonly [RegExp, AcvpReader])[] = [
  [/^SHA2?-(?:1|224|256|384|512|512\/\d{3})$/, hash],
  [/^SHA3-\d{3}$/, hash],
  [/^c?SHAKE-\d{3}$/, xof],
  [/^HMAC-SHA/, hmac],
  [/^CMAC-AES$/, cmac],
  [/^AES-GMAC$/, gmac],
  [/^KMAC-\d{3}$/, kmac],
  [/^AES-(?:ECB|CBC|CFB8|CFB128|OFB|CTR)$/, cipher],
  [/^AES-XTS$/, xts],
  [/^AES-GCM$/, gcm],
  [/^AES-GCM-SIV$/, gcmSiv],
  [/^AES-CCM$/, ccm],
  [/^AES-KWP?$/, wrap],
  [/^(?:Det)?ECDSA (?:sigGen|sigVer)$/, ecdsa],
  [/^ECDSA keyGen$/, ecdsaKeyGeneration],
  [/^ECDSA keyVer$/, ecdsaKeyVerification],
  [/^EDDSA (?:sigGen|sigVer)$/, eddsa],
  [/^EDDSA keyGen$/, eddsaKeyGeneration],
  [/^EDDSA keyVer$/, eddsaKeyVerification],
  [/^RSA (?:sigGen|sigVer|legacySigVer)$/, rsa],
  [/^RSA keyGen$/, rsaKeyGeneration],
  [/^RSA (?:decryptionPrimitive|signaturePrimitive)$/, internal('RSA without padding')],
  [/^KTS-IFC/, internal('RSA key transport with its own confirmation')],
  [/^KAS-ECC CDH-Component$/, cdhComponent],
  [/^KAS-ECC-SSC$/, sharedSecret],
  [/^XECDH SSC$/, xdhSharedSecret],
  [/^XECDH keyGen$/, xdhKeyGeneration],
  [/^XECDH keyVer$/, xdhKeyVerification],
  [/^KDF$/, kbkdf],
  [/^KDF KMAC$/, kmacKdf],
  [/^KDA (?:OneStep|TwoStep|HKDF)$/, kda],
  [/^PBKDF$/, pbkdf],
  [/^kdf-components ansix9\.63$/, x963],
  [/^kdf-components tls$/, tls12],
  [/^TLS-v1\.2 KDF$/, tls12],
  [/^TLS-v1\.3 KDF$/, tls13],
  [/^ML-KEM keyGen$/, mlKemKeyGen],
  [/^ML-KEM encapDecap$/, mlKem],
  [/^ML-DSA keyGen$/, mlDsaKeyGen],
  [/^SLH-DSA keyGen$/, slhDsaKeyGen],
  [/^(?:ML|SLH)-DSA (?:sigGen|sigVer)$/, signature],
];

export function isAcvp(file: JsonObject): boolean {
  return typeof file.algorithm === 'string' && objects(file, 'testGroups').some((group) => 'tgId' in group);
}

export function readAcvp(file: JsonObject): VectorCase[] {
  const algorithm = textOr(file, 'algorithm', '').replace(/^ACVP-/, '');
  const mode = textOr(file, 'mode', '');
  const title = `${algorithm} ${mode}`.trim();
  const reader = readers.find(([pattern]) => pattern.test(title))?.[1] ?? (() => skip('algorithm', title));
  return objects(file, 'testGroups').flatMap((asked) => {
    // Answers win: a group's are about all its tests.
    const group = { ...asked, ...inner(asked, 'expectedGroup') };
    return objects(asked, 'tests').map((test) => {
      // ACVP's internal projections hold the answers in the tests themselves.
      const expected = isObject(test.expected) ? test.expected : test;
      const given = { algorithm, mode, group, test, expected, all: { ...test, ...expected } };
      return readCase(`tcId ${numberOr(test, 'tcId', 0)}`, verdictOf(expected), () => reader(given));
    });
  });
}

function verdictOf(expected: JsonObject): Verdict {
  return expected.testPassed === false ? 'invalid' : 'valid';
}
