/** Users and groups that a configuration names must be known to the system that runs it. */
import { groupId, systemUser, userId } from '../../providers/system-users.js';
import type { Finding } from './rules.js';
import type { Config } from './schema.js';

function unknown(kind: 'user' | 'group', name: string | number, path: Finding['path']): Finding {
  return { path, message: `there is no ${kind} "${name}" on this system` };
}

export function checkNames(config: Config): Finding[] {
  const found: Finding[] = [];
  for (const part of ['listen', 'admin'] as const) {
    const { group } = config[part];
    if (group !== undefined && groupId(group) === undefined) found.push(unknown('group', group, [part, 'group']));
  }
  config.providers.forEach((provider, i) => {
    if (provider.type !== 'pkcs11' || provider.user === undefined) return;
    if (systemUser(provider.user) === undefined) found.push(unknown('user', provider.user, ['providers', i, 'user']));
  });
  config.access.forEach(({ user, group }, i) => {
    if (user !== undefined && userId(user) === undefined) found.push(unknown('user', user, ['access', i, 'user']));
    if (group !== undefined && groupId(group) === undefined) found.push(unknown('group', group, ['access', i, 'group']));
  });
  return found;
}
