/** Where the daemon listens: as told, as KEYSLOT_ENDPOINT says, the user's own, or the system's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KeyslotError } from '../core/errors.js';

export const systemSocket = '/run/keyslot/keyslot.sock';
export const systemAdminSocket = '/run/keyslot/admin.sock';

/** The folder of a user's own daemon; undefined where the system gives the user none. */
export function userRuntimeFolder(): string | undefined {
  const folder = process.env.XDG_RUNTIME_DIR;
  return folder === undefined || folder === '' ? undefined : join(folder, 'keyslot');
}

function find(name: string, system: string): string {
  const folder = userRuntimeFolder();
  const own = folder === undefined ? undefined : join(folder, name);
  return own !== undefined && existsSync(own) ? own : system;
}

/** Path of the daemon's socket. @throws INVALID_ARGUMENT for anything but `unix:/path` */
export function socketPath(endpoint: string | undefined, field = 'connectionEndpoint'): string {
  const given = endpoint ?? process.env.KEYSLOT_ENDPOINT;
  if (given === undefined || given === '') return find('keyslot.sock', systemSocket);
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(given)?.[1];
  if (path === undefined)
    throw new KeyslotError('INVALID_ARGUMENT', `"${given}" is not an endpoint; one is unix:/path/of/the/socket`, { field });
  if (Buffer.byteLength(path) > 107)
    throw new KeyslotError('INVALID_ARGUMENT', 'the path of the socket is longer than 107 bytes', { field });
  return path;
}

/** Path of the admin socket: as told, as KEYSLOT_ADMIN says, the user's own, or the system's. */
export function adminSocketPath(endpoint: string | undefined): string {
  const given = endpoint ?? process.env.KEYSLOT_ADMIN;
  return given === undefined || given === '' ? find('admin.sock', systemAdminSocket) : socketPath(given, 'admin');
}
