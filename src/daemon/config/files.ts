/** Files that a configuration names: what the daemon would refuse or miss, as far as whoever asks may see them. */
import { closeSync, fstatSync, realpathSync } from 'node:fs';
import { KeyslotError } from '../../core/errors.js';
import { storeKeySize } from '../../providers/software/store-key.js';
import { openTrustedFile, type TrustRule } from '../../providers/trusted-file.js';
import type { Finding } from './rules.js';
import type { Config } from './schema.js';

interface NamedFile {
  readonly file: string;
  readonly path: Finding['path'];
  readonly what: string;
  readonly secret: boolean;
  /** Bytes. */
  readonly size?: number;
  /** Links are followed, as the loader of libraries does. */
  readonly linked?: boolean;
}

/** Nobody's business but the daemon's: the daemon's user is not known here, and who asks may not be allowed to look. */
const denied = new Set(['EACCES', 'EPERM']);

export function checkFiles(config: Config): Finding[] {
  return config.providers.flatMap((provider, i) =>
    filesOf(provider).flatMap((named) => {
      const message = problemOf(named);
      return message === undefined ? [] : [{ path: ['providers', i, ...named.path], message }];
    }),
  );
}

function filesOf(provider: Config['providers'][number]): NamedFile[] {
  if (provider.type === 'pkcs11')
    return [
      { file: provider.module, path: ['module'], what: 'the PKCS#11 module', secret: false, linked: true },
      { file: provider.pin.file, path: ['pin', 'file'], what: 'the PIN file', secret: true },
    ];
  const source = provider.keyStore?.key;
  if (source === undefined || !('from' in source)) return [];
  const key = ['keyStore', 'key'];
  if (source.from === 'file')
    return [{ file: source.path, path: [...key, 'file'], what: 'the key file', secret: true, size: storeKeySize }];
  if (source.from === 'token')
    return [{ file: source.wrapped, path: [...key, 'token', 'wrapped'], what: 'the wrapped store key', secret: false }];
  return [];
}

/** Undefined where nothing is wrong, or nobody may look. */
function problemOf({ file, path, what, secret, size, linked = false }: NamedFile): string | undefined {
  const rule: TrustRule = { what, field: path.join('.'), secret, anyOwner: true };
  try {
    const descriptor = openTrustedFile(linked ? realpathSync(file) : file, rule);
    const found = fstatSync(descriptor).size;
    closeSync(descriptor);
    return size === undefined || found === size ? undefined : `${what} ${file} has ${found} bytes; ${size} are needed`;
  } catch (error) {
    if (!(error instanceof KeyslotError)) return denied.has(codeOf(error)) ? undefined : `${what} ${file} does not exist`;
    return denied.has(codeOf(error.cause)) ? undefined : error.message;
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? '';
}
