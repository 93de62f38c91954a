import type { Party } from '../party.js';
import type { OpenSslCommand } from './openssl-command.js';
import { openSslKdf } from './openssl-kdf.js';
import { openSslKeys } from './openssl-keys.js';
import { openSslSymmetric } from './openssl-symmetric.js';

/** The `openssl` command. */
export function openSslParty(command: OpenSslCommand): Party {
  return { name: 'openssl', ...openSslSymmetric(command), ...openSslKeys(command), derive: openSslKdf(command) };
}
