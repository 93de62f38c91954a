import { KeyslotError } from '../../core/errors.js';
import { vaultKeyKindNumbers } from '../../protocol/enumerations.js';
import { action, printJson } from '../action.js';
import { withAdmin } from '../admin.js';
import type { AdminFlags } from '../flags.js';
import { type KindName, kinds } from '../kinds.js';
import { namingPath } from '../path-argument.js';
import { publicKeyPem } from '../public-key.js';
import { hex } from '../vault.js';

export interface VaultDeriveFlags extends AdminFlags {
  readonly kind: KindName;
  readonly pem?: boolean;
}

/** `keyslot vault derive` */
export const vaultDerive = action(async (context, flags: VaultDeriveFlags, given: string) => {
  const { json = false, pem = false, kind } = flags;
  if (kind === 'aes256')
    throw new KeyslotError(
      'INCOMPATIBLE_KEY_TYPE',
      'an AES key has no public half, and the key itself never leaves the daemon: keyslot seal and a slot of the vault use it there',
      { field: 'kind' },
    );
  const request = { kind: vaultKeyKindNumbers.number(kinds[kind], 'kind'), path: given };
  const { path, publicKey } = await namingPath(given, () => withAdmin(context, flags, (admin) => admin.call('vaultPublicKey', request)));
  const text = pem ? publicKeyPem(kind, publicKey) : `${hex(publicKey)}\n`;
  if (json) printJson(context, { kind, path, publicKey: hex(publicKey), ...(pem ? { pem: text } : {}) });
  else context.process.stdout.write(text);
});
