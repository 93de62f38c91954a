/** The admin socket as commands use it. */
import { adminSocketPath } from '../client/endpoint.js';
import { AdminClient } from '../daemon/admin/admin-client.js';
import type { CliContext } from './context.js';
import type { AdminFlags } from './flags.js';

export async function withAdmin<T>(context: CliContext, flags: AdminFlags, work: (admin: AdminClient) => Promise<T>): Promise<T> {
  const path = adminSocketPath(flags.admin ?? context.process.env.KEYSLOT_ADMIN);
  const { timeout } = flags;
  const admin = await AdminClient.open(path, { signal: context.signal, ...(timeout === undefined ? {} : { timeout }) });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}
