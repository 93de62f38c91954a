/** The daemon: everything put together, started and stopped. */
import type { Socket } from 'node:net';
import { KeyslotError } from '../core/errors.js';
import { MiB } from '../core/limits.js';
import { allowEverything } from '../policy/policy.js';
import { RoomPool } from '../protocol/message-room.js';
import { isHostPid } from '../providers/hosting/host.js';
import { makeLastingFolder } from '../providers/lasting-folder.js';
import { groupId } from '../providers/system-users.js';
import { checkTrustedFolders } from '../providers/trusted-file.js';
import { compileAccess, known } from './access.js';
import { serveAdmin } from './admin/admin-connection.js';
import { adminHandlers } from './admin/admin-handlers.js';
import { type Caller, callerOf } from './caller.js';
import type { Config } from './config/schema.js';
import { Connection, refuseConnection } from './connection.js';
import { Listener } from './listener.js';
import type { Log } from './log.js';
import { makeProviders, makeSlots } from './make-providers.js';
import { OpaqueIds } from './opaque-ids.js';
import { packageVersion } from './package-version.js';
import { ProviderRegistry } from './providers-of.js';
import { Quotas } from './quota.js';
import type { Services } from './services.js';
import { Sessions } from './sessions.js';
import { descriptorOf } from './socket-handle.js';
import { Spinner } from './spinner.js';
import { VaultService } from './vault/service.js';

/** Bytes of long messages whose memory is kept for the next ones. */
const keptBytes = 16 * MiB;
/** How long a clean stop waits for requests under way. */
const stopGrace = 3000;

export interface RunningDaemon {
  /** Answers what is under way, frees everything, ends the hosts, removes the sockets. Idempotent. */
  stop(): Promise<void>;
}

/** @throws KeyslotError for a configuration that can't work on this system */
export async function startDaemon(config: Config, log: Log, stopRequested: () => void): Promise<RunningDaemon> {
  prepareState(config.state);
  const vault = config.vault && new VaultService({ config: config.vault, folder: config.state, log });
  const providers = makeProviders(config, log, vault);
  const slots = makeSlots(config.slots, providers, vault?.paths);
  const access = compileAccess(config.access, slots);
  const registry = new ProviderRegistry(providers);
  const quotas = new Quotas(config.limits);
  const sessions = new Sessions(access, quotas, providers, new OpaqueIds());
  const since = performance.now();
  // After the providers, which were told before and have let go of what a locked store gave them.
  vault?.keys.onChange((unlocked) => {
    if (unlocked) return;
    sessions.endStreamsOfGoneKeys();
    for (const slot of slots.values()) slot.forgetIfLocked();
  });
  let stopping = false;
  const health = () => {
    const degraded = providers.some((provider) => provider.status().state !== 'ready');
    return { status: stopping ? 'stopping' : degraded ? 'degraded' : 'serving', uptime: performance.now() - since } as const;
  };
  const rooms = new RoomPool(keptBytes);
  const services: Services = { registry, policy: allowEverything, limits: config.limits, log, version: packageVersion(), rooms, health };

  const connections = new Set<Connection>();
  const spinner = config.spin ? new Spinner(() => quotas.sum('inFlight') > 0) : undefined;
  const accept = (socket: Socket) => acceptClient(socket, { sessions, services, config, quotas, connections, spinner });
  const operators = new Set<Socket>();
  const admin = adminHandlers({ services, sessions, quotas, slots, vault, listen: config.listen.path, stop: stopRequested });
  const acceptOperator = (socket: Socket) => {
    const caller = identify(socket);
    if (caller === undefined || isHostPid(caller.pid)) return socket.destroy();
    operators.add(socket);
    socket.on('close', () => operators.delete(socket));
    return serveAdmin(socket, { handlers: admin, version: services.version, log });
  };

  const listeners: Listener[] = [];
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    for (const listener of listeners) listener.close();
    // First: whatever goes wrong in stopping, the secrets are gone.
    vault?.lock('stop');
    await Promise.all([...connections].map((connection) => connection.drain(stopGrace)));
    for (const connection of connections) connection.destroy();
    for (const operator of operators) operator.destroy();
    await Promise.all(providers.map((provider) => provider.stop()));
    vault?.close();
  };
  try {
    await Promise.all(providers.map((provider) => provider.start()));
    listeners.push(await Listener.open({ ...endpoint(config.listen, 'listen', 0o660), accept }));
    listeners.push(await Listener.open({ ...endpoint(config.admin, 'admin', 0o600), accept: acceptOperator }));
  } catch (error) {
    await stop();
    throw error;
  }
  log.info(
    { listen: config.listen.path, admin: config.admin.path, providers: providers.map((p) => `${p.name}: ${p.status().state}`) },
    'serving',
  );
  return { stop };
}

function prepareState(folder: string): void {
  try {
    makeLastingFolder(folder);
  } catch (error) {
    throw new KeyslotError('ACCESS_DENIED', `the state folder ${folder} can't be made: ${(error as Error).message}`, { field: 'state' });
  }
  checkTrustedFolders(folder, { what: 'the state folder', field: 'state', secret: true });
}

function endpoint(config: Config['listen'], field: string, usualMode: number) {
  const gid = config.group === undefined ? undefined : known(groupId(config.group), `${field}.group`, config.group);
  return { path: config.path, mode: config.mode === undefined ? usualMode : Number.parseInt(config.mode, 8), gid, field: `${field}.path` };
}

/** Who is at the other end; undefined when it is gone already. */
function identify(socket: Socket): Caller | undefined {
  const descriptor = descriptorOf(socket);
  if (descriptor < 0) return undefined;
  try {
    return callerOf(descriptor);
  } catch {
    return undefined;
  }
}

interface ClientParts {
  readonly sessions: Sessions;
  readonly services: Services;
  readonly config: Config;
  readonly quotas: Quotas;
  readonly connections: Set<Connection>;
  readonly spinner: Spinner | undefined;
}

function acceptClient(socket: Socket, { sessions, services, config, quotas, connections, spinner }: ClientParts): void {
  socket.on('error', () => socket.destroy());
  const caller = identify(socket);
  if (caller === undefined) {
    socket.destroy();
    return;
  }
  try {
    const session = sessions.join(caller);
    const connection: Connection = new Connection({
      socket,
      session,
      services,
      rules: config.timeouts,
      total: quotas.total,
      spinner,
      descriptor: descriptorOf(socket),
      onClose() {
        connections.delete(connection);
        sessions.leave(session);
      },
    });
    connections.add(connection);
  } catch (error) {
    services.log.warn(
      { uid: caller.uid, pid: caller.pid, reason: error instanceof KeyslotError ? error.message : 'internal error' },
      'a connection is refused',
    );
    refuseConnection(socket, error);
  }
}
