/** The steps of a streaming context, and random numbers. */
import { KeyslotError } from '../../core/errors.js';
import { andThen } from '../../providers/answer.js';
import type { Finalized, Verified } from '../../providers/contract.js';
import type { Handlers } from '../services.js';

interface IvFields {
  readonly iv: Uint8Array;
  readonly hasIv: number;
}
function ivOf(request: IvFields): Uint8Array | undefined {
  return request.hasIv !== 0 ? request.iv : undefined;
}

const finalized = ({ data, tag }: Finalized) => ({ data, tag });
const verified = ({ valid, data }: Verified) => ({ valid: valid ? 1 : 0, data });
const done = () => ({});

export const streamHandlers: Handlers<
  'init' | 'updateAad' | 'update' | 'finalize' | 'verifyFinalize' | 'singleShot' | 'verifySingleShot' | 'randomGenerate' | 'randomSeed'
> = {
  init: (session, request, call) => andThen(session.context(request.context, 'stream').operation.init(ivOf(request), call), done),
  updateAad: (session, request, call) => andThen(session.context(request.context, 'stream').operation.updateAad(request.aad, call), done),
  update: (session, request, call) =>
    andThen(session.context(request.context, 'stream').operation.update(request.data, call), (data) => ({ data })),
  finalize: (session, request, call) => andThen(session.context(request.context, 'stream').operation.finalize(call), finalized),
  verifyFinalize: (session, request, call) =>
    andThen(session.context(request.context, 'stream').operation.verify(request.expected, call), verified),
  singleShot(session, request, call) {
    const message = { iv: ivOf(request), aad: request.aad, data: request.data };
    return andThen(session.context(request.context, 'stream').operation.singleShot(message, call), finalized);
  },
  verifySingleShot(session, request, call) {
    const message = { iv: ivOf(request), aad: request.aad, data: request.data };
    return andThen(session.context(request.context, 'stream').operation.verifySingleShot(message, request.expected, call), verified);
  },
  randomGenerate(session, request, call, services) {
    const { provider } = session.context(request.context, 'random');
    if (request.size > services.limits.bulk) {
      throw new KeyslotError('QUOTA_EXCEEDED', `at most ${services.limits.bulk} random bytes are given at once`, { field: 'size' });
    }
    return andThen(provider.random(request.size, call), (data) => ({ data }));
  },
  randomSeed(session, request, call) {
    return andThen(session.context(request.context, 'random').provider.seedRandom(request.seed, call), done);
  },
};
