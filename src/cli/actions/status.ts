import type { ProviderStatus, StatusResponse } from '../../daemon/admin/generated/messages.js';
import { providerStateNumbers, providerTypeNumbers } from '../../protocol/enumerations.js';
import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import type { CliContext } from '../context.js';
import type { AdminFlags } from '../flags.js';
import { humanBytes, humanTime } from '../human.js';
import { printTable, styled } from '../table.js';

/** `keyslot status` */
export const status = action(async (context, flags: AdminFlags) => {
  const answer = statusObject(await withAdmin(context, flags, (admin) => admin.call('status', {})));
  if (flags.json === true) printJson(context, answer);
  else show(context, answer);
});

export type Status = ReturnType<typeof statusObject>;

/** The shape that `status --json` has for good; fields are only added. */
export function statusObject(answer: StatusResponse) {
  const { version, protocol, uptimeMs, connections, sessions, contexts, ephemeralKeys, regions, inFlight, bytesHeld, pid, listen } = answer;
  return {
    version,
    protocol,
    uptimeMs,
    connections,
    sessions,
    contexts,
    ephemeralKeys,
    regions,
    inFlight,
    bytesHeld,
    limits: Object.fromEntries(answer.limits.map(({ name, value }) => [name, value])),
    providers: answer.providers.map(providerObject),
    pid,
    listen,
  };
}

function providerObject(provider: ProviderStatus) {
  const { id, name, type, state, reason, library, token, serial, hostPid, restarts, hangs, keys, note } = provider;
  return {
    id,
    name,
    type: providerTypeNumbers.given(type, 'type'),
    state: providerStateNumbers.given(state, 'state'),
    hostPid: hostPid === 0 ? null : hostPid,
    restarts,
    hangs,
    sessions: {
      open: provider.sessionsOpen,
      busy: provider.sessionsBusy,
      owner: provider.sessionsOwner,
      quarantined: provider.sessionsQuarantined,
    },
    keys,
    ...(reason === '' ? {} : { reason }),
    ...(library === '' ? {} : { library }),
    ...(token === '' ? {} : { token: { label: token, serial } }),
    ...(note === '' ? {} : { note }),
    ...(provider.keySource === '' ? {} : { keyStore: keyStoreObject(provider) }),
  };
}

/** Where the key of a key store comes from. */
function keyStoreObject({ keySource, keyPath }: ProviderStatus) {
  return { source: keySource, ...(keyPath === '' ? {} : { path: keyPath }) };
}

const columns = [
  { name: 'PROVIDER' },
  { name: 'ID', align: 'right' },
  { name: 'TYPE' },
  { name: 'STATE' },
  { name: 'HOST', align: 'right' },
  { name: 'RESTARTS', align: 'right' },
  { name: 'HANGS', align: 'right' },
  { name: 'KEYS', align: 'right' },
] as const;

function show(context: CliContext, s: Status): void {
  const { stdout } = context.process;
  const facts: readonly (readonly [string, string])[] = [
    ['daemon', `keyslotd ${s.version}, protocol ${s.protocol}, pid ${s.pid}, up ${humanTime(s.uptimeMs)}`],
    ['socket', s.listen],
    ['clients', `${s.sessions} sessions, ${s.connections} connections, ${s.inFlight} requests in flight`],
    ['held', `${s.contexts} contexts, ${s.ephemeralKeys} ephemeral keys, ${humanBytes(s.bytesHeld)}`],
  ];
  for (const [name, fact] of facts) stdout.write(`${styled(stdout, 'bold', name.padEnd(8))} ${fact}\n`);
  stdout.write('\n');
  printTable(stdout, columns, s.providers.map(cells));
  stdout.write('\n');
  for (const provider of s.providers) for (const line of details(provider)) stdout.write(`${provider.name}: ${line}\n`);
}

type Provider = Status['providers'][number];

function cells(p: Provider): string[] {
  const host = p.hostPid === null ? '-' : String(p.hostPid);
  return [p.name, String(p.id), p.type, p.state, host, String(p.restarts), String(p.hangs), String(p.keys)];
}

/** What only some providers have. */
function details({ type, reason, note, token, sessions, keyStore }: Provider): string[] {
  const { open, busy, owner, quarantined } = sessions;
  return [
    ...(token === undefined ? [] : [`token "${token.label}", serial ${token.serial}`]),
    ...(type === 'software' ? [] : [`${open} sessions open, ${busy} busy, ${owner} of clients, ${quarantined} set aside`]),
    ...(keyStore === undefined
      ? []
      : [
          `store key from ${keyStore.source === 'vault' ? 'the' : 'a'} ${keyStore.source}${keyStore.path === undefined ? '' : `, ${keyStore.path}`}`,
        ]),
    ...(reason === undefined ? [] : [reason]),
    ...(note === undefined ? [] : [note]),
  ];
}
