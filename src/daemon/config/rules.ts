/** What must hold between the parts of a configuration. A finding names the path of the value at fault. */
import type { Config } from './schema.js';
import { vaultRules } from './vault-rules.js';

export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The key itself is at fault, not its value. */
  readonly ofKey?: true;
}

export function checkRules(config: Config): Finding[] {
  return [
    ...paths(config),
    ...uniqueProviders(config),
    ...storeKeys(config),
    ...slots(config),
    ...vaultRules(config),
    ...access(config),
    ...times(config),
  ];
}

function paths(config: Config): Finding[] {
  const found: Finding[] = [];
  if (config.listen.path === config.admin.path) found.push({ path: ['admin', 'path'], message: 'must be another path than listen.path' });
  for (const part of ['listen', 'admin'] as const) {
    const bytes = Buffer.byteLength(config[part].path);
    if (bytes > 107)
      found.push({ path: [part, 'path'], message: `is ${bytes} bytes long; the path of a Unix socket can have at most 107` });
  }
  return found;
}

function times(config: Config): Finding[] {
  return config.timeouts.default > config.timeouts.max
    ? [{ path: ['timeouts', 'default'], message: 'must not be longer than timeouts.max' }]
    : [];
}

function uniqueProviders(config: Config): Finding[] {
  const found: Finding[] = [];
  const names = new Set<string>();
  const ids = new Set<number>();
  config.providers.forEach((provider, i) => {
    if (names.has(provider.name))
      found.push({ path: ['providers', i, 'name'], message: `"${provider.name}" is the name of another provider` });
    if (ids.has(provider.id)) found.push({ path: ['providers', i, 'id'], message: `${provider.id} is the id of another provider` });
    names.add(provider.name);
    ids.add(provider.id);
  });
  return found;
}

/** A store key can be unwrapped by a token only. */
function storeKeys(config: Config): Finding[] {
  const tokens = config.providers.flatMap(({ type, name }) => (type === 'pkcs11' ? [name] : []));
  return config.providers.flatMap((provider, i) => {
    const key = provider.type === 'software' ? provider.keyStore?.key : undefined;
    if (key?.from !== 'token' || tokens.includes(key.provider)) return [];
    const message = `"${key.provider}" is no provider of a token${tokens.length === 0 ? '' : `; there are: ${tokens.join(', ')}`}`;
    return [{ path: ['providers', i, 'keyStore', 'key', 'token', 'provider'], message }];
  });
}

function slots(config: Config): Finding[] {
  const found: Finding[] = [];
  const names = new Set<string>();
  const providers = new Map(config.providers.map((provider) => [provider.name, provider]));
  config.slots.forEach((slot, i) => {
    if (names.has(slot.name)) found.push({ path: ['slots', i, 'name'], message: `"${slot.name}" is the name of another slot` });
    names.add(slot.name);
    slot.providers.forEach((provider, j) => {
      if (!providers.has(provider))
        found.push({
          path: ['slots', i, 'providers', j],
          message: `there is no provider "${provider}"; there are: ${[...providers.keys()].join(', ')}`,
        });
      if (slot.providers.indexOf(provider) !== j)
        found.push({ path: ['slots', i, 'providers', j], message: `"${provider}" is named twice` });
    });
    const primary = providers.get(slot.providers[0] as string);
    if (slot.object !== undefined && primary?.type === 'software')
      found.push({ path: ['slots', i, 'object'], message: 'objects can be adopted on a token only' });
    if (primary?.type === 'software' && primary.keyStore === undefined && slot.path === undefined) {
      found.push({ path: ['slots', i, 'providers', 0], message: `provider "${primary.name}" has no keyStore, so it can't keep a slot` });
    }
  });
  return found;
}

function access(config: Config): Finding[] {
  const found: Finding[] = [];
  const names = new Set(config.slots.map((slot) => slot.name));
  config.access.forEach((row, i) => {
    for (const [alias, slot] of Object.entries(row.slots)) {
      if (!names.has(slot)) found.push({ path: ['access', i, 'slots', alias], message: `there is no slot "${slot}"` });
    }
  });
  return found;
}
