import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createCryptoStack } from '../../client/index.js';
import { exitStatus } from '../../core/errors.js';
import { type DisposableDaemon, startDisposableDaemon } from '../../testing/index.js';
import { action } from '../action.js';
import type { CliContext } from '../context.js';
import { startDetached } from '../demo/keep.js';
import { makeKeys } from '../demo/keys.js';
import { demoFile, makeFolder, makeToken, removeFolder } from '../demo/place.js';
import { runChecks, type Tally } from '../demo/rows.js';
import { demoSettings } from '../demo/settings.js';
import { findWitness } from '../demo/witness.js';
import type { JsonFlags } from '../flags.js';
import { humanBytes } from '../human.js';

export interface DemoFlags extends JsonFlags {
  readonly keep?: boolean;
}

/** Longest that a call may take; making an RSA key on a busy machine is the slowest. */
const callTimeout = 60_000;

/** `keyslot demo` */
export const demo = action(async (context, { keep = false, json = false }: DemoFlags) => {
  const folder = makeFolder();
  let daemon: DisposableDaemon | undefined;
  const forget = context.onExit(() => {
    daemon?.kill('SIGKILL');
    removeFolder(folder);
  });
  const tell = (line: string) => (json ? undefined : context.process.stderr.write(`${line}\n`));
  let kept: Kept | undefined;
  try {
    tell('looking for SoftHSM2 and making a token in it');
    const token = await makeToken(folder, (line) => tell(`  ${line}`));
    context.signal.throwIfAborted();
    tell('starting keyslotd with two providers: software, and the token');
    daemon = await startDisposableDaemon({ settings: demoSettings(token, process.getuid?.() ?? 0), parent: folder });
    context.signal.throwIfAborted();
    const tally = await useDaemon(context, daemon, folder, json, tell);
    await daemon.stop();
    if (keep) {
      const pid = await startDetached(daemon.configPath, folder, context.process.env.PATH);
      if (context.signal.aborted) process.kill(pid, 'SIGKILL');
      context.signal.throwIfAborted();
      kept = { pid, folder, endpoint: daemon.endpoint, admin: daemon.adminEndpoint };
    }
    finish(context, tally, kept, json);
    return tally.failed === 0 ? exitStatus.ok : exitStatus.failed;
  } finally {
    if (kept === undefined) {
      await daemon?.stop();
      removeFolder(folder);
      if (context.signal.aborted) tell('\ninterrupted; the daemon, the token and their folder are gone');
    }
    forget();
  }
});

type Tell = (line: string) => void;

async function useDaemon(context: CliContext, { endpoint }: DisposableDaemon, folder: string, json: boolean, tell: Tell): Promise<Tally> {
  const call = { signal: context.signal };
  const file = demoFile();
  const data = readFileSync(file);
  const witness = await findWitness(file, folder, context.process.env.PATH);
  const stack = await createCryptoStack({ connectionEndpoint: endpoint, defaultOperationTimeout: callTimeout, reconnect: false }, call);
  try {
    const crypto = await stack.createCryptoContext(call);
    tell('making keys: a slot in each provider for AES, HMAC, ECDSA and RSA');
    const keys = await makeKeys({ crypto, call }, witness);
    if (witness.name !== 'openssl') tell('there is no openssl command here: node:crypto checks the results instead');
    tell(`running ${basename(file)} (${humanBytes(data.length)}) through the daemon\n`);
    return await runChecks(context, { crypto, call, data, witness, keys }, json);
  } finally {
    stack.destroy();
  }
}

interface Kept {
  readonly pid: number;
  readonly folder: string;
  readonly endpoint: string;
  readonly admin: string;
}

function finish(context: CliContext, { ok, failed }: Tally, kept: Kept | undefined, json: boolean): void {
  if (json) {
    context.process.stdout.write(`${JSON.stringify({ ok, failed, ...(kept === undefined ? {} : { kept }) })}\n`);
    return;
  }
  const right = `All ${ok} results are right; the last three are uses that had to be refused.`;
  const result = failed === 0 ? right : `${failed} of ${ok + failed} results are WRONG.`;
  // Inside a clone, and wherever it is not installed for good, the command is npx's.
  const keyslot = context.process.env.npm_command === 'exec' ? 'npx keyslot' : 'keyslot';
  const lines = kept === undefined ? whatNext(keyslot) : howToUse(keyslot, kept);
  context.process.stderr.write(`\n${result}\n${lines.join('\n')}\n`);
}

function whatNext(keyslot: string): string[] {
  const next = [
    [`${keyslot} demo --keep`, 'the same, and the daemon stays for you to use'],
    [`${keyslot} --help`, 'all commands'],
    ['README.md', 'how a program does the same'],
  ] as const;
  const width = Math.max(...next.map(([what]) => what.length));
  return [
    'The daemon, the token and their folder are gone.',
    '',
    'What to do next:',
    ...next.map(([what, why]) => `  ${what.padEnd(width)}   ${why}`),
  ];
}

function howToUse(keyslot: string, { pid, folder, endpoint, admin }: Kept): string[] {
  return [
    `The daemon runs on, with pid ${pid}.`,
    '',
    'To talk to it:',
    `  export KEYSLOT_ENDPOINT=${endpoint}`,
    `  export KEYSLOT_ADMIN=${admin}`,
    `  ${keyslot} status`,
    `  ${keyslot} slot list`,
    `  ${keyslot} encrypt --key token-aes README.md -o readme.sealed`,
    `  ${keyslot} sign --key token-ec --base64 README.md`,
    '',
    'To stop it and remove everything:',
    `  kill ${pid} && sleep 1 && rm -r ${folder}`,
  ];
}
