/** Flags of signatures that both making and checking them take. */
import { buildChoiceParser } from '@stricli/core';
import type { AlgorithmParameters } from '../client/index.js';
import { type ByteValue, bytesFlag, resolveBytes } from './byte-value.js';
import type { CliContext } from './context.js';
import { numberFlag, switchFlag, textFlag } from './key-flags.js';
import { canonicalHash } from './wrapping.js';

export interface SignatureFlags {
  readonly format?: string;
  readonly prehashed?: boolean;
  readonly context?: ByteValue;
  readonly saltLength?: number;
  readonly mgfHash?: string;
}

export const signatureFlags = {
  format: {
    kind: 'parsed',
    parse: buildChoiceParser(['p1363', 'der']),
    optional: true,
    placeholder: 'form',
    brief: 'Of an ECDSA signature: p1363 (usual), der (openssl)',
  },
  prehashed: switchFlag('The file is a digest already (ECDSA, RSA)'),
  context: bytesFlag('text', 'Context of ML-DSA, SLH-DSA, Ed448: text, hex:…, @FILE'),
  saltLength: numberFlag('bytes', "Salt of RSA-PSS; the hash's size when not given"),
  mgfHash: textFlag('hash', 'Hash of the mask of RSA-PSS, where it is another one'),
} as const;

/** Fields of the API that these fill. */
export const signatureNames = {
  algorithm: 'algorithm',
  'parameters.signatureFormat': 'format',
  'parameters.prehashed': 'prehashed',
  'parameters.context': 'context',
  'parameters.saltLength': 'saltLength',
  'parameters.mgfHash': 'mgfHash',
  'parameters.deterministic': 'deterministic',
} as const;

export async function signatureParameters(
  context: CliContext,
  flags: SignatureFlags & { readonly deterministic?: boolean },
): Promise<{ parameters?: AlgorithmParameters }> {
  const { format, prehashed, saltLength, mgfHash, deterministic } = flags;
  const parameters = {
    ...(format === undefined ? {} : { signatureFormat: format }),
    ...(prehashed === undefined ? {} : { prehashed }),
    ...(flags.context === undefined ? {} : { context: await resolveBytes(context, flags.context) }),
    ...(saltLength === undefined ? {} : { saltLength }),
    ...(mgfHash === undefined ? {} : { mgfHash: canonicalHash(mgfHash) }),
    ...(deterministic === undefined ? {} : { deterministic }),
  };
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}
