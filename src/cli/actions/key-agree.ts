import { curveShortNames } from '../../core/algorithms/key-names.js';
import { keyAlgorithm } from '../../core/algorithms.js';
import type { KeyFormat } from '../../core/vocabulary.js';
import { action } from '../action.js';
import { usageError } from '../failure.js';
import { type KdfFlags, kdfNames, withNeededKdf } from '../kdf-flags.js';
import { publicKeyFormatOf, withKeyFile } from '../key-file.js';
import { type NewKeyFlags, newKeyNames, newKeyParams } from '../key-flags.js';
import { keyInSlot, tellNewKey, withSlot } from '../keys.js';

export interface KeyAgreeFlags extends NewKeyFlags, KdfFlags {
  readonly private: string;
  readonly peer: string;
  readonly peerFormat?: KeyFormat;
  readonly agreement?: string;
}

const names = {
  ...newKeyNames,
  ...kdfNames,
  privateKey: 'private',
  peerPublicKey: 'peer',
  keyData: 'peer',
  publicKeyFormat: 'peerFormat',
  agreementAlgorithm: 'agreement',
} as const;

/** `keyslot key agree` */
export const keyAgree = action(async (context, flags: KeyAgreeFlags, name: string) => {
  const { json = false } = flags;
  const { key, ...more } = await withNeededKdf(context, flags, (kdf) =>
    withKeyFile(context, flags.peer, (peerPublicKey) =>
      withSlot(context, flags, name, names, async (keys) => {
        const { crypto, management, slot, before, call, longCall } = keys;
        const privateKey = await crypto.resolveResource(flags.private, 'keySlot', call);
        const agreement = flags.agreement ?? agreementOf((await crypto.getKeySlotObject(privateKey, call)).algorithm);
        const params = {
          privateKey,
          peerPublicKey,
          publicKeyFormat: flags.peerFormat ?? publicKeyFormatOf(peerPublicKey),
          agreementAlgorithm: agreement,
          derivedKeyAlgorithm: flags.algorithm ?? before.algorithm,
          kdf,
          ...newKeyParams(flags),
        };
        await management.agreeKey(slot, params, longCall);
        return { key: await keyInSlot(keys), private: flags.private, agreement, kdf: kdf.kdfAlgorithm };
      }),
    ),
  );
  tellNewKey(context, json, key, 'agreed', more);
});

/** The agreement that a kind of key is for. @throws INVALID_ARGUMENT (usage) */
function agreementOf(algorithm: string): string {
  const row = keyAlgorithm(algorithm);
  if (row?.keyType === 'montgomery') return row.name;
  if (row?.keyType === 'ec' && row.curve !== undefined) return `ECDH-${curveShortNames[row.curve]}`;
  throw usageError(`a key of ${algorithm} agrees on nothing; --private takes an ECDH, X25519 or X448 key`, 'private');
}
