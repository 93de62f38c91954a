import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { exitStatus } from '../../core/errors.js';
import { loadConfig } from '../../daemon/config/load.js';
import { action } from '../action.js';
import type { CliContext } from '../context.js';
import { CommandError } from '../failure.js';
import type { JsonFlags } from '../flags.js';

export interface DaemonCommandFlags extends JsonFlags {
  readonly config?: string;
  readonly readyFd?: number;
}

/** `keyslot daemon`: this process becomes keyslotd. */
export const daemon = action(async (context, flags: DaemonCommandFlags) => {
  const config = flags.config ?? usualConfig(context);
  if (flags.json === true) assertSound(config);
  const ready = flags.readyFd === undefined ? [] : ['--ready-fd', String(flags.readyFd)];
  await context.becomeDaemon(['--config', config, ...ready]);
});

const systemConfig = '/etc/keyslot/keyslot.yaml';

function usualConfig({ process: { env } }: CliContext): string {
  const home = env.XDG_CONFIG_HOME === undefined || env.XDG_CONFIG_HOME === '' ? join(homedir(), '.config') : env.XDG_CONFIG_HOME;
  const own = join(home, 'keyslot', 'keyslot.yaml');
  const found = [own, systemConfig].find(existsSync);
  if (found !== undefined) return found;
  throw new CommandError(
    'RESOURCE_NOT_FOUND',
    exitStatus.configuration,
    `there is no configuration: neither ${own} nor ${systemConfig} exists; name one with --config`,
    'config',
  );
}

/** What is wrong is told as JSON before keyslotd, which speaks to people, takes over. */
function assertSound(config: string): void {
  try {
    loadConfig(config);
  } catch (error) {
    const { code, message, field } = error as CommandError;
    throw new CommandError(code as 'INVALID_FORMAT', exitStatus.configuration, message, field);
  }
}
