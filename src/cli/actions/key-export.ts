import type { KeyObject } from '../../client/index.js';
import { KeyslotError } from '../../core/errors.js';
import type { KeyFormat } from '../../core/vocabulary.js';
import { action, printJson } from '../action.js';
import type { OutputFlags } from '../flags.js';
import type { KeyCommandFlags } from '../key-flags.js';
import { type Keys, withSlot } from '../keys.js';
import { openResult, withResult } from '../result-bytes.js';
import { wipe } from '../secret-memory.js';

export interface KeyExportFlags extends KeyCommandFlags, OutputFlags {
  readonly format?: KeyFormat;
  readonly public?: boolean;
}

type Half = 'public' | 'private' | 'secret';

/** `keyslot key export` */
export const keyExport = action(async (context, flags: KeyExportFlags, name: string) => {
  const about = await withSlot(context, flags, name, { format: 'format' }, async (keys) => {
    const key = await keys.crypto.getKeyObject(keys.slot, keys.call);
    const half = leavingHalf(key, name, flags.public === true);
    const format = flags.format ?? (half === 'secret' ? 'raw' : 'pem');
    const text = format === 'pem' || format === 'jwk';
    const secret = half !== 'public';
    const rules = { mode: secret ? 0o600 : 0o666, text: text && !secret, secret };
    const result = await openResult(context, flags, rules);
    return withResult(result, async () => {
      const bytes = await bytesOf(keys, key, half, format);
      try {
        const inJson = () => ({ key: Buffer.from(bytes).toString(text ? 'utf8' : 'base64') });
        const where = await result.deliver(asLines(bytes, format, half), inJson);
        return { slot: name, algorithm: key.algorithm, half, format, bytes: bytes.length, ...where };
      } finally {
        wipe(bytes);
      }
    });
  });
  if (flags.json === true) printJson(context, about);
});

/** @throws INCOMPATIBLE_KEY_TYPE */
function leavingHalf({ kind }: KeyObject, name: string, wantsPublic: boolean): Half {
  if (kind === 'symmetric') {
    if (wantsPublic)
      throw new KeyslotError('INCOMPATIBLE_KEY_TYPE', `--public: the key in "${name}" is secret and has no public half`, {
        field: 'public',
      });
    return 'secret';
  }
  return kind === 'public' || wantsPublic ? 'public' : 'private';
}

/** In memory that the caller wipes. */
async function bytesOf({ management, slot, call }: Keys, key: KeyObject, half: Half, format: KeyFormat): Promise<Uint8Array> {
  if (half === 'public' && key.exportPublicKey !== undefined) return key.exportPublicKey(format, call);
  return management.exportKey(slot, format, undefined, call);
}

/** A public JWK is a line of text; PEM has its own end of line. */
function asLines(bytes: Uint8Array, format: KeyFormat, half: Half): Uint8Array {
  return format === 'jwk' && half === 'public' ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
}
