/**
 * What SoftHSM2 does with sessions, objects and edge cases. The provider is built on these facts; when one of them changes, this
 * file fails before the provider does.
 */
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import pkcs11 from 'pkcs11js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createToken, type DisposableToken } from '../../../softhsm/index.js';
import { type Handle, RawToken, returnValue } from './raw-token.js';

const CKR = {
  OK: 0x0,
  GENERAL_ERROR: 0x5,
  ARGUMENTS_BAD: 0x7,
  ATTRIBUTE_READ_ONLY: 0x10,
  ATTRIBUTE_SENSITIVE: 0x11,
  ATTRIBUTE_TYPE_INVALID: 0x12,
  ACTION_PROHIBITED: 0x1b,
  ENCRYPTED_DATA_LEN_RANGE: 0x41,
  KEY_HANDLE_INVALID: 0x60,
  KEY_SIZE_RANGE: 0x62,
  KEY_TYPE_INCONSISTENT: 0x63,
  KEY_FUNCTION_NOT_PERMITTED: 0x68,
  OBJECT_HANDLE_INVALID: 0x82,
  OPERATION_ACTIVE: 0x90,
  SIGNATURE_INVALID: 0xc0,
  SIGNATURE_LEN_RANGE: 0xc1,
  BUFFER_TOO_SMALL: 0x150,
} as const;
const curveP256 = Buffer.from('06082a8648ce3d030107', 'hex');
const emptyNotNull = Buffer.alloc(8).subarray(0, 0);

type Attributes = Record<string, boolean | number | string | Buffer>;
const template = (attributes: Attributes): pkcs11.Template =>
  Object.entries(attributes).map(([name, value]) => ({ type: Number(pkcs11[`CKA_${name}` as keyof typeof pkcs11]), value }));

let token: DisposableToken;
let raw: RawToken;
let module: pkcs11.PKCS11;
let owner: Handle;
let pool: Handle;

beforeAll(async () => {
  token = await createToken();
  raw = new RawToken(token);
  module = raw.module;
});
afterAll(async () => {
  raw.close();
  await token.remove();
});
beforeEach(() => {
  owner = raw.openSession();
  pool = raw.openSession();
});
afterEach(() => {
  for (const session of [owner, pool]) returnValue(() => raw.closeSession(session));
  for (const object of raw.find()) module.C_DestroyObject(raw.anchor, object);
});

const secret: Attributes = { TOKEN: false, PRIVATE: true, SENSITIVE: true, EXTRACTABLE: false, MODIFIABLE: true };
const cipherUse: Attributes = { ENCRYPT: true, DECRYPT: true, SIGN: false, VERIFY: false, WRAP: false, UNWRAP: false, DERIVE: false };

function generateAes(more: Attributes = {}): Handle {
  return module.C_GenerateKey(owner, { mechanism: pkcs11.CKM_AES_KEY_GEN }, template({ ...secret, ...cipherUse, VALUE_LEN: 32, ...more }));
}
function importSecret(keyType: number, value: Buffer, more: Attributes = {}): Handle {
  return module.C_CreateObject(owner, template({ CLASS: pkcs11.CKO_SECRET_KEY, KEY_TYPE: keyType, VALUE: value, ...secret, ...more }));
}
function generateEc(more: Attributes = {}): pkcs11.KeyPair {
  return module.C_GenerateKeyPair(
    owner,
    { mechanism: pkcs11.CKM_EC_KEY_PAIR_GEN },
    template({ TOKEN: false, PRIVATE: false, MODIFIABLE: true, VERIFY: true, EC_PARAMS: curveP256 }),
    template({ ...secret, SIGN: true, ...more }),
  );
}
const gcm = (iv: Buffer, tagBits = 128, aad = Buffer.alloc(0)): pkcs11.Mechanism => ({
  mechanism: pkcs11.CKM_AES_GCM,
  parameter: { type: pkcs11.CK_PARAMS_AES_GCM_v240, iv, ivBits: iv.length * 8, aad, tagBits } as pkcs11.IParams,
});
const cbc = (iv: Buffer): pkcs11.Mechanism => ({ mechanism: pkcs11.CKM_AES_CBC_PAD, parameter: iv });
const hmac = { mechanism: pkcs11.CKM_SHA256_HMAC };
const sha256 = { mechanism: pkcs11.CKM_SHA256 };

/** Runs on a session of its own, since a failed operation poisons its session. */
function apart<T>(run: (session: Handle) => T): T {
  const session = raw.openSession();
  try {
    return run(session);
  } finally {
    raw.closeSession(session);
  }
}

describe('session objects', () => {
  it('can be used from every session and die with the one that made them', () => {
    const key = generateAes();
    expect(returnValue(() => module.C_EncryptInit(pool, cbc(randomBytes(16)), key))).toBe(CKR.OK);
    raw.closeSession(pool);
    pool = raw.openSession();
    expect(raw.find()).toHaveLength(1);
    raw.closeSession(owner);
    expect(raw.find()).toHaveLength(0);
    expect(returnValue(() => raw.attribute(key, pkcs11.CKA_LABEL))).toBe(CKR.OBJECT_HANDLE_INVALID);
    expect(returnValue(() => module.C_EncryptInit(pool, cbc(randomBytes(16)), key))).toBe(CKR.OBJECT_HANDLE_INVALID);
    expect(returnValue(() => module.C_CopyObject(pool, key, template({ TOKEN: true })))).toBe(CKR.OBJECT_HANDLE_INVALID);
    expect(returnValue(() => module.C_DestroyObject(pool, key))).toBe(CKR.OBJECT_HANDLE_INVALID);
  });

  it('leave a stream on another session alive when they die', () => {
    const value = randomBytes(32);
    const iv = randomBytes(16);
    const key = importSecret(pkcs11.CKK_AES, value, cipherUse);
    module.C_EncryptInit(pool, cbc(iv), key);
    const parts = [module.C_EncryptUpdate(pool, Buffer.alloc(20, 1), Buffer.alloc(64))];
    raw.closeSession(owner);
    parts.push(module.C_EncryptUpdate(pool, Buffer.alloc(20, 2), Buffer.alloc(64)), module.C_EncryptFinal(pool, Buffer.alloc(64)));
    const expected = createCipheriv('aes-256-cbc', value, iv);
    const plain = Buffer.concat([Buffer.alloc(20, 1), Buffer.alloc(20, 2)]);
    expect(Buffer.concat(parts)).toEqual(Buffer.concat([expected.update(plain), expected.final()]));
  });

  it('become persistent by copying, with name and without modifiable, both halves', () => {
    const name = { TOKEN: true, LABEL: 'slot', ID: Buffer.from([1, 2]), MODIFIABLE: false };
    const pair = generateEc();
    const copies = [generateAes(), pair.privateKey, pair.publicKey].map((key) => module.C_CopyObject(pool, key, template(name)));
    raw.closeSession(owner);
    expect(raw.find(template({ LABEL: 'slot', ID: Buffer.from([1, 2]) }))).toHaveLength(3);
    for (const copy of copies) {
      expect(raw.isTrue(copy, pkcs11.CKA_TOKEN)).toBe(true);
      expect(raw.isTrue(copy, pkcs11.CKA_MODIFIABLE)).toBe(false);
    }
    const [, privateKey = pair.privateKey, publicKey = pair.publicKey] = copies;
    const digest = createHash('sha256').update('message').digest();
    module.C_SignInit(pool, { mechanism: pkcs11.CKM_ECDSA }, privateKey);
    const signature = module.C_Sign(pool, digest, Buffer.alloc(128));
    module.C_VerifyInit(pool, { mechanism: pkcs11.CKM_ECDSA }, publicKey);
    expect(module.C_Verify(pool, digest, signature)).toBe(true);
  });

  it('can not be copied at all when they are not modifiable', () => {
    const key = generateAes({ MODIFIABLE: false });
    expect(returnValue(() => module.C_CopyObject(pool, key, template({ TOKEN: true })))).toBe(CKR.ATTRIBUTE_READ_ONLY);
    expect(returnValue(() => module.C_CopyObject(pool, key, template({ LABEL: 'x' })))).toBe(CKR.ATTRIBUTE_READ_ONLY);
    expect(returnValue(() => module.C_SetAttributeValue(pool, key, template({ SIGN: true })))).toBe(CKR.ACTION_PROHIBITED);
  });
});

describe('a copy', () => {
  it('may drop a use, and may also add one', () => {
    const key = generateAes();
    const copy = module.C_CopyObject(pool, key, template({ DECRYPT: false, SIGN: true }));
    expect(raw.isTrue(copy, pkcs11.CKA_DECRYPT)).toBe(false);
    expect(raw.isTrue(copy, pkcs11.CKA_SIGN)).toBe(true);
  });

  it('is refused when it stops being modifiable before the rest of its template', () => {
    const key = generateAes();
    const last = module.C_CopyObject(pool, key, template({ TOKEN: true, DECRYPT: false, MODIFIABLE: false }));
    expect(raw.isTrue(last, pkcs11.CKA_MODIFIABLE)).toBe(false);
    const first = template({ MODIFIABLE: false, TOKEN: true, DECRYPT: false });
    expect(returnValue(() => module.C_CopyObject(pool, key, first))).toBe(CKR.ATTRIBUTE_READ_ONLY);
  });

  it('may become secret, never less secret, and repeating a secret attribute is refused', () => {
    const open = generateAes({ SENSITIVE: false, EXTRACTABLE: true });
    expect(raw.attribute(open, pkcs11.CKA_VALUE)).toHaveLength(32);
    const closed = module.C_CopyObject(pool, open, template({ SENSITIVE: true, EXTRACTABLE: false }));
    expect(returnValue(() => raw.attribute(closed, pkcs11.CKA_VALUE))).toBe(CKR.ATTRIBUTE_SENSITIVE);
    for (const attributes of [{ EXTRACTABLE: true }, { SENSITIVE: false }, { SENSITIVE: true }, { EXTRACTABLE: false }]) {
      expect(returnValue(() => module.C_CopyObject(pool, closed, template(attributes)))).toBe(CKR.ATTRIBUTE_READ_ONLY);
    }
  });

  it('knows only the uses of its half', () => {
    const pair = generateEc();
    for (const name of ['SIGN', 'DECRYPT', 'UNWRAP', 'SENSITIVE']) {
      expect(returnValue(() => module.C_CopyObject(pool, pair.publicKey, template({ [name]: false })))).toBe(CKR.ATTRIBUTE_TYPE_INVALID);
    }
    for (const name of ['VERIFY', 'ENCRYPT', 'WRAP']) {
      expect(returnValue(() => module.C_CopyObject(pool, pair.privateKey, template({ [name]: false })))).toBe(CKR.ATTRIBUTE_TYPE_INVALID);
    }
  });
});

describe('operations', () => {
  it('hold their session until they end', () => {
    const key = generateAes();
    module.C_EncryptInit(pool, cbc(randomBytes(16)), key);
    expect(returnValue(() => module.C_EncryptInit(pool, cbc(randomBytes(16)), key))).toBe(CKR.OPERATION_ACTIVE);
    expect(returnValue(() => module.C_SignInit(pool, hmac, key))).toBe(CKR.OPERATION_ACTIVE);
  });

  it('refuse what an attribute forbids, and the wrong half', () => {
    const key = generateAes({ DECRYPT: false });
    expect(returnValue(() => module.C_DecryptInit(pool, cbc(randomBytes(16)), key))).toBe(CKR.KEY_FUNCTION_NOT_PERMITTED);
    const pair = generateEc();
    const ecdsa = { mechanism: pkcs11.CKM_ECDSA };
    expect(returnValue(() => module.C_SignInit(pool, ecdsa, pair.publicKey))).toBe(CKR.KEY_FUNCTION_NOT_PERMITTED);
    expect(returnValue(() => module.C_VerifyInit(pool, ecdsa, pair.privateKey))).toBe(CKR.KEY_FUNCTION_NOT_PERMITTED);
  });

  it('take an empty message only as a pointer that is not null, or in parts', () => {
    const digest = createHash('sha256').digest();
    expect(returnValue(() => apart((s) => [module.C_DigestInit(s, sha256), module.C_Digest(s, Buffer.alloc(0), Buffer.alloc(32))]))).toBe(
      CKR.ARGUMENTS_BAD,
    );
    expect(returnValue(() => apart((s) => [module.C_DigestInit(s, sha256), module.C_DigestUpdate(s, Buffer.alloc(0))]))).toBe(
      CKR.ARGUMENTS_BAD,
    );
    module.C_DigestInit(pool, sha256);
    expect(module.C_Digest(pool, emptyNotNull, Buffer.alloc(32))).toEqual(digest);
    module.C_DigestInit(pool, sha256);
    expect(module.C_DigestFinal(pool, Buffer.alloc(32))).toEqual(digest);
  });
});

describe('HMAC keys', () => {
  it.each([
    ['CKK_GENERIC_SECRET', pkcs11.CKK_GENERIC_SECRET, CKR.OK],
    ['CKK_SHA256_HMAC', 0x2b, CKR.OK],
    ['CKK_AES', pkcs11.CKK_AES, CKR.KEY_TYPE_INCONSISTENT],
  ])('of type %s', (_name, keyType, expected) => {
    const value = randomBytes(32);
    const key = importSecret(keyType, value, { SIGN: true, VERIFY: true });
    expect(returnValue(() => module.C_SignInit(pool, hmac, key))).toBe(expected);
    if (expected !== CKR.OK) return;
    expect(module.C_Sign(pool, Buffer.from('message'), Buffer.alloc(32))).toEqual(createHmac('sha256', value).update('message').digest());
  });

  it('shorter than the digest are made but not used', () => {
    for (const size of [1, 16, 31]) {
      const key = importSecret(pkcs11.CKK_GENERIC_SECRET, randomBytes(size), { SIGN: true });
      expect(returnValue(() => apart((session) => module.C_SignInit(session, hmac, key)))).toBe(CKR.KEY_SIZE_RANGE);
    }
    const key = importSecret(pkcs11.CKK_GENERIC_SECRET, randomBytes(1024), { SIGN: true });
    expect(returnValue(() => module.C_SignInit(pool, hmac, key))).toBe(CKR.OK);
  });
});

describe('AES-GCM', () => {
  const value = randomBytes(32);
  const encrypt = (key: Handle, iv: Buffer): Buffer =>
    apart((session) => {
      module.C_EncryptInit(session, gcm(iv), key);
      return module.C_Encrypt(session, Buffer.alloc(40, 1), Buffer.alloc(64));
    });

  it('gives nothing before the end of decryption and wants room for all of it', () => {
    const key = importSecret(pkcs11.CKK_AES, value, cipherUse);
    const iv = randomBytes(12);
    const sealed = encrypt(key, iv);
    module.C_DecryptInit(pool, gcm(iv), key);
    expect(module.C_DecryptUpdate(pool, sealed.subarray(0, 20), Buffer.alloc(32))).toHaveLength(0);
    expect(returnValue(() => module.C_DecryptUpdate(pool, sealed.subarray(20), Buffer.alloc(36)))).toBe(CKR.BUFFER_TOO_SMALL);
  });

  it('answers changed data with a general error', () => {
    const key = importSecret(pkcs11.CKK_AES, value, cipherUse);
    const iv = randomBytes(12);
    const sealed = encrypt(key, iv);
    for (const changed of [sealed.map((byte, i) => (i === 3 ? byte ^ 1 : byte)), sealed.subarray(0, 10)]) {
      expect(
        returnValue(() =>
          apart((s) => {
            module.C_DecryptInit(s, gcm(iv), key);
            module.C_Decrypt(s, Buffer.from(changed), Buffer.alloc(128));
          }),
        ),
      ).toBe(CKR.GENERAL_ERROR);
    }
  });

  it('uses nonces of up to 128 bytes whole', () => {
    const key = importSecret(pkcs11.CKK_AES, value, cipherUse);
    for (const size of [1, 11, 12, 13, 16, 64, 127, 128]) {
      const iv = randomBytes(size);
      const cipher = createCipheriv('aes-256-gcm', value, iv);
      const expected = Buffer.concat([cipher.update(Buffer.alloc(40, 1)), cipher.final(), cipher.getAuthTag()]);
      expect(encrypt(key, iv).equals(expected), `nonce of ${size} bytes`).toBe(true);
    }
  });

  it('silently uses only the first 12 bytes of a longer nonce, so these must never reach it', () => {
    const key = importSecret(pkcs11.CKK_AES, value, cipherUse);
    const iv = randomBytes(129);
    expect(encrypt(key, iv).equals(encrypt(key, iv.subarray(0, 12)))).toBe(true);
  });
});

describe('AES-CBC with padding', () => {
  it('answers bad padding with a general error and a bad length with another', () => {
    const key = importSecret(pkcs11.CKK_AES, Buffer.alloc(32, 1), cipherUse);
    const iv = Buffer.alloc(16, 2);
    const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32, 1), iv).setAutoPadding(false);
    const badPadding = Buffer.concat([cipher.update(Buffer.alloc(32, 0xee)), cipher.final()]);
    const decrypt = (data: Buffer): number =>
      returnValue(() =>
        apart((session) => {
          module.C_DecryptInit(session, cbc(iv), key);
          module.C_Decrypt(session, data, Buffer.alloc(64));
        }),
      );
    expect(decrypt(badPadding)).toBe(CKR.GENERAL_ERROR);
    expect(decrypt(badPadding.subarray(0, 31))).toBe(CKR.ENCRYPTED_DATA_LEN_RANGE);
  });
});

/** What `src/providers/pkcs11/quirks/softhsm2.ts` says; when one of these changes, so should that. */
describe('quirks', () => {
  const open: Attributes = { ...secret, SENSITIVE: false, EXTRACTABLE: true };
  const kek = randomBytes(32);
  const wrapUse = { WRAP: true, UNWRAP: true };
  const kwp = { mechanism: 0x210a };
  const nodeWrapPad = (plain: Buffer): Buffer => {
    const cipher = createCipheriv('id-aes256-wrap-pad', kek, Buffer.from('a65959a6', 'hex'));
    return Buffer.concat([cipher.update(plain), cipher.final()]);
  };
  const unwrap = (wrapped: Buffer, keyType: number): Handle =>
    module.C_UnwrapKey(owner, kwp, importSecret(pkcs11.CKK_AES, kek, wrapUse), wrapped, template({ CLASS: 4, KEY_TYPE: keyType, ...open }));

  it('what is wrapped is filled up with zeros, which stay', () => {
    const value = randomBytes(20);
    const key = importSecret(pkcs11.CKK_GENERIC_SECRET, value, open);
    const wrapped = module.C_WrapKey(pool, kwp, importSecret(pkcs11.CKK_AES, kek, wrapUse), key, Buffer.alloc(64));
    expect(wrapped).toEqual(nodeWrapPad(Buffer.concat([value, Buffer.alloc(4)])));
    expect(wrapped).not.toEqual(nodeWrapPad(value));
  });

  it('an unwrapped secret key does not tell its length, and may be an AES key of any', () => {
    const value = randomBytes(20);
    for (const keyType of [pkcs11.CKK_GENERIC_SECRET, pkcs11.CKK_AES]) {
      const key = unwrap(nodeWrapPad(value), keyType);
      expect(raw.attribute(key, pkcs11.CKA_VALUE)).toEqual(value);
      expect(raw.attribute(key, pkcs11.CKA_VALUE_LEN).readUInt32LE()).toBe(0);
    }
  });

  it('AES-GCM does not wrap', () => {
    const key = importSecret(pkcs11.CKK_AES, kek, open);
    const wrapping = importSecret(pkcs11.CKK_AES, kek, wrapUse);
    expect(returnValue(() => apart((s) => module.C_WrapKey(s, gcm(randomBytes(12)), wrapping, key, Buffer.alloc(64))))).toBe(0x70);
  });

  it('CTR refuses a message after which the counter would start again', () => {
    const key = importSecret(pkcs11.CKK_AES, kek, cipherUse);
    const parameter = Buffer.alloc(24, 0xff);
    parameter.writeBigUInt64LE(128n);
    const encrypt = (size: number): number =>
      returnValue(() =>
        apart((s) => {
          module.C_EncryptInit(s, { mechanism: 0x1086, parameter }, key);
          module.C_Encrypt(s, Buffer.alloc(size), Buffer.alloc(64));
        }),
      );
    expect(encrypt(48)).toBe(0x21);
    expect(encrypt(1)).toBe(CKR.OK);
  });

  it('OAEP takes SHA-1 only', () => {
    const pair = module.C_GenerateKeyPair(
      owner,
      { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
      template({ TOKEN: false, PRIVATE: false, ENCRYPT: true, MODULUS_BITS: 2048, PUBLIC_EXPONENT: Buffer.from([1, 0, 1]) }),
      template({ ...secret, DECRYPT: true }),
    );
    const oaep = (hashAlg: number, mgf: number) => {
      const parameter = { type: pkcs11.CK_PARAMS_RSA_OAEP, hashAlg, mgf, source: 1 } as pkcs11.IParams;
      return returnValue(() => apart((s) => module.C_EncryptInit(s, { mechanism: pkcs11.CKM_RSA_PKCS_OAEP, parameter }, pair.publicKey)));
    };
    expect(oaep(pkcs11.CKM_SHA_1, 1)).toBe(CKR.OK);
    expect(oaep(pkcs11.CKM_SHA256, 2)).toBe(CKR.ARGUMENTS_BAD);
    expect(oaep(pkcs11.CKM_SHA_1, 2)).toBe(CKR.ARGUMENTS_BAD);
  });

  it.each([
    ['Ed25519', '06032b6570', 34],
    ['Ed448', '06032b6571', 59],
    ['X25519', '06032b656e', 34],
    ['X448', '06032b656f', 58],
  ])('%s is made by one mechanism, as one type', (_name, parameters, pointSize) => {
    const pair = module.C_GenerateKeyPair(
      owner,
      { mechanism: 0x1055 },
      template({ TOKEN: false, PRIVATE: false, EC_PARAMS: Buffer.from(parameters, 'hex') }),
      template(secret),
    );
    expect(raw.attribute(pair.privateKey, pkcs11.CKA_KEY_TYPE).readUInt32LE()).toBe(0x40);
    expect(raw.attribute(pair.publicKey, pkcs11.CKA_EC_POINT)).toHaveLength(pointSize);
  });
});

describe('signatures', () => {
  it('of ECDSA are fixed in length, and wrong ones are told from misshapen ones', () => {
    const pair = generateEc();
    const digest = createHash('sha256').update('message').digest();
    const ecdsa = { mechanism: pkcs11.CKM_ECDSA };
    const signature = apart((s) => {
      module.C_SignInit(s, ecdsa, pair.privateKey);
      return module.C_Sign(s, digest, Buffer.alloc(128));
    });
    expect(signature).toHaveLength(64);
    const verify = (candidate: Buffer): number =>
      returnValue(() =>
        apart((s) => {
          module.C_VerifyInit(s, ecdsa, pair.publicKey);
          module.C_Verify(s, digest, candidate);
        }),
      );
    expect(verify(signature)).toBe(CKR.OK);
    expect(verify(Buffer.alloc(64, 0xff))).toBe(CKR.SIGNATURE_INVALID);
    expect(verify(signature.subarray(1))).toBe(CKR.SIGNATURE_LEN_RANGE);
    expect(verify(Buffer.alloc(0))).toBe(CKR.ARGUMENTS_BAD);
  });

  it('of RSA-PSS take every salt that fits', () => {
    const pair = module.C_GenerateKeyPair(
      owner,
      { mechanism: pkcs11.CKM_RSA_PKCS_KEY_PAIR_GEN },
      template({ TOKEN: false, PRIVATE: false, VERIFY: true, MODULUS_BITS: 2048, PUBLIC_EXPONENT: Buffer.from([1, 0, 1]) }),
      template({ ...secret, SIGN: true }),
    );
    const sign = (saltLen: number, mgf = pkcs11.CKG_MGF1_SHA256): number =>
      returnValue(() =>
        apart((s) => {
          const parameter = { type: pkcs11.CK_PARAMS_RSA_PSS, hashAlg: pkcs11.CKM_SHA256, mgf, saltLen } as pkcs11.IParams;
          module.C_SignInit(s, { mechanism: pkcs11.CKM_RSA_PKCS_PSS, parameter }, pair.privateKey);
          module.C_Sign(s, Buffer.alloc(32), Buffer.alloc(256));
        }),
      );
    expect([0, 20, 32, 222].map((salt) => sign(salt))).toEqual([CKR.OK, CKR.OK, CKR.OK, CKR.OK]);
    expect(sign(223)).toBe(CKR.GENERAL_ERROR);
    expect(sign(20, pkcs11.CKG_MGF1_SHA1)).toBe(CKR.ARGUMENTS_BAD);
  });
});

describe('the login', () => {
  it('ends with the last session, private session objects with it', () => {
    for (const session of [owner, pool, raw.anchor]) raw.closeSession(session);
    owner = raw.openSession();
    const publicSession = 2;
    expect(module.C_GetSessionInfo(owner).state).toBe(publicSession);
    raw.login(owner);
    owner = raw.openSession();
    pool = raw.openSession();
    expect(module.C_GetSessionInfo(pool).state).not.toBe(publicSession);
  });

  it('never tests a second PIN', () => {
    expect(returnValue(() => module.C_Login(pool, pkcs11.CKU_USER, 'wrong'))).toBe(pkcs11.CKR_USER_ALREADY_LOGGED_IN);
  });
});
