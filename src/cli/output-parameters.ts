/** Flags of hashes and MACs whose output has no fixed length, or that take a word of their own. */
import type { AlgorithmParameters } from '../client/index.js';
import { type ByteValue, bytesFlag, resolveBytes } from './byte-value.js';
import type { CliContext } from './context.js';
import { numberFlag } from './key-flags.js';

export interface OutputParameterFlags {
  readonly length?: number;
  readonly customization?: ByteValue;
}
export const outputParameterFlags = {
  length: numberFlag('bytes', 'Size of the result, where it is not fixed'),
  customization: bytesFlag('text', 'Of cSHAKE and KMAC: text, hex:… or @FILE'),
} as const;

/** Fields of the API that these fill. */
export const outputParameterNames = {
  algorithm: 'algorithm',
  'parameters.outputLength': 'length',
  'parameters.customization': 'customization',
} as const;

export async function outputParameters(
  context: CliContext,
  { length, customization }: OutputParameterFlags,
): Promise<{ parameters?: AlgorithmParameters }> {
  if (length === undefined && customization === undefined) return {};
  return {
    parameters: {
      ...(length === undefined ? {} : { outputLength: length }),
      ...(customization === undefined ? {} : { customization: await resolveBytes(context, customization) }),
    },
  };
}
