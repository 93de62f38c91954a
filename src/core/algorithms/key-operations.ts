/** What makes keys of other keys, or carries them: agreement, encapsulation, derivation, wrapping. */
import { mgfHash } from './ciphers.js';
import { hashAliases, hashStatus } from './hashes.js';
import { curveShortNames } from './key-names.js';
import {
  type AgreementRow,
  type CurveName,
  curveNames,
  type HashName,
  hashNames,
  type KdfFunction,
  type KdfRow,
  type KemRow,
  type KeyType,
  type ParameterRow,
  type Status,
  type WrapRow,
} from './row.js';

function ecdh(curve: CurveName): AgreementRow {
  const status = curve.startsWith('P-') ? 'approved' : 'other';
  return { name: `ECDH-${curveShortNames[curve]}`, aliases: [], family: 'ecdh', kinds: [], parameters: [], status, keyType: 'ec', curve };
}
function xdh(name: 'X25519' | 'X448'): AgreementRow {
  return { name, aliases: [], family: 'xdh', kinds: [], parameters: [], status: 'other', keyType: 'montgomery', keyName: name };
}
/** SP 800-56A 5.7.1.2, RFC 7748 section 6. */
export const agreementRows: readonly AgreementRow[] = [...curveNames.map(ecdh), xdh('X25519'), xdh('X448')];

function mlKem(name: string, ciphertextSize: number): KemRow {
  return {
    name,
    aliases: [],
    family: 'ml-kem',
    kinds: [],
    parameters: [],
    status: 'approved',
    keyType: 'ml-kem',
    keyName: name,
    ciphertextSize,
    secretSize: 32,
  };
}
/** FIPS 203 table 3. */
export const kemRows: readonly KemRow[] = [mlKem('ML-KEM-512', 768), mlKem('ML-KEM-768', 1088), mlKem('ML-KEM-1024', 1568)];

const longest = 65_536;
const bytesField = (name: string, more: Partial<ParameterRow> = {}): ParameterRow => ({ name, type: 'bytes', max: longest, ...more });
const numberField = (name: string, min: number, max: number): ParameterRow => ({ name, type: 'number', min, max, required: true });
const required = { required: true } as const;

/** Where SP 800-108 puts its counter, and of how many bits it is; `counterOffset`: bits of the fixed input before one in the middle. */
const counterLength: ParameterRow = { name: 'counterLength', type: 'number', values: [8, 16, 24, 32], default: 32 };
const counterLocation = (...values: readonly string[]): ParameterRow => ({
  name: 'counterLocation',
  type: 'string',
  values,
  default: 'before-fixed',
});
const counterOffset: ParameterRow = { name: 'counterOffset', type: 'number', min: 1, max: 8 * longest - 1 };
const counterInCounterMode = [counterLength, counterLocation('before-fixed', 'after-fixed', 'middle-fixed'), counterOffset];
const counterInOtherModes = [counterLength, counterLocation('before-fixed', 'after-fixed', 'before-iterator', 'none')];
const counterInAnyMode = [
  counterLength,
  counterLocation('before-fixed', 'after-fixed', 'middle-fixed', 'before-iterator', 'none'),
  counterOffset,
];
/** `label` and `seed` (context), or the whole fixed input as it is. */
const fixedInput: readonly ParameterRow[] = [bytesField('label'), bytesField('seed'), bytesField('fixedInput')];

const anySecret: readonly KeyType[] = ['secret', 'hmac', 'aes'];
const password: readonly KeyType[] = ['secret'];

interface Kdf {
  readonly name: string;
  readonly function: KdfFunction;
  readonly prf: KdfRow['prf'];
  readonly hash?: HashName;
  readonly parameters: readonly ParameterRow[];
  readonly keyTypes: readonly KeyType[];
  readonly status?: Status;
  readonly slow?: boolean;
}
function kdf({ status, slow = false, ...row }: Kdf): KdfRow {
  const { name, hash } = row;
  return {
    aliases: hashAliases(name),
    family: 'kdf',
    kinds: [],
    status: status ?? (hash === undefined ? 'approved' : hashStatus(hash)),
    slow,
    ...row,
  };
}

type OfHash = (hash: HashName) => KdfRow;
/** RFC 5869; `label` is the info. Extract and expand alone are what TLS 1.3 (RFC 8446 7.1) is made of. */
const hkdf: OfHash = (hash) =>
  kdf({
    name: `HKDF-${hash}`,
    function: 'hkdf',
    prf: 'hmac',
    hash,
    parameters: [bytesField('salt'), bytesField('label')],
    keyTypes: anySecret,
  });
const hkdfExtract: OfHash = (hash) =>
  kdf({ name: `HKDF-Extract-${hash}`, function: 'hkdf-extract', prf: 'hmac', hash, parameters: [bytesField('salt')], keyTypes: anySecret });
const hkdfExpand: OfHash = (hash) =>
  kdf({ name: `HKDF-Expand-${hash}`, function: 'hkdf-expand', prf: 'hmac', hash, parameters: [bytesField('label')], keyTypes: anySecret });
/** RFC 8018 5.2. */
const pbkdf2: OfHash = (hash) => {
  const parameters = [bytesField('salt', required), numberField('iterationCount', 1, 0x7fffffff)];
  return kdf({ name: `PBKDF2-${hash}`, function: 'pbkdf2', prf: 'hmac', hash, parameters, keyTypes: password, slow: true });
};
/** RFC 5246 section 5, RFC 7627 section 4: the extended master secret is the label of that name with the session hash as seed. */
const tls12: OfHash = (hash) => {
  const parameters = [bytesField('label', required), bytesField('seed', required)];
  return kdf({ name: `TLS12-PRF-${hash}`, function: 'tls12-prf', prf: 'hmac', hash, parameters, keyTypes: anySecret });
};
/** HKDF-Expand-Label of RFC 8446 7.1: `label` without "tls13 ", `seed` is the transcript hash. */
const tls13: OfHash = (hash) => {
  const parameters = [bytesField('label', { required: true, min: 1, max: 249 }), bytesField('seed', { max: 255 })];
  return kdf({ name: `TLS13-HKDF-${hash}`, function: 'tls13-hkdf', prf: 'hmac', hash, parameters, keyTypes: anySecret });
};
/** ANS X9.63; `seed` is the shared info. */
const x963: OfHash = (hash) =>
  kdf({ name: `X963-KDF-${hash}`, function: 'x963', prf: 'hash', hash, parameters: [bytesField('seed')], keyTypes: anySecret });
/** SP 800-56C section 4; `seed` is the fixed info. */
const oneStep: OfHash = (hash) =>
  kdf({
    name: `SP800-56C-1STEP-${hash}`,
    function: 'sp800-56c-1step',
    prf: 'hash',
    hash,
    parameters: [bytesField('seed')],
    keyTypes: anySecret,
  });
const oneStepHmac: OfHash = (hash) => {
  const parameters = [bytesField('salt'), bytesField('seed')];
  return kdf({ name: `SP800-56C-1STEP-HMAC-${hash}`, function: 'sp800-56c-1step', prf: 'hmac', hash, parameters, keyTypes: anySecret });
};
function oneStepKmac(strength: 128 | 256): KdfRow {
  const parameters = [bytesField('salt'), bytesField('seed')];
  return kdf({
    name: `SP800-56C-1STEP-KMAC-${strength}`,
    function: 'sp800-56c-1step',
    prf: `kmac-${strength}`,
    parameters,
    keyTypes: anySecret,
  });
}
/** SP 800-56C section 5; `seed` is the fixed info, `mode` how SP 800-108 expands. */
const twoStepParameters: readonly ParameterRow[] = [
  bytesField('salt'),
  bytesField('seed'),
  { name: 'mode', type: 'string', values: ['counter', 'feedback', 'double-pipeline'], default: 'counter' },
  bytesField('iv'),
  ...counterInAnyMode,
];
const twoStep: OfHash = (hash) =>
  kdf({
    name: `SP800-56C-2STEP-HMAC-${hash}`,
    function: 'sp800-56c-2step',
    prf: 'hmac',
    hash,
    parameters: twoStepParameters,
    keyTypes: anySecret,
  });

const sp800108Modes = [
  ['CTR', 'sp800-108-ctr'],
  ['FB', 'sp800-108-fb'],
  ['DP', 'sp800-108-dp'],
] as const;
function sp800108(short: string, of: KdfFunction, prf: 'hmac' | 'cmac', hash: HashName | undefined): KdfRow {
  const iv = of === 'sp800-108-fb' ? [bytesField('iv')] : [];
  const counter = of === 'sp800-108-ctr' ? counterInCounterMode : counterInOtherModes;
  const name = `SP800-108-${short}-${prf === 'hmac' ? `HMAC-${hash}` : 'CMAC'}`;
  const keyTypes: readonly KeyType[] = prf === 'hmac' ? anySecret : ['aes'];
  return kdf({ name, function: of, prf, ...(hash !== undefined && { hash }), parameters: [...fixedInput, ...iv, ...counter], keyTypes });
}
function sp800108Kmac(strength: 128 | 256): KdfRow {
  const parameters = [bytesField('label'), bytesField('seed')];
  return kdf({
    name: `SP800-108-KMAC-${strength}`,
    function: 'sp800-108-kmac',
    prf: `kmac-${strength}`,
    parameters,
    keyTypes: ['secret', 'kmac'],
  });
}

export const kdfRows: readonly KdfRow[] = [
  ...[hkdf, hkdfExtract, hkdfExpand, pbkdf2, tls12, tls13].flatMap((of) => hashNames.map(of)),
  ...sp800108Modes.flatMap(([short, of]) => [
    ...hashNames.map((hash) => sp800108(short, of, 'hmac', hash)),
    sp800108(short, of, 'cmac', undefined),
  ]),
  sp800108Kmac(128),
  sp800108Kmac(256),
  ...[x963, oneStep, oneStepHmac, twoStep].flatMap((of) => hashNames.map(of)),
  oneStepKmac(128),
  oneStepKmac(256),
  kdf({ name: 'SP800-56C-2STEP-CMAC', function: 'sp800-56c-2step', prf: 'cmac', parameters: twoStepParameters, keyTypes: anySecret }),
  /** RFC 7914: `iterationCount` is N, `memory` the block size r, `parallelism` p. */
  kdf({
    name: 'scrypt',
    function: 'scrypt',
    prf: 'none',
    parameters: [
      bytesField('salt', required),
      numberField('iterationCount', 2, 2 ** 24),
      numberField('memory', 1, 1024),
      numberField('parallelism', 1, 1024),
    ],
    keyTypes: password,
    status: 'other',
    slow: true,
  }),
  /** RFC 9106: `iterationCount` passes over `memory` KiB in `parallelism` lanes; `label` is the associated data, `seed` the secret value. */
  kdf({
    name: 'Argon2id',
    function: 'argon2id',
    prf: 'none',
    parameters: [
      bytesField('salt', { required: true, min: 8 }),
      bytesField('label'),
      bytesField('seed'),
      numberField('iterationCount', 1, 2 ** 16),
      numberField('memory', 8, 2 ** 20),
      numberField('parallelism', 1, 255),
    ],
    keyTypes: password,
    status: 'other',
    slow: true,
  }),
];

function aesWrap(name: string, method: WrapRow['method'], aliases: readonly string[]): WrapRow {
  return { name, aliases, family: 'wrap', kinds: [], parameters: [], status: 'approved', method, keyType: 'aes' };
}
function rsaWrap(method: 'rsa-oaep' | 'rsa-aes-kwp', hash: HashName): WrapRow {
  const start = method === 'rsa-oaep' ? 'RSA-OAEP' : 'RSA-AES-KWP';
  const name = `${start}-${hash}`;
  const parameters = [mgfHash, bytesField('label')];
  return {
    name,
    aliases: hashAliases(name),
    family: 'wrap',
    kinds: [],
    parameters,
    status: hashStatus(hash),
    method,
    keyType: 'rsa',
    hash,
  };
}
const gcmNames = [128, 192, 256].map((bits) => `AES-${bits}-GCM`);

/** SP 800-38F, SP 800-38D, and PKCS#11 v3.1 6.1.22 (an AES key for KWP, itself encrypted with OAEP). */
export const wrapRows: readonly WrapRow[] = [
  aesWrap('AES-KW', 'aes-kw', ['AES-KEYWRAP', 'AES-128-KW', 'AES-192-KW', 'AES-256-KW']),
  aesWrap('AES-KWP', 'aes-kwp', ['AES-KEYWRAP-PAD', 'AES-128-KWP', 'AES-192-KWP', 'AES-256-KWP']),
  aesWrap('AES-GCM', 'aes-gcm', gcmNames),
  ...hashNames.map((hash) => rsaWrap('rsa-oaep', hash)),
  ...hashNames.map((hash) => rsaWrap('rsa-aes-kwp', hash)),
];
