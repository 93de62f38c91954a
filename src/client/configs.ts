/** Configurations of contexts, and the request that each becomes. */
import { KeyslotError } from '../core/errors.js';
import type { CryptoResourceId } from '../core/resources.js';
import { type ContextKind, type Direction, type OperationMode, type ProviderSelection, providerSelections } from '../core/vocabulary.js';
import { contextKindNumbers, directionNumbers, operationModeNumbers, providerSelectionNumbers } from '../protocol/enumerations.js';
import type { CreateContextRequestInput } from '../protocol/generated/messages.js';
import { encodeParameter, type WireParameter } from '../protocol/parameters.js';

export interface AlgorithmParameters {
  [name: string]: string | number | boolean | Uint8Array | undefined;
}
export interface BaseContextConfig {
  /** A provider id, a provider's name, or a selection. Keyed contexts default to the key's provider. */
  provider?: number | string | CryptoResourceId | ProviderSelection;
  /** Milliseconds that each call of the context has, unless the call says otherwise. */
  operationTimeout?: number;
  disableTimeout?: boolean;
  /** By algorithm: `signatureFormat` ('p1363' default, 'der'), `saltLength`, `outputLength` … */
  parameters?: AlgorithmParameters;
}
/** Either an algorithm (≤ 64 bytes) or the name of a profile that decides it. */
export type AlgorithmChoice = { algorithm: string; profile?: never } | { profile: string; algorithm?: never };
export interface Keyed {
  /** A slot (the daemon loads it) or a key (guard or id). */
  key: CryptoResourceId;
}
export type HashContextConfig = BaseContextConfig & AlgorithmChoice;
export type RandomContextConfig = BaseContextConfig & Partial<AlgorithmChoice>;
export type KeyManagementContextConfig = BaseContextConfig;
export type MacContextConfig = BaseContextConfig & AlgorithmChoice & Keyed & { mode?: OperationMode };
export type CipherContextConfig = BaseContextConfig & AlgorithmChoice & Keyed & { direction: Direction };
export type AeadContextConfig = BaseContextConfig & AlgorithmChoice & Keyed & { direction: Direction; tagLength?: number };
export type SignContextConfig = BaseContextConfig & AlgorithmChoice & Keyed;
export type VerifySignatureContextConfig = BaseContextConfig & AlgorithmChoice & Keyed;

type AnyConfig = BaseContextConfig & {
  algorithm?: string | undefined;
  profile?: string | undefined;
  key?: CryptoResourceId;
  mode?: OperationMode;
  direction?: Direction;
  tagLength?: number;
};

const selections: ReadonlySet<string> = new Set(providerSelections);

/** @throws INVALID_ARGUMENT */
export function idOf(resource: CryptoResourceId, field: string): number {
  const id = (resource as CryptoResourceId | undefined)?.id;
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id;
  throw new KeyslotError('INVALID_ARGUMENT', `${field} must be a resource id or a guard`, { field });
}

/** @throws INVALID_ARGUMENT that names the field, `of` and its name */
export function parameterList(parameters: AlgorithmParameters | undefined, of: string): WireParameter[] {
  return Object.entries(parameters ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [encodeParameter(name, value, of)]));
}

function providerFields(provider: BaseContextConfig['provider']): CreateContextRequestInput {
  if (provider === undefined) return {};
  if (typeof provider === 'number') {
    if (!Number.isInteger(provider) || provider < 1 || provider > 65_535)
      throw new KeyslotError('INVALID_ARGUMENT', 'a provider id is a number from 1 to 65535', { field: 'provider' });
    return { provider };
  }
  if (typeof provider !== 'string') return { providerResource: idOf(provider, 'provider') };
  if (selections.has(provider)) return { selection: providerSelectionNumbers.number(provider as ProviderSelection, 'provider') };
  return { providerName: provider };
}

export function createRequest(kind: ContextKind, config: AnyConfig): CreateContextRequestInput {
  const { tagLength = 0 } = config;
  if (!Number.isInteger(tagLength) || tagLength < 0 || tagLength > 65_536)
    throw new KeyslotError('INVALID_ARGUMENT', 'tagLength must be a whole number of bytes', { field: 'tagLength' });
  const parameters = parameterList(config.parameters, 'parameters');
  return {
    kind: contextKindNumbers.number(kind, 'kind'),
    direction: directionNumbers.number(config.direction, 'direction'),
    mode: operationModeNumbers.number(config.mode, 'mode'),
    algorithm: config.algorithm,
    profile: config.profile,
    key: config.key === undefined ? 0 : idOf(config.key, 'key'),
    tagLength,
    parameters,
    ...providerFields(config.provider),
  };
}
