/** Signatures by `openssl dgst`, and by `pkeyutl` where there is no digest to make. */
import { ecdsaToDer, ecdsaToP1363 } from '../ecdsa-formats.js';
import type { Bytes, Deeds, SignatureJob } from '../party.js';
import { unable } from '../party.js';
import { type Argument, file, type OpenSslCommand } from './openssl-command.js';
import { digestName } from './openssl-names.js';

/** `flag`: `-sigopt` of dgst, `-pkeyopt` of pkeyutl. */
function options({ row, parameters }: SignatureJob, flag: string): string[] {
  if (row.family !== 'rsa-pss') return [];
  const { saltLength, mgfHash } = parameters;
  const mask = digestName(typeof mgfHash === 'string' ? mgfHash : row.hash);
  const values = ['rsa_padding_mode:pss', `rsa_pss_saltlen:${saltLength ?? 'digest'}`, `rsa_mgf1_md:${mask}`];
  return values.flatMap((value) => [flag, value]);
}

/** Signs without a signature, verifies with one. */
function call(job: SignatureJob, message: Bytes, signature: Bytes | undefined): Argument[] {
  const { row, parameters, key } = job;
  if ('hash' in row && parameters.prehashed !== true) {
    const way = signature === undefined ? ['-sign', file(key.pkcs8)] : ['-verify', file(key.spki), '-signature', file(signature)];
    return ['dgst', `-${digestName(row.hash)}`, ...options(job, '-sigopt'), ...way, file(message)];
  }
  const way =
    signature === undefined
      ? ['-sign', '-inkey', file(key.pkcs8)]
      : ['-verify', '-pubin', '-inkey', file(key.spki), '-sigfile', file(signature)];
  const input = ['-in', file(message)];
  if ('hash' in row) return ['pkeyutl', ...way, '-pkeyopt', `digest:${digestName(row.hash)}`, ...options(job, '-pkeyopt'), ...input];
  if (row.family !== 'eddsa' || parameters.context !== undefined) unable(`${row.name} with these parameters`);
  if (message.length === 0) unable('pkeyutl reads no empty message');
  return ['pkeyutl', ...way, '-rawin', ...input];
}

const isSideBySide = ({ row, parameters }: SignatureJob): boolean => row.family === 'ecdsa' && parameters.signatureFormat !== 'der';

export function openSslSignatures(command: OpenSslCommand): Pick<Deeds, 'sign' | 'verify'> {
  return {
    sign: async (job, message) => {
      const signature = await command.output(call(job, message, undefined));
      return isSideBySide(job) ? ecdsaToP1363(signature, job.key.row) : signature;
    },
    verify: async (job, message, signature) => {
      const given = isSideBySide(job) ? ecdsaToDer(signature) : signature;
      const { status, output, error } = await command.run(call(job, message, given));
      const text = `${Buffer.from(output)} ${error}`;
      if (status === 0 || /Verif\w+ failure/i.test(text)) return status === 0;
      throw new Error(`openssl: exit ${status}: ${text}`);
    },
  };
}
