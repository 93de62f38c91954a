/** RSA encryption, wrapping and agreement by `openssl pkeyutl`; AES key wrap by `enc`. */
import { hkdfSync } from 'node:crypto';
import type { AlgorithmParameters } from '../../../src/client/configs.js';
import type { Bytes, Deeds, WrapJob } from '../party.js';
import { unable } from '../party.js';
import { file, type OpenSslCommand } from './openssl-command.js';
import { digestName, hex } from './openssl-names.js';

function paddingOptions(hash: string | undefined, { mgfHash, label }: AlgorithmParameters): string[] {
  if (hash === undefined) return ['-pkeyopt', 'rsa_padding_mode:pkcs1'];
  const mask = digestName(typeof mgfHash === 'string' ? mgfHash : hash);
  const values = ['rsa_padding_mode:oaep', `rsa_oaep_md:${digestName(hash)}`, `rsa_mgf1_md:${mask}`];
  if (label instanceof Uint8Array && label.length > 0) values.push(`rsa_oaep_label:${hex(label)}`);
  return values.flatMap((value) => ['-pkeyopt', value]);
}

const keyWraps: Readonly<Partial<Record<WrapJob['row']['method'], readonly [mode: string, iv: string]>>> = {
  'aes-kw': ['wrap', 'a6a6a6a6a6a6a6a6'],
  'aes-kwp': ['wrap-pad', 'a65959a6'],
};

export function openSslEncryption(command: OpenSslCommand): Pick<Deeds, 'rsaEncrypt' | 'rsaDecrypt' | 'wrap' | 'unwrap' | 'agree'> {
  const encrypt = (spki: Bytes, padding: readonly string[], data: Bytes) =>
    command.output(['pkeyutl', '-encrypt', '-pubin', '-inkey', file(spki), ...padding, '-in', file(data)]);
  const decrypt = (pkcs8: Bytes, padding: readonly string[], data: Bytes) =>
    command.output(['pkeyutl', '-decrypt', '-inkey', file(pkcs8), ...padding, '-in', file(data)]);
  const keyWrap = ({ row, key }: WrapJob, direction: '-e' | '-d', data: Bytes) => {
    const [mode, iv] = keyWraps[row.method] ?? unable(row.name);
    if (!('bytes' in key)) return unable(row.name);
    const cipher = `-id-aes${key.bytes.length * 8}-${mode}`;
    return command.output(['enc', direction, cipher, '-K', hex(key.bytes), '-iv', iv, '-in', file(data)]);
  };
  return {
    rsaEncrypt: ({ row, parameters, key }, data) => encrypt(key.spki, paddingOptions(row.hash, parameters), data),
    rsaDecrypt: ({ row, parameters, key }, data) => decrypt(key.pkcs8, paddingOptions(row.hash, parameters), data),
    wrap: (job, payload) => {
      const { row, parameters, key } = job;
      return 'spki' in key ? encrypt(key.spki, paddingOptions(row.hash, parameters), payload) : keyWrap(job, '-e', payload);
    },
    unwrap: (job, wrapped) => {
      const { row, parameters, key } = job;
      return 'pkcs8' in key ? decrypt(key.pkcs8, paddingOptions(row.hash, parameters), wrapped) : keyWrap(job, '-d', wrapped);
    },
    agree: async ({ key, peer, salt, label, size }) => {
      const secret = await command.output(['pkeyutl', '-derive', '-inkey', file(key.pkcs8), '-peerkey', file(peer.spki)]);
      return new Uint8Array(hkdfSync('sha256', secret, salt, label, size));
    },
  };
}
