import type { EncapsulateKeyParams } from '../../client/index.js';
import { action, printJson } from '../action.js';
import type { CliContext } from '../context.js';
import { usageError } from '../failure.js';
import type { OutputFlags } from '../flags.js';
import { withKdf } from '../kdf-flags.js';
import { type KemFlags, kemNames, persist, sharedKeyParams } from '../kem.js';
import { publicKeyFormatOf, withKeyFile } from '../key-file.js';
import { type Keys, keyInSlot, withSlot } from '../keys.js';
import { openResult, withResult } from '../result-bytes.js';

export interface KemEncapsulateFlags extends KemFlags, OutputFlags {
  readonly to?: string;
  readonly peer?: string;
  readonly algorithm?: string;
}

const usualKem = 'ML-KEM-768';

/** `keyslot kem encapsulate` */
export const kemEncapsulate = action(async (context, flags: KemEncapsulateFlags) => {
  const { to, peer, algorithm } = flags;
  if ((to === undefined) === (peer === undefined)) throw usageError('give the public key by --to SLOT or --peer FILE, one of them', 'to');
  if (to !== undefined && algorithm !== undefined) throw usageError('--algorithm is of the key in --peer FILE', 'algorithm');
  const names = { ...kemNames, publicKey: to === undefined ? 'peer' : 'to', keyData: 'peer', publicKeyFormat: 'peer' };
  const about = await withKdf(context, flags, (kdf) =>
    withSlot(context, flags, flags.key, names, async (keys) => {
      const result = await openResult(context, flags, { mode: 0o666 });
      return withResult(result, async () => {
        const made = await withPublicKey(context, flags, keys, (publicKey) =>
          keys.management.encapsulateKey({ publicKey, ...sharedKeyParams(keys, flags, kdf) }, keys.call),
        );
        await using shared = made.key;
        // First the key: a ciphertext that somebody got is of no use without it.
        await persist(keys, shared, flags);
        const { ciphertext } = made;
        const where = await result.deliver(ciphertext, () => ({ ciphertext: Buffer.from(ciphertext).toString('base64') }));
        return { ...(await keyInSlot(keys)), ...(to === undefined ? { peer } : { to }), ciphertextBytes: ciphertext.length, ...where };
      });
    }),
  );
  if (flags.json === true) printJson(context, about);
});

function withPublicKey<T>(
  context: CliContext,
  { to, peer = '-', algorithm = usualKem }: KemEncapsulateFlags,
  { crypto, call }: Keys,
  use: (publicKey: EncapsulateKeyParams['publicKey']) => Promise<T>,
): Promise<T> {
  if (to !== undefined) return crypto.resolveResource(to, 'keySlot', call).then(use);
  return withKeyFile(context, peer, (data) => use({ data, algorithm, format: publicKeyFormatOf(data) }));
}
