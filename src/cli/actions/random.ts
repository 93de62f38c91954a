import type { RandomContext } from '../../client/index.js';
import { action, printJson } from '../action.js';
import { withCrypto } from '../crypto.js';
import { type Encoding, encode } from '../encoding.js';
import { usageError } from '../failure.js';
import { namingFlags } from '../flag-names.js';
import { type DaemonFlags, type OutputFlags, providerChoice } from '../flags.js';
import { openResult, withResult } from '../result-bytes.js';
import { wipe } from '../secret-memory.js';

export interface RandomFlags extends DaemonFlags, OutputFlags {
  readonly format?: Encoding;
}

/** Bytes of one call. */
const piece = 256 * 1024;

/** `keyslot random`. The bytes may become a key: a new file is its owner's. */
export const random = action(async (context, flags: RandomFlags, size: number) => {
  const { json = false, format = 'hex', output = '-' } = flags;
  if (json && output === '-' && format === 'raw') throw usageError('--json needs -o FILE, or --format hex or base64', 'output');
  const rules = { mode: 0o600, text: format !== 'raw', instead: 'give -o FILE, --format hex or base64' };
  const result = await openResult(context, flags, rules);
  await withResult(result, () =>
    namingFlags({ provider: 'provider' }, () =>
      withCrypto(context, flags, async ({ crypto, call }) => {
        await using generator = await crypto.createRandomContext(providerChoice(flags.provider), call);
        const bytes = await generate(generator, size, call);
        const text = encode(bytes, format);
        try {
          const where = await result.deliver(text, () => ({ random: Buffer.from(text).toString().trimEnd() }));
          if (json) printJson(context, { bytes: size, format, ...where });
        } finally {
          wipe(bytes, text);
        }
      }),
    ),
  );
});

async function generate(generator: RandomContext, size: number, call: { signal?: AbortSignal }): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += piece) {
    const part = await generator.generate(Math.min(piece, size - at), undefined, call);
    bytes.set(part, at);
    wipe(part);
  }
  return bytes;
}
