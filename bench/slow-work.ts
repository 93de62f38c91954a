/**
 * What slow work does to quick work: SHA-256 requests of one caller, while another's SLH-DSA signature, RSA-8192 key and scrypt run; and
 * how long after their deadlines the processes of these three are gone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CallOptions,
  type CryptoResourceId,
  createCryptoStack,
  type KeyManagementContext,
  type KeyslotError,
  type SignContext,
} from '../src/client/index.js';
import { softwareProvider, startDisposableDaemon } from '../src/testing/index.js';
import { median } from './statistics.js';

const message = new Uint8Array(64).fill(7);
const scrypt = { kdfAlgorithm: 'scrypt', salt: message.subarray(0, 16), iterationCount: 2 ** 17, memory: 8, parallelism: 16 };
const signature = 'SLH-DSA-SHAKE-256s';
/** Milliseconds: of a stretch of measuring, and of the deadline that stops the work. */
const stretch = 3000;
const deadline = 400;

export interface SlowWorkReport {
  /** Microseconds; medians of single requests. */
  readonly idle: number;
  readonly busy: number;
  readonly ratio: number;
  /** Children at work while it was measured. */
  readonly children: number;
  /** Milliseconds after the deadline when the last of the three processes was gone; null when one was not at work. */
  readonly stoppedAfter: number | null;
}

interface Work {
  readonly keys: KeyManagementContext;
  readonly signer: SignContext;
  readonly secret: CryptoResourceId;
}

type Job = (work: Work, options: CallOptions) => Promise<unknown>;
const jobs: readonly Job[] = [
  ({ keys }, options) => keys.generateKey('RSA-8192', options),
  ({ keys, secret }, options) => keys.deriveKey({ sourceKey: secret, derivedKeyAlgorithm: 'AES-256', kdf: scrypt }, options),
  ({ signer }, options) => signer.singleShot(message, undefined, options),
];

/** Processor time, in clock ticks, of the daemon's slow hosts by process. */
function slowHosts(daemon: number): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ofDaemon = Number(fields[1]) === daemon && fields[0] !== 'Z';
      if (ofDaemon && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes('slow-host-main')) {
        found.set(Number(name), Number(fields[11]) + Number(fields[12]));
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

async function measured(request: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const end = performance.now() + stretch; performance.now() < end; ) {
    const started = performance.now();
    await request();
    times.push(1000 * (performance.now() - started));
  }
  return median(times);
}

/** Keeps a job going, again and again, until it is given up. */
async function keepBusy(job: Job, work: Work, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await job(work, { timeout: 60_000, signal }).catch((error: KeyslotError) => {
      if (error.code !== 'OPERATION_CANCELLED') throw error;
    });
  }
}

export async function measureSlowWork(): Promise<SlowWorkReport> {
  await using daemon = await startDisposableDaemon({
    settings: { providers: [softwareProvider()], timeouts: { default: '60s', max: '120s' } },
  });
  const pid = daemon.pid ?? 0;
  const stack = await createCryptoStack({ connectionEndpoint: daemon.endpoint });
  const context = await stack.createCryptoContext();
  const hash = await context.createHashContext({ algorithm: 'SHA-256' });
  const request = () => hash.singleShot(message);
  await measured(request);
  const idle = await measured(request);

  const keys = await context.createKeyManagementContext();
  const key = await keys.generateKey(signature, { timeout: 60_000 });
  const signer = await context.createSignContext({ algorithm: signature, key });
  const secret = await keys.importKey({ algorithm: 'GENERIC-SECRET', keyData: message });
  const work: Work = { keys, signer, secret };

  const calls = new AbortController();
  const busyWork = jobs.map((job) => keepBusy(job, work, calls.signal));
  await sleep(500);
  const busy = await measured(request);
  const children = slowHosts(pid).size;
  calls.abort();
  await Promise.all(busyWork);

  // A context whose call was given up is of no more use.
  const again = await context.createSignContext({ algorithm: signature, key });
  const stoppedAfter = await measureStop(pid, { ...work, signer: again });
  await stack.close();
  return { idle, busy, ratio: busy / idle, children, stoppedAfter };
}

async function measureStop(pid: number, work: Work): Promise<number | null> {
  await sleep(1000);
  const before = slowHosts(pid);
  const started = performance.now();
  const outcomes = jobs.map((job) =>
    job(work, { timeout: deadline }).then(
      () => false,
      (error: KeyslotError) => error.code === 'OPERATION_TIMED_OUT',
    ),
  );
  await sleep(deadline - 100);
  const during = slowHosts(pid);
  const atWork = [...during].filter(([child, ticks]) => ticks - (before.get(child) ?? 0) >= 2).map(([child]) => child);
  const all = await Promise.all(outcomes);
  if (atWork.length < jobs.length || all.includes(false)) return null;
  while (atWork.some((child) => slowHosts(pid).has(child))) await sleep(5);
  return performance.now() - started - deadline;
}
