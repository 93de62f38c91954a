/** One slow host: started at the first need, does one piece of work at a time, is killed when nobody waits for it, ends when it idles. */
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { KeyslotError } from '../../core/errors.js';
import type { Call } from '../contract.js';
import { buildId } from '../hosting/build-id.js';
import type { HangLimits } from '../hosting/cost.js';
import { type Messages, operations } from '../hosting/generated/messages.js';
import { Host, type HostLog, type HostState } from '../hosting/host.js';
import { hostTable } from '../hosting/host-operations.js';
import type { Input, Output } from '../hosting/host-options.js';

const script = fileURLToPath(new URL('./slow-host-main.js', import.meta.url));
/** Added niceness: whoever waits for something quick goes first. */
const niceness = 10;
/** Milliseconds without work after which a child ends and gives its memory back. */
const idleTime = 60_000;

export type SlowWork = 'generateRsa' | 'generatePostQuantum' | 'signPostQuantum' | 'verifyPostQuantum' | 'derive' | 'decodeKey';

const readiness: Readonly<Record<HostState['kind'], number>> = { ready: 0, starting: 1, ending: 2, stopped: 3, waiting: 4, refused: 5 };
const startable: ReadonlySet<HostState['kind']> = new Set(['stopped', 'waiting', 'refused']);

export class SlowHostChild {
  readonly host: Host<Messages>;
  #idle: NodeJS.Timeout | undefined;

  constructor(name: string, hang: HangLimits, log: HostLog) {
    this.host = new Host<Messages>({
      name: `${name} (slow host)`,
      script,
      codecs: operations,
      env: {},
      threads: 2,
      hang,
      log,
      killWhenAbandoned: true,
      prepare: async (ask) => {
        const { build } = await ask('hello', {});
        if (build !== buildId(hostTable)) throw new KeyslotError('PROTOCOL_VERSION', 'the slow host is of another build');
        lowerPriority(this.host.pid);
      },
    });
  }

  /** How soon it could begin, compared with others. */
  get readiness(): number {
    return readiness[this.host.state.kind];
  }

  /** One piece at a time. `wipe` clears an answer that nobody waits for any more. */
  async run<N extends SlowWork>(
    name: N,
    input: Messages[N]['requestInput'],
    call: Call,
    wipe: (response: Messages[N]['response']) => void,
  ): Promise<Messages[N]['response']> {
    clearTimeout(this.#idle);
    try {
      // Also in the middle of its back-off: that others were killed is no reason to refuse this piece.
      if (startable.has(this.host.state.kind)) await this.host.start();
      return await this.host.request(name, input as Input<Messages, N>, {
        cost: 'slow',
        call,
        onLate: wipe as (response: Output<Messages, N>) => void,
      });
    } finally {
      this.#idle = setTimeout(() => void this.host.stop(), idleTime).unref();
    }
  }

  /** It starts again at the next need. */
  async stop(): Promise<void> {
    clearTimeout(this.#idle);
    await this.host.stop();
  }
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // Where it is not allowed, the work runs as everything else.
  }
}
