import type { ListedResource } from '../../client/index.js';
import { describePermissions } from '../../core/permissions.js';
import { action, printJson } from '../action.js';
import { type Crypto, withCrypto } from '../crypto.js';
import type { KeyCommandFlags } from '../key-flags.js';
import { printTable } from '../table.js';

/** `keyslot key list` */
export const keyList = action(async (context, flags: KeyCommandFlags) => {
  const slots = await withCrypto(context, flags, async (daemon) => {
    const listed = await daemon.crypto.listResources('keySlot', daemon.call);
    const providers = await providerNames(daemon, listed);
    return listed.map((resource) => slotObject(resource, providers));
  });
  const { stdout, stderr } = context.process;
  if (flags.json === true) printJson(context, { slots });
  else if (slots.length === 0) stderr.write('no slot is yours\n');
  else printTable(stdout, columns, slots.map(cells));
});

async function providerNames({ crypto, call }: Crypto, listed: readonly ListedResource[]): Promise<ReadonlyMap<number, string>> {
  const ids = new Set(listed.flatMap(({ info }) => (info === undefined ? [] : [info.primaryProvider, ...info.compatibleProviders])));
  const known = await Promise.all([...ids].map((id) => crypto.getProviderInfo(id, call)));
  return new Map(known.map(({ id, name }) => [id, name]));
}

type Slot = ReturnType<typeof slotObject>;

function slotObject({ name, rights, info }: ListedResource, providers: ReadonlyMap<number, string>) {
  if (info === undefined) return { name, state: null, algorithm: null, provider: null, compatibleProviders: [], permissions: [], rights };
  const nameOf = (id: number) => providers.get(id) ?? String(id);
  return {
    name,
    /** null while its provider can't tell. */
    state: info.state,
    algorithm: info.algorithm,
    provider: nameOf(info.primaryProvider),
    compatibleProviders: info.compatibleProviders.map(nameOf),
    /** Of the key; of an empty slot what a key in it may have. */
    permissions: describePermissions(info.permittedOperations),
    rights,
  };
}

const columns = [
  { name: 'SLOT' },
  { name: 'STATE' },
  { name: 'ALGORITHM' },
  { name: 'PROVIDER' },
  { name: 'RIGHTS' },
  { name: 'PERMISSIONS' },
] as const;

function cells({ name, state, algorithm, provider, permissions, rights }: Slot): string[] {
  return [name, state ?? 'unknown', algorithm ?? '-', provider ?? '-', rights.join(',') || '-', permissions.join(',') || '-'];
}
