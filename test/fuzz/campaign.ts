/** Many damaged messages over many connections to one daemon, and what must be true all along and afterwards. */
import type { DisposableDaemon } from '../../src/testing/index.js';
import { countersOf, countersReturn } from '../e2e/counters.js';
import { recordedRequests } from './corpus.js';
import { damaged, numbersOf } from './frame-mutations.js';
import { helloMessage, LiveSession } from './live-messages.js';
import { type Fate, Probe, Violation } from './probe.js';
import { residentBytes, tenths } from './resident-memory.js';
import { type Testimony, WitnessProcess } from './witness-process.js';

export interface CampaignOptions {
  readonly daemon: DisposableDaemon;
  readonly messages: number;
  readonly seed: number;
  /** Connections at a time. */
  readonly connections?: number;
  readonly progress?: (done: number) => void;
}

export interface CampaignReport {
  readonly messages: number;
  readonly connections: number;
  readonly fates: Readonly<Record<Fate, number>>;
  /** Answers and refusals by code; `ok` for answers without an error. */
  readonly codes: Readonly<Record<string, number>>;
  readonly witness: Testimony;
  /** Resident bytes of the daemon: medians of the second and of the last tenth of the run. */
  readonly resident: { readonly second: number; readonly last: number };
}

/** Messages after which the session ends, with everything that they have made, and another begins. */
const perSession = 1000;
/** Most messages on one connection. */
const perConnection = 64;
/** How often memory is looked at in a run. */
const memorySamples = 200;

const recorded = recordedRequests();
const hello = helloMessage();

class Campaign {
  readonly #options: CampaignOptions;
  readonly #codes = new Map<string, number>();
  readonly #fates: Record<Fate, number> = { answered: 0, refused: 0, unfinished: 0 };
  readonly #resident: number[] = [];
  #done = 0;
  #begun = 0;
  #connections = 0;

  constructor(options: CampaignOptions) {
    this.#options = options;
  }

  async run(): Promise<CampaignReport> {
    const { daemon, messages } = this.#options;
    const idle = await countersOf(daemon);
    await using other = await WitnessProcess.start(daemon.endpoint);
    const withWitness = await countersOf(daemon);
    while (this.#done < messages) {
      await this.#session(Math.min(messages, this.#done + perSession));
      other.assertContent();
      await countersReturn(daemon, withWitness, 30_000);
    }
    const witness = await other.testify();
    await countersReturn(daemon, idle, 30_000);
    const codes = Object.fromEntries([...this.#codes].sort(([, a], [, b]) => b - a));
    return { messages, connections: this.#connections, fates: this.#fates, codes, witness, resident: tenths(this.#resident) };
  }

  async #session(until: number): Promise<void> {
    const live = await LiveSession.open(this.#options.daemon.socketPath);
    const sender = async () => {
      while (this.#begun < until) await this.#connection(live, until);
    };
    await Promise.all(Array.from({ length: this.#options.connections ?? 24 }, sender));
    await live.close();
  }

  async #connection(live: LiveSession, until: number): Promise<void> {
    // Taken before anything is waited for, so that no other sender takes the last one too.
    let number = this.#begun++;
    const probe = await Probe.open(this.#options.daemon.socketPath, this.#codes);
    this.#connections += 1;
    for (let sent = 0; ; number = this.#begun++) {
      await this.#send(probe, number, live, sent === 0);
      sent += 1;
      if (!probe.open || sent >= perConnection || this.#begun >= until) break;
    }
    if (probe.open) await probe.close();
  }

  async #send(probe: Probe, number: number, live: LiveSession, first: boolean): Promise<void> {
    const next = numbersOf(this.#options.seed, number);
    const helloIsDamaged = first && next() % 8 === 0;
    if (first && !helloIsDamaged) await probe.send(hello, next);
    const source = next() % 2 === 0 ? recorded : live.messages;
    const message = damaged(helloIsDamaged ? hello : (source[next() % source.length] ?? hello), next);
    try {
      this.#fates[await probe.send(message, next)] += 1;
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      throw new Violation(`message ${number} of seed ${this.#options.seed}: ${error.message}: ${Buffer.from(message).toString('hex')}`);
    }
    this.#done += 1;
    this.#look();
  }

  #look(): void {
    const { daemon, messages, progress } = this.#options;
    if (this.#done % Math.ceil(messages / memorySamples) !== 0) return;
    this.#resident.push(residentBytes(daemon.pid ?? 0));
    progress?.(this.#done);
  }
}

/**
 * Every message is answered or refused with a typed error, another client is served all along, and the daemon's counters are what they
 * were whenever a session has ended. What the daemon's memory did is in the report.
 * @throws Violation that tells the message
 */
export function campaign(options: CampaignOptions): Promise<CampaignReport> {
  return new Campaign(options).run();
}
