/**
 * Makes an operation context from what a client asks for. The order of checks is part of the contract: id exists → caller's right →
 * permission bit → key fits algorithm → policy → provider can.
 */
import { type OperationRow, operationAlgorithm } from '../core/algorithms.js';
import { KeyslotError } from '../core/errors.js';
import type { ContextKind, Direction } from '../core/permissions.js';
import { maxNameBytes } from '../core/resources.js';
import type { Policy } from '../policy/policy.js';
import { decodeParameters, type WireParameter } from '../protocol/parameters.js';
import { appendTag } from '../providers/appended-tag.js';
import type { OperationSpec, Provider, ProviderOperation } from '../providers/contract.js';
import type { KeyEntry } from './key-entry.js';
import { assertKeyFits } from './key-fit.js';
import { canRun, type ProviderRegistry, type ProviderWish } from './providers-of.js';

export interface ContextWish {
  readonly kind: ContextKind;
  readonly direction: Direction | undefined;
  readonly mode: 'generate' | 'verify' | undefined;
  readonly algorithm: string;
  readonly tagLength: number;
  readonly parameters: readonly WireParameter[];
  readonly provider: ProviderWish;
}

/** @throws PARAM_TRUNCATED, UNSUPPORTED_ALGORITHM, INVALID_ARGUMENT */
export function algorithmOf(name: string): OperationRow {
  if (Buffer.byteLength(name) > maxNameBytes)
    throw new KeyslotError('PARAM_TRUNCATED', `the algorithm's name is longer than ${maxNameBytes} bytes`, { field: 'algorithm' });
  if (name === '') throw new KeyslotError('INVALID_ARGUMENT', 'an algorithm or a profile is needed', { field: 'algorithm' });
  const row = operationAlgorithm(name);
  if (row === undefined) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `the algorithm "${name}" is not known`, { field: 'algorithm' });
  return row;
}

/** @throws UNSUPPORTED_ALGORITHM with the kind of context that does run it */
function assertKind(row: OperationRow, kind: ContextKind): void {
  if (row.kinds.includes(kind)) return;
  throw new KeyslotError('UNSUPPORTED_ALGORITHM', `${row.name} does not run in a ${kind} context; use a ${row.kinds[0]} context`, {
    field: 'algorithm',
  });
}

function tagLengthOf(row: OperationRow, asked: number): number {
  if (row.family !== 'aead') {
    if (asked === 0) return 0;
    throw new KeyslotError('INVALID_ARGUMENT', `${row.name} has no tag`, { field: 'tagLength' });
  }
  const length = asked === 0 ? row.outputSize : asked;
  if (row.tagSizes.includes(length)) return length;
  throw new KeyslotError(
    'INVALID_ARGUMENT',
    `${row.name} has tags of ${[...row.tagSizes].sort((a, b) => a - b).join(', ')} bytes, not ${length}`,
    { field: 'tagLength' },
  );
}

export interface Bound {
  readonly spec: OperationSpec;
  readonly provider: Provider;
  readonly operation: ProviderOperation;
}

/** Checks a wish and makes the provider's operation. `key` is alive, permitted by right, and stays the caller's on error. */
export function bindContext(
  wish: ContextWish,
  key: KeyEntry | undefined,
  owner: number,
  uid: number,
  registry: ProviderRegistry,
  policy: Policy,
): Bound {
  key?.assertAlive();
  key?.assertPermitted(wish.kind, wish.direction);
  const algorithm = algorithmOf(wish.algorithm);
  assertKind(algorithm, wish.kind);
  if (key !== undefined) assertKeyFits(algorithm, wish.kind, wish.direction, key.key);
  const parameters = decodeParameters(algorithm.name, algorithm.parameters, wish.parameters);
  const tagLength = tagLengthOf(algorithm, wish.tagLength);
  const answer = policy({ uid, kind: wish.kind, direction: wish.direction, algorithm, keyLength: key?.key.keyLength ?? 0 });
  if (!answer.allowed)
    throw new KeyslotError('ACCESS_DENIED', `the policy does not allow ${algorithm.name}: ${answer.reason}`, { field: 'algorithm' });
  const fits = canRun(algorithm, wish.kind, parameters, tagLength);
  const provider = key === undefined ? registry.choose(wish.provider, fits) : registry.ofKey(key.key.provider, wish.provider);
  const fit = fits(provider);
  if (fit !== true) throw new KeyslotError('UNSUPPORTED_ALGORITHM', `provider ${provider.name}: ${fit}`, { field: 'algorithm' });
  if (key?.key.isFor?.(algorithm) === false) {
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `a ${key.key.algorithm.name} key of the vault is not for ${algorithm.name}`, {
      field: 'algorithm',
    });
  }
  const spec: OperationSpec = {
    kind: wish.kind,
    algorithm,
    direction: wish.direction,
    mode: wish.mode,
    tagLength,
    parameters,
    key: key?.key,
    owner,
  };
  return { spec, provider, operation: createOperation(provider, spec) };
}

/** An AEAD algorithm in a cipher context is the AEAD operation with its tag appended. */
function createOperation(provider: Provider, spec: OperationSpec): ProviderOperation {
  if (spec.kind !== 'cipher' || spec.algorithm.family !== 'aead') return provider.createOperation(spec);
  const direction = spec.direction ?? 'encrypt';
  return appendTag(provider.createOperation({ ...spec, kind: 'aead' }), direction, spec.tagLength);
}
