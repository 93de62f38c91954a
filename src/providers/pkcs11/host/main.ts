/** Program: the host of one token. keyslotd starts it, with the control channel on descriptor 3 and the PIN on 4. */
import { closeSync } from 'node:fs';
import { KeyslotError } from '../../../core/errors.js';
import type { Answer } from '../../contract.js';
import { buildId } from '../../hosting/build-id.js';
import { type Messages, messages } from '../../hosting/generated/messages.js';
import { hostTable } from '../../hosting/host-operations.js';
import { type HostHandlers, serveHost } from '../../hosting/serve-host.js';
import { parseTokenUri } from '../pkcs11-uri.js';
import { HostContext } from './host-context.js';
import { HostKeys } from './keys.js';
import { finalise, type Handle, loadModule, type Module } from './module.js';
import { HostOperations } from './operations.js';
import { generateRandom, seedRandom } from './random.js';
import { meansLoss, tokenError } from './return-values.js';
import { HostSlots } from './slots.js';
import { describeLibrary, findToken, openToken, type TokenChoice } from './token.js';

const pinDescriptor = 4;
const build = buildId(hostTable);

/** The parts, once the token is open. */
interface Parts {
  readonly context: HostContext;
  readonly operations: HostOperations;
  readonly keys: HostKeys;
  readonly slots: HostSlots;
}
let parts: Parts | undefined;

function opened(): Parts {
  if (parts === undefined) throw new KeyslotError('INVALID_OPERATION', 'the token is not open yet');
  return parts;
}

type Request<N extends keyof Messages> = Messages[N]['request'];
type Answers<N extends keyof Messages> = Messages[N]['responseInput'];

/** What hello has settled. */
interface Setting {
  readonly module: Module;
  readonly choice: TokenChoice;
  readonly sessions: number;
  readonly streamTimeout: number;
}
let setting: Setting | undefined;

async function hello(request: Request<'hello'>): Promise<Answers<'hello'>> {
  if (request.build !== build) throw new KeyslotError('PROTOCOL_VERSION', 'this host is of another build than the daemon');
  const module = loadModule(request.module);
  const choice = { modulePath: request.module, selector: parseTokenUri(request.token, 'token'), pinDescriptor };
  const { sessions, streamTimeout } = request;
  const { slot, identity } = await findToken(module, choice.selector);
  setting = { module, choice, sessions, streamTimeout };
  return { build, ...identity, library: describeLibrary(module), mechanisms: listMechanisms(module, slot) };
}

async function login(): Promise<Answers<'login'>> {
  if (setting === undefined) throw new KeyslotError('INVALID_OPERATION', 'hello comes first');
  const { module, choice, sessions, streamTimeout } = setting;
  const result = await openToken(module, choice);
  closeSync(pinDescriptor);
  if (result.state === 'refused') return { refused: result.returnValue };
  const context = new HostContext(result.token, sessions);
  parts = {
    context,
    operations: new HostOperations(context, streamTimeout),
    keys: new HostKeys(context),
    slots: new HostSlots(context),
  };
  return {};
}

function listMechanisms(module: Module, slot: Handle): Answers<'hello'>['mechanisms'] {
  return module.C_GetMechanismList(slot).flatMap((type) => {
    try {
      return [{ type, ...module.C_GetMechanismInfo(slot, type) }];
    } catch {
      // Listed but not told about: as good as absent.
      return [];
    }
  });
}

function counters(): Answers<'counters'> {
  const { context, operations } = opened();
  return {
    open: context.openSessions,
    busy: context.pool.busy,
    owner: context.owners.size,
    streams: operations.streams.size,
    keys: context.keys.size,
  };
}

/** Answers with nothing. */
function nothing(done: Answer<void>): Answer<Record<never, never>> {
  return done instanceof Promise ? done.then(() => ({})) : {};
}

const handlers: HostHandlers<Messages> = {
  hello,
  login,
  operate: (request) => opened().operations.operate(request),
  beginStream: (request) => opened().operations.beginStream(request),
  updateStream: (request) => opened().operations.updateStream(request),
  finishStream: (request) => opened().operations.finishStream(request),
  abortStream: ({ stream }) => nothing(opened().operations.streams.abort(stream)),
  generateRandom: async ({ size }) => ({ data: await generateRandom(opened().context, size) }),
  seedRandom: ({ seed }) => nothing(seedRandom(opened().context, seed)),
  generateKey: (request) => opened().keys.generate(request),
  importKey: (request) => opened().keys.import(request),
  loadKey: (request) => opened().keys.load(request),
  publicHalf: (request) => opened().keys.publicHalf(request),
  releaseKey: ({ key }) => nothing(opened().keys.release(key)),
  closeOwner: ({ owner }) => nothing(opened().keys.closeOwner(owner)),
  exportPublic: ({ key }) => ({ data: opened().keys.exportPublic(key) }),
  exportSecret: ({ key }) => ({ data: opened().keys.exportSecret(key) }),
  agreeKey: (request) => opened().keys.agree(request),
  wrapKey: (request) => opened().keys.wrap(request),
  unwrapKey: (request) => opened().keys.unwrap(request),
  findObjects: (request) => opened().slots.find(request),
  storeKey: (request) => opened().slots.store(request),
  destroyObjects: (request) => opened().slots.destroy(request),
  counters,
};

/** Time for the answer to leave before the process does. */
const farewell = 50;
const exitOfLostToken = 3;

/** Errors become Keyslot's. Where the token or the login is lost, only a new host helps. */
function translated(handler: (request: never) => Answer<object>): (request: never) => Answer<object> {
  const fail = (error: unknown): never => {
    if (parts !== undefined && meansLoss(error)) setTimeout(() => process.exit(exitOfLostToken), farewell);
    throw tokenError(error);
  };
  return (request) => {
    try {
      const answer = handler(request);
      return answer instanceof Promise ? answer.catch(fail) : answer;
    } catch (error) {
      return fail(error);
    }
  };
}

serveHost<Messages>({
  messages,
  handlers: Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, translated(handler)])) as HostHandlers<Messages>,
  onEnd: () => {
    if (parts !== undefined) finalise(parts.context.token.module);
  },
});
