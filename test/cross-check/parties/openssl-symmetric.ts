/** Hashes, MACs, ciphers and key wrap by `openssl dgst`, `mac` and `enc`. */
import type { CipherJob, Deeds } from '../party.js';
import { unable } from '../party.js';
import { type Argument, file, type OpenSslCommand } from './openssl-command.js';
import { digestName, hex, option } from './openssl-names.js';

const xofs: Readonly<Record<string, string>> = { 'SHAKE-128': 'shake128', 'SHAKE-256': 'shake256' };
const wholeDigests: Readonly<Record<string, readonly [name: string, size: number]>> = {
  BLAKE2b: ['blake2b512', 64],
  BLAKE2s: ['blake2s256', 32],
};

export function openSslSymmetric(command: OpenSslCommand): Pick<Deeds, 'hash' | 'mac' | 'encrypt' | 'decrypt'> {
  const crypt = ({ row, padding, key, iv }: CipherJob, data: Uint8Array, direction: '-e' | '-d') => {
    if (row.mode === 'xts') unable('openssl enc refuses XTS');
    const ivArguments = iv === undefined ? [] : ['-iv', hex(iv)];
    const pad = padding === 'none' ? ['-nopad'] : [];
    return command.output([
      'enc',
      direction,
      `-${row.name.toLowerCase()}`,
      '-K',
      hex(key.bytes),
      ...ivArguments,
      ...pad,
      '-in',
      file(data),
    ]);
  };
  return {
    hash: ({ row, size, message }) => {
      if (row.family === 'hash') return command.output(['dgst', `-${digestName(row.hash)}`, '-binary', file(message)]);
      const xof = xofs[row.function];
      if (xof !== undefined) return command.output(['dgst', `-${xof}`, '-xoflen', String(size), '-binary', file(message)]);
      const [name, whole] = wholeDigests[row.function] ?? unable(row.name);
      if (size !== whole) unable(`${name} of other than ${whole} bytes`);
      return command.output(['dgst', `-${name}`, '-binary', file(message)]);
    },
    mac: async ({ row, size, parameters, key, iv, message }) => {
      const set = (name: string, value: string | number | Uint8Array | undefined) => option('-macopt', name, value);
      const run = async (algorithm: string, ...args: readonly Argument[]) =>
        (await command.output(['mac', ...set('key', key.bytes), ...args, '-binary', '-in', file(message), algorithm])).subarray(0, size);
      if (row.family === 'hmac') return run('HMAC', '-digest', digestName(row.hash));
      const bits = key.bytes.length * 8;
      if (row.family === 'cmac') return run('CMAC', '-cipher', `AES-${bits}-CBC`);
      if (row.family === 'gmac') return run('GMAC', '-cipher', `AES-${bits}-GCM`, ...set('iv', iv));
      const custom = parameters.customization instanceof Uint8Array ? parameters.customization : undefined;
      return run(row.name, ...set('custom', custom), ...set('size', size), ...set('xof', parameters.xof === true ? 1 : undefined));
    },
    encrypt: (job, data) => crypt(job, data, '-e'),
    decrypt: (job, data) => crypt(job, data, '-d'),
  };
}
