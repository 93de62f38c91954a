/** The slow hosts together: a bounded number of children, callers in turn, and never all children for one caller. */
import { KeyslotError } from '../../core/errors.js';
import { GiB, MiB } from '../../core/limits.js';
import { encodeParameter } from '../../protocol/parameters.js';
import type { Call, KdfSpec } from '../contract.js';
import type { HangLimits } from '../hosting/cost.js';
import type { Messages } from '../hosting/generated/messages.js';
import type { HostLog } from '../hosting/host.js';
import { algorithmNumber, keyFormatNumbers, keyHalfNumbers } from '../hosting/host-enumerations.js';
import { memoryOfWork } from '../key-derivation/memory-of-work.js';
import type { DecodedKey, EncodedKey } from '../key-encoding/decoded-key.js';
import { mostScryptMemory } from '../key-encoding/encrypted-pkcs8.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import type { GeneratedPostQuantum, GeneratedRsa, PostQuantumSigning, PostQuantumVerification, SlowHost } from './slow-host.js';
import { SlowHostChild, type SlowWork } from './slow-host-child.js';
import { type SlowJob, SlowQueue } from './slow-queue.js';

/** Most children. Processors are shared with the daemon, which has the higher priority. */
export const mostChildren = 4;

/** Most bytes of password hashing and the like under way in all children together; more waits. */
export const mostMemory = 1536 * MiB;
/** Of one caller; a single derivation takes no more. */
export const mostMemoryByCaller = GiB;
/** Memory of work, in bytes, above which its child ends afterwards: what a library in JavaScript leaves is not given back soon. */
const keptMemory = 64 * MiB;

const privateHalf = keyHalfNumbers.number('private', 'half');

interface Job extends SlowJob {
  /** `free` is called when the child may do something else. */
  readonly start: (child: SlowHostChild, free: () => void) => void;
}

export class SlowHosts implements SlowHost {
  readonly children: readonly SlowHostChild[];
  readonly #queue = new SlowQueue<Job>(mostMemory, { pieces: mostChildren - 1, memory: mostMemoryByCaller });
  readonly #busy = new Set<SlowHostChild>();

  constructor(name: string, hang: HangLimits, log: HostLog) {
    this.children = Array.from({ length: mostChildren }, () => new SlowHostChild(name, hang, log));
  }

  /** Of the first child that runs. */
  get pid(): number | undefined {
    return this.children.find(({ host }) => host.pid !== undefined)?.host.pid;
  }
  /** Starts after the first of each child: ends at a deadline count too. */
  get restarts(): number {
    return this.children.reduce((sum, { host }) => sum + host.restarts, 0);
  }
  get hangs(): number {
    return this.children.reduce((sum, { host }) => sum + host.hangs, 0);
  }

  generateRsa(bits: number, call: Call): Promise<GeneratedRsa> {
    return this.#run('generateRsa', { bits }, call, ({ pkcs8 }) => wipe(pkcs8));
  }

  generatePostQuantum(name: string, call: Call): Promise<GeneratedPostQuantum> {
    return this.#run('generatePostQuantum', { name }, call, ({ seed, privateKey }) => wipe(seed, privateKey));
  }

  async signPostQuantum({ deterministic, ...rest }: PostQuantumSigning, call: Call): Promise<Uint8Array> {
    const input = { ...rest, deterministic: deterministic ? 1 : 0 };
    return (await this.#run('signPostQuantum', input, call, () => undefined)).signature;
  }

  async verifyPostQuantum(verification: PostQuantumVerification, call: Call): Promise<boolean> {
    return (await this.#run('verifyPostQuantum', verification, call, () => undefined)).valid !== 0;
  }

  async derive({ algorithm, parameters }: KdfSpec, secret: Uint8Array, size: number, call: Call): Promise<Uint8Array> {
    const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [encodeParameter(name, value)]));
    const input = { algorithm: algorithmNumber(algorithm), parameters: given, secret, size };
    return (await this.#run('derive', input, call, ({ data }) => wipe(data), memoryOfWork({ algorithm, parameters }))).data;
  }

  async decodeKey({ algorithm, format, keyData, passphrase }: EncodedKey, call: Call): Promise<DecodedKey> {
    const input = { algorithm: algorithmNumber(algorithm), format: keyFormatNumbers.number(format, 'format'), keyData, passphrase };
    const memory = passphrase === undefined || passphrase.length === 0 ? 0 : mostScryptMemory;
    const late = ({ encoded, seed, privateKey }: Messages['decodeKey']['response']) => wipe(encoded, seed, privateKey);
    const { half, ...bytes } = await this.#run('decodeKey', input, call, late, memory);
    return { half: half === privateHalf ? 'private' : 'public', ...bytes };
  }

  async stop(): Promise<void> {
    this.#queue.clear();
    await Promise.all(this.children.map((child) => child.stop()));
  }

  #run<N extends SlowWork>(
    name: N,
    input: Messages[N]['requestInput'],
    call: Call,
    late: (response: Messages[N]['response']) => void,
    memory = 0,
  ): Promise<Messages[N]['response']> {
    return new Promise((resolve, reject) => {
      const start = (child: SlowHostChild, free: () => void): void => {
        const answer = child.run(name, input, call, late);
        const end = () => child.stop();
        const ended = memory > keptMemory ? answer.then(end, end) : answer;
        // Before the answer is passed on, so that who gets it finds the child free.
        ended.then(free, free);
        answer.then(resolve, reject);
      };
      const job: Job = { caller: call.caller, memory, start };
      this.#queue.add(job);
      call.onAbandoned(() => {
        if (this.#queue.remove(job)) reject(new KeyslotError('OPERATION_CANCELLED', 'nobody waits for this work any more'));
      });
      this.#pump();
    });
  }

  #pump(): void {
    for (let child = this.#free(); child !== undefined; child = this.#free()) {
      const job = this.#queue.next();
      if (job === undefined) return;
      const taken = child;
      this.#busy.add(taken);
      job.start(taken, () => {
        this.#busy.delete(taken);
        this.#queue.done(job);
        this.#pump();
      });
    }
  }

  /** The one that can begin soonest: a child that was killed is not waited for while there are others. */
  #free(): SlowHostChild | undefined {
    const free = this.children.filter((child) => !this.#busy.has(child));
    return free.sort((a, b) => a.readiness - b.readiness)[0];
  }
}
