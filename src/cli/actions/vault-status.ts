import { action, printJson } from '../action.js';
import type { CliContext } from '../context.js';
import type { AdminFlags } from '../flags.js';
import { humanBytes, humanTime } from '../human.js';
import { styled } from '../table.js';
import { type VaultStatus, vaultStatusOf } from '../vault.js';

const memory: Readonly<Record<string, string>> = {
  memfd_secret: 'memfd_secret: locked; no debugger and not even root reads it',
  mlock: 'mlock: locked, never swapped',
  none: 'not locked: secrets may reach the swap',
};

/** `keyslot vault status` */
export const vaultStatus = action(async (context, flags: AdminFlags) => {
  const answer = await vaultStatusOf(context, flags);
  if (flags.json === true) printJson(context, answer);
  else show(context, answer);
});

function show({ process: { stdout } }: CliContext, s: VaultStatus): void {
  const { state, protection, lockedBytes, dumpable, cached, initialized, idleTimeoutMs, identity } = s;
  const facts: readonly (readonly [string, string])[] = [
    ['vault', initialized ? state : `${state}; never initialised: keyslot vault init`],
    ...(identity === null ? [] : [['identity', identity] as const]),
    ['memory', `${memory[protection] ?? protection}${lockedBytes === 0 ? '' : `; ${humanBytes(lockedBytes)}`}`],
    ['process', dumpable ? 'others of the same user may look into it' : 'nobody of the same user may look into it'],
    ['keys', `${cached} kept`],
    ['idle', idleTimeoutMs === 0 ? 'stays unlocked until it is locked' : `locks itself after ${humanTime(idleTimeoutMs)} without use`],
  ];
  for (const [name, fact] of facts) stdout.write(`${styled(stdout, 'bold', name.padEnd(8))} ${fact}\n`);
}
