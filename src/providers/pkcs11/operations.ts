/** From what the daemon asks for to the plan of an operation on the token: one row per family. */
import { type DigestSignatureRow, type HashName, hashSizes, type OperationRow } from '../../core/algorithms.js';
import { KeyslotError } from '../../core/errors.js';
import type { OperationSpec, ParameterValues, Provider, ProviderOperation } from '../contract.js';
import { fittingKey } from '../fitting-key.js';
import type { CostClass } from '../hosting/cost.js';
import { algorithmNumber, hashNumbers, type OperationUse, operationUseNumbers } from '../hosting/host-enumerations.js';
import { quirksOfFacts } from './capabilities.js';
import { TokenOperation } from './operation.js';
import { ownKey, type TokenKey } from './token-key.js';
import type { TokenLink } from './token-link.js';

type Family = OperationRow['family'];

interface FamilyPlan {
  readonly cost: CostClass;
  readonly use: (spec: OperationSpec) => OperationUse | undefined;
  /** The whole message must be there before work starts. */
  readonly gathers?: boolean;
}

function crypts({ direction }: OperationSpec): OperationUse {
  return direction === 'decrypt' ? 'decrypt' : 'encrypt';
}
function signs({ kind }: OperationSpec): OperationUse | undefined {
  return kind === 'sign' || kind === 'verify' ? kind : undefined;
}

const macs: FamilyPlan = { cost: 'short', use: () => 'mac' };
const rsaCrypts: FamilyPlan = { cost: 'rsa', use: crypts, gathers: true };
const rsaSigns: FamilyPlan = { cost: 'rsa', use: signs };

/** What runs on tokens. */
const families: Partial<Readonly<Record<Family, FamilyPlan>>> = {
  hash: { cost: 'short', use: () => 'hash' },
  hmac: macs,
  cmac: macs,
  gmac: macs,
  cipher: { cost: 'short', use: crypts },
  'rsa-oaep': rsaCrypts,
  'rsa-pkcs1-encryption': rsaCrypts,
  aead: { cost: 'short', use: crypts },
  ecdsa: { cost: 'ecdsa', use: signs },
  'rsa-pss': rsaSigns,
  'rsa-pkcs1': rsaSigns,
  eddsa: { cost: 'ecdsa', use: signs, gathers: true },
};

/** @throws UNSUPPORTED_ALGORITHM, INCOMPATIBLE_KEY_TYPE, CROSS_PROVIDER_INCOMPATIBLE, INVALID_ARGUMENT */
export function createOperation(spec: OperationSpec, provider: Provider, link: TokenLink): ProviderOperation {
  const { algorithm, parameters } = spec;
  const family = families[algorithm.family];
  const use = family?.use(spec);
  if (family === undefined || use === undefined) {
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `tokens do not run ${algorithm.name} in a ${spec.kind} context`, {
      field: 'algorithm',
    });
  }
  const key = algorithm.family === 'hash' ? undefined : fittingKey(ownKey(spec.key, provider), spec.algorithm);
  const job = {
    algorithm: algorithmNumber(algorithm),
    use: operationUseNumbers.number(use, 'use'),
    tagLength: algorithm.family === 'aead' ? spec.tagLength : 0,
    outputLength: typeof parameters.outputLength === 'number' ? parameters.outputLength : 0,
    saltLength: algorithm.family === 'rsa-pss' ? saltLength(algorithm, parameters, key) : 0,
    derSignature: parameters.signatureFormat === 'der' ? 1 : 0,
    mgfHash: hashNumbers.number(parameters.mgfHash as HashName | undefined, 'mgfHash'),
    label: parameters.label instanceof Uint8Array ? parameters.label : undefined,
    unpadded: parameters.padding === 'none' ? 1 : 0,
    prehashed: parameters.prehashed === true ? 1 : 0,
  };
  const { longestNonce } = quirksOfFacts(link.facts);
  return new TokenOperation(link, {
    use,
    cost: family.cost,
    job,
    key,
    longestNonce,
    gathers: family.gathers === true || parameters.prehashed === true,
    compares: use === 'mac',
  });
}

/** At most what the modulus leaves room for (RFC 8017 9.1.1). @throws INVALID_ARGUMENT with field `parameters.saltLength` */
function saltLength({ hash }: DigestSignatureRow, parameters: ParameterValues, key: TokenKey | undefined): number {
  const digestSize = hashSizes[hash];
  const length = typeof parameters.saltLength === 'number' ? parameters.saltLength : digestSize;
  const keyLength = key?.keyLength ?? 0;
  const longest = Math.ceil((keyLength - 1) / 8) - digestSize - 2;
  if (length <= longest) return length;
  throw new KeyslotError('INVALID_ARGUMENT', `a key of ${keyLength} bits leaves room for a salt of at most ${longest} bytes`, {
    field: 'parameters.saltLength',
  });
}
