/** The slow hosts together: a bounded number of children, callers in turn, and never all children for one caller. */
import { KeyslotError } from '../../core/errors.js';
import { encodeParameter } from '../../protocol/parameters.js';
import type { Call, KdfSpec } from '../contract.js';
import type { HangLimits } from '../hosting/cost.js';
import type { Messages } from '../hosting/generated/messages.js';
import type { HostLog } from '../hosting/host.js';
import { algorithmNumber, keyFormatNumbers } from '../hosting/host-enumerations.js';
import { wipe } from '../key-encoding/secret-bytes.js';
import type {
  EncryptedKey,
  GeneratedPostQuantum,
  GeneratedRsa,
  PostQuantumSigning,
  PostQuantumVerification,
  SlowHost,
} from './slow-host.js';
import { SlowHostChild, type SlowWork } from './slow-host-child.js';

/** Most children. Processors are shared with the daemon, which has the higher priority. */
export const mostChildren = 4;

interface Job {
  readonly caller: number;
  readonly start: (child: SlowHostChild) => Promise<void>;
}

export class SlowHosts implements SlowHost {
  readonly children: readonly SlowHostChild[];
  /** Callers in the order of their turns. */
  readonly #waiting = new Map<number, Job[]>();
  readonly #running = new Map<number, number>();

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
    return (await this.#run('derive', input, call, ({ data }) => wipe(data))).data;
  }

  async decryptKey({ algorithm, format, keyData, passphrase }: EncryptedKey, call: Call): Promise<Uint8Array> {
    const input = { algorithm: algorithmNumber(algorithm), format: keyFormatNumbers.number(format, 'format'), keyData, passphrase };
    return (await this.#run('decryptKey', input, call, ({ pkcs8 }) => wipe(pkcs8))).pkcs8;
  }

  async stop(): Promise<void> {
    this.#waiting.clear();
    await Promise.all(this.children.map((child) => child.stop()));
  }

  #run<N extends SlowWork>(
    name: N,
    input: Messages[N]['requestInput'],
    call: Call,
    late: (response: Messages[N]['response']) => void,
  ): Promise<Messages[N]['response']> {
    return new Promise((resolve, reject) => {
      const job: Job = { caller: call.caller, start: (child) => child.run(name, input, call, late).then(resolve, reject) };
      this.#add(job);
      call.onAbandoned(() => {
        if (this.#remove(job)) reject(new KeyslotError('OPERATION_CANCELLED', 'nobody waits for this work any more'));
      });
      this.#pump();
    });
  }

  #add(job: Job): void {
    const own = this.#waiting.get(job.caller);
    if (own === undefined) this.#waiting.set(job.caller, [job]);
    else own.push(job);
  }

  #remove(job: Job): boolean {
    const own = this.#waiting.get(job.caller);
    const at = own?.indexOf(job) ?? -1;
    if (own === undefined || at < 0) return false;
    own.splice(at, 1);
    if (own.length === 0) this.#waiting.delete(job.caller);
    return true;
  }

  #pump(): void {
    for (;;) {
      const child = this.children.find(({ busy }) => !busy);
      const job = child === undefined ? undefined : this.#next();
      if (child === undefined || job === undefined) return;
      this.#count(job.caller, 1);
      const done = () => {
        this.#count(job.caller, -1);
        this.#pump();
      };
      job.start(child).then(done, done);
    }
  }

  /** Who has waited longest, and goes to the end of the line for the next turn. */
  #next(): Job | undefined {
    for (const [caller, own] of this.#waiting) {
      if ((this.#running.get(caller) ?? 0) >= mostChildren - 1) continue;
      const job = own.shift();
      this.#waiting.delete(caller);
      if (own.length > 0) this.#waiting.set(caller, own);
      return job;
    }
    return undefined;
  }

  #count(caller: number, by: 1 | -1): void {
    const running = (this.#running.get(caller) ?? 0) + by;
    if (running === 0) this.#running.delete(caller);
    else this.#running.set(caller, running);
  }
}
