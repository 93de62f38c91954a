/** The daemon's end of one token host: how it is started, what is known of the token, what is asked and counted. */
import { type BigIntStats, closeSync, fstatSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { KeyslotError } from '../../core/errors.js';
import type { Call, ProviderState, TokenIdentity } from '../contract.js';
import { buildId } from '../hosting/build-id.js';
import type { CostClass, HangLimits } from '../hosting/cost.js';
import { type Mechanism, type Messages, operations } from '../hosting/generated/messages.js';
import { type Ask, Host, type HostLog, HostRefused } from '../hosting/host.js';
import { hostTable } from '../hosting/host-operations.js';
import type { SystemUser } from '../system-users.js';
import { checkTrustedFile, openTrustedFile } from '../trusted-file.js';
import { patientCall } from './calls.js';
import { hostUser } from './host-user.js';
import { PinMemory } from './pin-memory.js';
import { parseTokenUri, selectsToken } from './pkcs11-uri.js';
import type { StateFolder } from './state-folder.js';

export interface TokenLinkOptions {
  readonly name: string;
  /** Path of the PKCS#11 module. */
  readonly module: string;
  /** RFC 7512 URI that selects one token. */
  readonly token: string;
  readonly pinFile: string;
  /** Most sessions on which operations run. */
  readonly sessions: number;
  /** The host's own user; the daemon's when undefined. */
  readonly user: string | undefined;
  /** All of the host's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly hang: HangLimits;
  /** Milliseconds after which an idle stream loses its session. */
  readonly streamTimeout: number;
  readonly log: HostLog;
}

/** What the host told of its token. */
export interface TokenFacts {
  readonly identity: TokenIdentity;
  readonly library: string;
  readonly mechanisms: ReadonlyMap<number, Mechanism>;
}

export type Counters = Readonly<Record<'open' | 'busy' | 'owner', number>>;

export interface LinkListener {
  /** The token is there: requests can be made, and go out once the host serves. */
  ready(facts: TokenFacts): void;
  /** All that the host held is gone. */
  lost(): void;
}

type Request<N extends keyof Messages> = Messages[N]['requestInput'];
type Response<N extends keyof Messages> = Messages[N]['response'];

const script = fileURLToPath(new URL('./host/main.js', import.meta.url));
const build = buildId(hostTable);
const noCounters: Counters = { open: 0, busy: 0, owner: 0 };
const countersDelay = 50;
const pinWatchInterval = 1000;
/** Threads for what Node itself does, beside one for each session. */
const spareThreads = 4;

export class TokenLink {
  readonly #options: TokenLinkOptions;
  readonly #listener: LinkListener;
  readonly #pin: PinMemory;
  #host: Host<Messages> | undefined;
  #facts: TokenFacts | undefined;
  #counters = noCounters;
  #countersTimer: NodeJS.Timeout | undefined;
  #pinWatch: NodeJS.Timeout | undefined;
  /** Of the file that the host was given. */
  #pinStats: BigIntStats | undefined;
  #lastNumber = 0;
  /** Changes when all that a host held is lost. */
  epoch = 0;

  constructor(options: TokenLinkOptions, folder: StateFolder, listener: LinkListener) {
    this.#options = options;
    this.#listener = listener;
    this.#pin = new PinMemory(folder, options);
  }

  /** Undefined until the token was first seen; what is known stays when it goes away. */
  get facts(): TokenFacts | undefined {
    return this.#facts;
  }

  /** @throws INVALID_ARGUMENT, ACCESS_DENIED, RESOURCE_NOT_FOUND for a configuration that can't work */
  async start(): Promise<void> {
    const { module, token, user } = this.#options;
    parseTokenUri(token, 'token');
    checkTrustedFile(module, { what: 'PKCS#11 module', field: 'module', secret: false });
    this.#host ??= this.#makeHost(user === undefined ? undefined : hostUser(user));
    await this.#host.start();
    this.#pinWatch ??= setInterval(() => this.#startAfterNewPin(), pinWatchInterval).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#pinWatch);
    clearTimeout(this.#countersTimer);
    await this.#host?.stop();
    this.#lose();
  }

  #makeHost(user: SystemUser | undefined): Host<Messages> {
    const { name, sessions, env, hang, log } = this.#options;
    return new Host<Messages>({
      name,
      script,
      codecs: operations,
      env,
      threads: sessions + spareThreads,
      uid: user?.uid,
      gid: user?.gid,
      hang,
      log,
      descriptors: () => [this.#openPin()],
      prepare: (ask) => this.#prepare(ask),
      onLost: () => this.#lose(),
    });
  }

  #openPin(): number {
    const descriptor = openTrustedFile(this.#options.pinFile, { what: 'PIN file', field: 'pin.file', secret: true });
    try {
      this.#pinStats = fstatSync(descriptor, { bigint: true });
      const objection = this.#pin.objection(this.#pinStats);
      if (objection !== undefined) throw new HostRefused(objection);
      return descriptor;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  async #prepare(ask: Ask<Messages>): Promise<void> {
    const { module, token, sessions, streamTimeout } = this.#options;
    const path = checkTrustedFile(module, { what: 'PKCS#11 module', field: 'module', secret: false });
    this.#meet(await ask('hello', { build, module: path, token, sessions, streamTimeout }));
    await this.#login(ask);
    this.#counters = noCounters;
    if (this.#facts !== undefined) this.#listener.ready(this.#facts);
    this.#countSoon();
  }

  async #login(ask: Ask<Messages>): Promise<void> {
    if (this.#pinStats !== undefined) this.#pin.trying(this.#pinStats);
    let refused: number;
    try {
      ({ refused } = await ask('login', {}));
    } catch (error) {
      // A host that was lost in the middle may have logged in; one that answers with an error has not been judged.
      if (!(error instanceof KeyslotError) || error.code !== 'OUTCOME_UNKNOWN') this.#pin.notJudged();
      throw error;
    }
    if (refused === 0) return this.#pin.accepted();
    this.#pin.refused(refused);
    throw new HostRefused(this.#pin.standingObjection ?? 'the token refused the PIN');
  }

  #meet(answer: Response<'hello'>): void {
    const { build: hostBuild, label, serial, model, manufacturer, library } = answer;
    const identity = { label, serial, model, manufacturer };
    if (hostBuild !== build) throw new KeyslotError('PROTOCOL_VERSION', 'the host is of another build than the daemon');
    if (!selectsToken(parseTokenUri(this.#options.token, 'token'), identity)) {
      throw new KeyslotError('PROVIDER_NOT_AVAILABLE', 'the host opened another token than the one that was asked for');
    }
    this.#facts = { identity, library, mechanisms: new Map(answer.mechanisms.map((mechanism) => [mechanism.type, mechanism])) };
  }

  #lose(): void {
    this.epoch += 1;
    this.#counters = noCounters;
    this.#listener.lost();
  }

  #startAfterNewPin(): void {
    if (this.#host?.state.kind === 'refused' && this.#pin.standingObjection === undefined) void this.#host.start();
  }

  /** A number for a key or a stream, never used before in this daemon. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  /** @throws (rejects) PROVIDER_NOT_AVAILABLE, OUTCOME_UNKNOWN, OPERATION_CANCELLED, and the host's own errors */
  async request<N extends keyof Messages>(
    name: N,
    input: Request<N>,
    cost: CostClass,
    call: Call,
    onLate?: (response: Response<N>) => void,
  ): Promise<Response<N>> {
    if (this.#host === undefined) throw new KeyslotError('PROVIDER_NOT_AVAILABLE', `provider ${this.#options.name} is not started`);
    try {
      return (await this.#host.request(name, input as never, {
        cost,
        call,
        ...(onLate === undefined ? {} : { onLate: onLate as never }),
      })) as Response<N>;
    } finally {
      this.#countSoon();
    }
  }

  /** A request whose answer nobody needs; when it fails, what it would have freed is gone or goes with the host. */
  tell<N extends 'abortStream' | 'releaseKey' | 'closeOwner'>(name: N, input: Request<N>, caller: number): void {
    this.request(name, input, 'short', patientCall(caller)).catch(() => undefined);
  }

  /** Asked after activity only: answers to it must not hide that other work hangs. */
  #countSoon(): void {
    this.#countersTimer ??= setTimeout(() => {
      this.#countersTimer = undefined;
      void this.#count();
    }, countersDelay).unref();
  }

  async #count(): Promise<void> {
    const { epoch } = this;
    try {
      if (this.#host?.state.kind !== 'ready') return;
      const { open, busy, owner } = (await this.#host.request(
        'counters',
        {},
        { cost: 'short', call: patientCall(0) },
      )) as Response<'counters'>;
      if (this.epoch === epoch) this.#counters = { open, busy, owner };
    } catch {
      // Lost meanwhile; its counters are zero.
    }
  }

  get state(): { readonly state: ProviderState; readonly reason?: string } {
    const state = this.#host?.state ?? { kind: 'stopped' as const };
    switch (state.kind) {
      case 'ready':
      case 'starting':
        return { state: state.kind };
      case 'stopped':
        return { state: 'unavailable', reason: 'it is not started' };
      case 'ending':
        return { state: 'unavailable', reason: 'its host is being replaced' };
      default:
        return { state: 'unavailable', reason: state.reason };
    }
  }

  get process(): { readonly hostPid: number | null; readonly restarts: number; readonly hangs: number } {
    const host = this.#host;
    return { hostPid: host?.pid ?? null, restarts: host?.restarts ?? 0, hangs: host?.hangs ?? 0 };
  }

  get sessions(): Counters & { readonly quarantined: number } {
    return { ...this.#counters, quarantined: this.#host?.quarantined ?? 0 };
  }
}
