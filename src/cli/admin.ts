/** The admin socket as commands use it. */
import { adminSocketPath } from '../client/endpoint.js';
import { AdminClient } from '../daemon/admin/admin-client.js';
import type { CliContext } from './context.js';
import type { AdminFlags } from './flags.js';

export async function withAdmin<T>(context: CliContext, flags: AdminFlags, work: (admin: AdminClient) => Promise<T>): Promise<T> {
  const path = adminSocketPath(flags.admin ?? context.process.env.KEYSLOT_ADMIN);
  const admin = await AdminClient.open(path, { timeout: flags.timeout, signal: context.signal });
  try {
    return await work(admin);
  } finally {
    await admin.close();
  }
}
