import { firstKeyVersion } from '../../vault/named-paths.js';
import { usageError } from '../failure.js';
import { numberFlag } from '../key-flags.js';

/** A version of the vault's key. 0, which means the configured one to the daemon, is said by leaving the flag out. */
export function versionFlag(brief: string) {
  const { parse, ...flag } = numberFlag('n', brief);
  return {
    ...flag,
    parse(input: string): number {
      const version = parse(input);
      if (version === 0) throw usageError(`versions begin with ${firstKeyVersion}`);
      return version;
    },
  } as const;
}
