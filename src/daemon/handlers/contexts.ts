/** Making, resetting and closing contexts. */
import { KeyslotError } from '../../core/errors.js';
import { blockSize, longestOutput, outputSize } from '../../core/sizes.js';
import type { ContextKind } from '../../core/vocabulary.js';
import { contextKindNumbers, directionNumbers, operationModeNumbers, providerSelectionNumbers } from '../../protocol/enumerations.js';
import type { CreateContextRequest, CreateContextResponseInput } from '../../protocol/generated/messages.js';
import { andThen } from '../../providers/answer.js';
import { algorithmOf, bindContext, type ContextWish } from '../bind-context.js';
import type { KeyEntry } from '../key-entry.js';
import { OperationContext } from '../operation-context.js';
import type { ProviderWish } from '../providers-of.js';
import { keyOrStandIn } from '../public-stand-in.js';
import type { RequestCall } from '../request-call.js';
import { type Handlers, Made, type Services } from '../services.js';
import type { Session } from '../session.js';
import { keyOf, resourceOf } from './lookups.js';

type Created = Made<CreateContextResponseInput>;

const keyed: ReadonlySet<ContextKind> = new Set(['mac', 'cipher', 'aead', 'sign', 'verify']);

function providerWish(session: Session, request: CreateContextRequest): ProviderWish {
  const selection = providerSelectionNumbers.name(request.selection, 'provider') ?? 'default';
  if (request.providerResource === 0) return { id: request.provider, name: request.providerName, selection };
  const resource = resourceOf(session, request.providerResource, 'provider');
  if (resource.kind !== 'provider')
    throw new KeyslotError('INVALID_RESOURCE_TYPE', `the id is of a ${resource.kind}, not of a provider`, { field: 'provider' });
  return { id: resource.provider.id, name: '', selection };
}

function wishOf(session: Session, kind: ContextKind, request: CreateContextRequest): ContextWish {
  if (request.profile !== '')
    throw new KeyslotError('RESOURCE_NOT_FOUND', `there is no profile "${request.profile}"`, { field: 'profile' });
  const direction = directionNumbers.name(request.direction, 'direction');
  if ((kind === 'cipher' || kind === 'aead') && direction === undefined)
    throw new KeyslotError('INVALID_ARGUMENT', 'a direction is needed: encrypt or decrypt', { field: 'direction' });
  const mode = operationModeNumbers.name(request.mode, 'mode') ?? (kind === 'mac' ? 'generate' : undefined);
  return {
    kind,
    direction,
    mode,
    algorithm: request.algorithm,
    tagLength: request.tagLength,
    parameters: request.parameters,
    provider: providerWish(session, request),
  };
}

function streamContext(session: Session, wish: ContextWish, key: KeyEntry | undefined, services: Services): Created {
  const { spec, provider, operation } = bindContext(wish, key, session.owner, session.caller.uid, services.registry, services.policy);
  let context: number;
  try {
    context = session.addContext({ kind: 'stream', operation: new OperationContext(spec, operation, key, session.quota, services.limits) });
  } catch (error) {
    operation.close();
    throw error;
  }
  const response = {
    context,
    provider: provider.id,
    outputSize: outputSize(spec.algorithm, spec.key?.keyLength ?? 0, spec.parameters, spec.tagLength),
    blockSize: blockSize(spec.algorithm, spec.parameters),
    algorithm: spec.algorithm.name,
    outputAtEnd: operation.gathersData === true ? 1 : 0,
    longestOutput: longestOutput(spec.algorithm, spec.key?.keyLength ?? 0),
  };
  return new Made(response, () => session.closeContext(context));
}

function randomContext(session: Session, wish: ContextWish, services: Services): Created {
  const row = algorithmOf(wish.algorithm === '' ? 'CTR-DRBG' : wish.algorithm);
  if (row.family !== 'random')
    throw new KeyslotError('UNSUPPORTED_ALGORITHM', `${row.name} does not run in a random context; use a ${row.kinds[0]} context`, {
      field: 'algorithm',
    });
  const provider = services.registry.choose(wish.provider, (candidate) => candidate.supports(row, 'random', {}, 0));
  const context = session.addContext({ kind: 'random', provider });
  return new Made({ context, provider: provider.id, algorithm: row.name }, () => session.closeContext(context));
}

function keyManagementContext(session: Session, wish: ContextWish, services: Services): Created {
  const provider = services.registry.choose(wish.provider, () => true);
  const context = session.addContext({ kind: 'keyManagement', provider, guards: new Set() });
  return new Made({ context, provider: provider.id }, () => session.closeContext(context));
}

async function create(session: Session, request: CreateContextRequest, call: RequestCall, services: Services): Promise<Created> {
  const kind = contextKindNumbers.given(request.kind, 'kind');
  if (keyed.has(kind)) {
    let key = await keyOf(session, request.key, call);
    try {
      const wish = wishOf(session, kind, request);
      key = await keyOrStandIn(key, wish, session.owner, services.registry, call);
      return streamContext(session, wish, key, services);
    } catch (error) {
      key.release();
      throw error;
    }
  }
  const wish = wishOf(session, kind, request);
  if (kind === 'random') return randomContext(session, wish, services);
  if (kind === 'keyManagement') return keyManagementContext(session, wish, services);
  return streamContext(session, wish, undefined, services);
}

export const contextHandlers: Handlers<'createContext' | 'closeContext' | 'resetContext'> = {
  createContext: create,
  closeContext(session, request) {
    session.closeContext(request.context);
    return {};
  },
  resetContext(session, request, call) {
    return andThen(session.context(request.context, 'stream').operation.reset(call), () => ({}));
  },
};
