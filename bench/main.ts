/**
 * `npm run bench [-- --json FILE] [--rounds N] [--check]`: Keyslot beside a gRPC server that does the same job, and beside two bare sockets.
 * Every server has a process of its own, every socket is a Unix domain socket, everything runs in turn in one run. Ratios count: what one job
 * takes in microseconds says more about the machine. The daemon looks for the next request for up to 50 µs before it sleeps, which the peers
 * do not; the rows with `spin: false` are without that. `--check` exits with 1 when a target is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { softwareProvider, startDisposableDaemon } from '../src/testing/index.js';
import { describeMachine } from './load.js';
import { PeerProcess } from './peer-process.js';
import { runRounds } from './rounds.js';
import { type Comparison, rowOf, table } from './rows.js';
import { measureSlowWork, type SlowWorkReport } from './slow-work.js';
import { median } from './statistics.js';
import { frameSizes, openBlocking, openEcho, openGrpc, openKeyslot, type Subject } from './subjects.js';

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '11' }, check: { type: 'boolean', default: false } },
});

/** In this order in every round: who is compared runs side by side. */
const names = [
  'keyslot1',
  'echo1',
  'grpc1',
  'blocking1',
  'sleeping1',
  'keyslot64',
  'grpc64',
  'keyslotMac1',
  'grpcMac1',
  'keyslotMac64',
  'grpcMac64',
] as const;
type Name = (typeof names)[number];

const comparisons: readonly Comparison<Name>[] = [
  { name: 'SHA-256 64 B, 1 in flight, to gRPC', ours: 'keyslot1', peer: 'grpc1', goal: 'atLeast', target: 4 },
  { name: 'SHA-256 64 B, 1 in flight, to a bare echo', ours: 'keyslot1', peer: 'echo1', goal: 'atMost', target: 1.5 },
  { name: 'SHA-256 64 B, 64 in flight, to gRPC', ours: 'keyslot64', peer: 'grpc64', goal: 'atLeast', target: 20 },
  { name: 'SHA-256 64 B, 1 in flight, spin: false, to gRPC', ours: 'sleeping1', peer: 'grpc1', goal: 'atLeast' },
  { name: 'SHA-256 64 B, 1 in flight, spin: false, to a bare echo', ours: 'sleeping1', peer: 'echo1', goal: 'atMost' },
  { name: 'SHA-256 64 B, blocking client, to gRPC', ours: 'blocking1', peer: 'grpc1', goal: 'atLeast' },
  { name: 'SHA-256 64 B, blocking client, to a bare echo', ours: 'blocking1', peer: 'echo1', goal: 'atMost' },
  { name: 'HMAC-SHA-256 64 B, 1 in flight, to gRPC', ours: 'keyslotMac1', peer: 'grpcMac1', goal: 'atLeast' },
  { name: 'HMAC-SHA-256 64 B, 64 in flight, to gRPC', ours: 'keyslotMac64', peer: 'grpcMac64', goal: 'atLeast' },
];

/** What the just-in-time compiler of the peer's many layers needs; less reads half as slow again. */
const grpcWarmUp = 4000;
const usualWarmUp = 1500;
const slice = 400;

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const folder = mkdtempSync(join(tmpdir(), 'keyslot-bench-'));
try {
  await measure();
  reportSlowWork(await measureSlowWork());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const sizes = frameSizes();
  const grpcSocket = join(folder, 'grpc.sock');
  const echoSocket = join(folder, 'echo.sock');
  await using daemon = await startDisposableDaemon({ settings: { providers: [softwareProvider()] } });
  await using sleeper = await startDisposableDaemon({ settings: { providers: [softwareProvider()], spin: false } });
  await using grpcServer = await PeerProcess.start('./grpc-server.js', [grpcSocket]);
  await using echoServer = await PeerProcess.start('./echo-server.js', [echoSocket, String(sizes.request), String(sizes.answer)]);
  const keyslot = await openKeyslot(daemon.endpoint);
  const sleeping = await openKeyslot(sleeper.endpoint);
  const sync = openBlocking(daemon.endpoint);
  const grpc = openGrpc(grpcSocket);
  const echo = await openEcho(echoSocket);
  const subjects: Record<Name, Subject> = {
    keyslot1: keyslot.subjects.hash1,
    echo1: echo.subjects.echo1,
    grpc1: grpc.subjects.hash1,
    blocking1: sync.subjects.hash1,
    sleeping1: sleeping.subjects.hash1,
    keyslot64: keyslot.subjects.hash64,
    grpc64: grpc.subjects.hash64,
    keyslotMac1: keyslot.subjects.mac1,
    grpcMac1: grpc.subjects.mac1,
    keyslotMac64: keyslot.subjects.mac64,
    grpcMac64: grpc.subjects.mac64,
  };
  const outcome = await runRounds(subjects, {
    rounds: Number(options.rounds),
    slice,
    warmUp: (name) => (name.startsWith('grpc') ? grpcWarmUp : usualWarmUp),
    pids: [daemon.pid, sleeper.pid, grpcServer.pid, echoServer.pid].map((pid) => pid ?? 0).concat(process.pid),
    progress,
  });
  await keyslot.close();
  await sleeping.close();
  sync.close();
  grpc.close();
  echo.close();
  progress('');
  report(outcome);
}

function report({ times, foreign, dropped, quiet }: Awaited<ReturnType<typeof runRounds<Name>>>): void {
  const rows = comparisons.map((comparison) => rowOf(comparison, times));
  process.stdout.write(`${describeMachine()}; other processes used ${median(foreign).toFixed(2)} cores during the run\n`);
  if (!quiet) process.stdout.write('The machine was busy with other things all the time: measure again when it is not.\n');
  if (dropped > 0) process.stdout.write(`${dropped} rounds were left out: the machine was busy with other things\n`);
  process.stdout.write(
    `Ratios count, of one run on one machine; times are of one job, medians of ${foreign.length} rounds.\n\n${table(rows)}\n`,
  );
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, undefined, 2)}\n`);
  if (options.check && rows.some(({ met }) => met === false)) process.exitCode = 1;
}

/** A request beside slow work takes at most so many times what it takes alone; and its processes are gone so many milliseconds late. */
const slowest = 3;
const latest = 1000;

function reportSlowWork({ idle, busy, ratio, children, stoppedAfter }: SlowWorkReport): void {
  const quick = ratio <= slowest;
  const stopped = stoppedAfter !== null && stoppedAfter <= latest;
  process.stdout.write(
    `\nSHA-256 64 B while an SLH-DSA signature, an RSA-8192 key and an scrypt run in ${children} children:\n` +
      `  ${idle.toFixed(1)} µs alone, ${busy.toFixed(1)} µs beside them: ${ratio.toFixed(2)}×   ≤ ${slowest} ${quick ? 'met' : 'MISSED'}\n` +
      `  the three processes gone ${stoppedAfter === null ? 'not at work all three, measure again' : `${stoppedAfter.toFixed(0)} ms after their deadline`}` +
      `   ≤ ${latest} ms ${stopped ? 'met' : 'MISSED'}\n`,
  );
  if (options.check && !(quick && stopped)) process.exitCode = 1;
}
