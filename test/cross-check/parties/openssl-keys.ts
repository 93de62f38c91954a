/** Signatures, RSA encryption, agreement, wrapping and key files by `openssl dgst`, `pkeyutl`, `pkey`, `genpkey` and `pkcs8`. */
import { hkdfSync } from 'node:crypto';
import type { KeyRow } from '../../../src/core/algorithms.js';
import type { CarriedKey, Deeds, KeyPair, RsaEncryptionJob, SecretKey, SignatureJob, WrapJob } from '../party.js';
import { unable } from '../party.js';
import { ecdsaToDer, ecdsaToP1363 } from '../ecdsa-formats.js';
import { type Argument, file, type OpenSslCommand } from './openssl-command.js';
import { digestName, hex } from './openssl-names.js';

type AsymmetricDeeds = Pick<
  Deeds,
  'rsaEncrypt' | 'rsaDecrypt' | 'sign' | 'verify' | 'agree' | 'wrap' | 'unwrap' | 'generateKey' | 'publicOf' | 'rewrite'
>;

function oaepOptions(hash: string | undefined, parameters: Readonly<Record<string, unknown>>): string[] {
  if (hash === undefined) return ['-pkeyopt', 'rsa_padding_mode:pkcs1'];
  const { mgfHash, label } = parameters;
  const digest = digestName(hash as 'SHA-256');
  const mask = typeof mgfHash === 'string' ? digestName(mgfHash as 'SHA-256') : digest;
  const named = label instanceof Uint8Array && label.length > 0 ? ['-pkeyopt', `rsa_oaep_label:${hex(label)}`] : [];
  return ['-pkeyopt', 'rsa_padding_mode:oaep', '-pkeyopt', `rsa_oaep_md:${digest}`, '-pkeyopt', `rsa_mgf1_md:${mask}`, ...named];
}

/** `-sigopt` of dgst, `-pkeyopt` of pkeyutl. */
function signatureOptions({ row, parameters }: SignatureJob, flag: string): string[] {
  if (row.family !== 'rsa-pss') return [];
  const { saltLength, mgfHash } = parameters;
  const mask = typeof mgfHash === 'string' ? mgfHash : row.hash;
  const options = ['rsa_padding_mode:pss', `rsa_pss_saltlen:${saltLength ?? 'digest'}`, `rsa_mgf1_md:${digestName(mask as 'SHA-256')}`];
  return options.flatMap((value) => [flag, value]);
}

const isPair = (key: SecretKey | KeyPair): key is KeyPair => 'pkcs8' in key;

export function openSslKeys(command: OpenSslCommand): AsymmetricDeeds {
  const oaep = (key: Uint8Array, half: 'public' | 'private', options: readonly string[], data: Uint8Array) => {
    const way = half === 'public' ? ['-encrypt', '-pubin'] : ['-decrypt'];
    return command.output(['pkeyutl', ...way, '-inkey', file(key), ...options, '-in', file(data)]);
  };
  const rsaOptions = ({ row, parameters }: RsaEncryptionJob) => oaepOptions(row.hash, parameters);
  const signArguments = (job: SignatureJob, message: Uint8Array, half: readonly Argument[], more: readonly Argument[]): Argument[] => {
    const { row, parameters } = job;
    if (!('hash' in row)) {
      if (row.family !== 'eddsa' || parameters.context !== undefined) unable(row.name);
      if (message.length === 0) unable('pkeyutl reads no empty message');
      return ['pkeyutl', ...(more.length === 0 ? ['-sign'] : ['-verify', '-pubin']), '-inkey', ...half, '-rawin', '-in', file(message), ...sigfile(more)];
    }
    if (parameters.prehashed === true) {
      const way = more.length === 0 ? ['-sign'] : ['-verify', '-pubin'];
      const digest = ['-pkeyopt', `digest:${digestName(row.hash)}`];
      return ['pkeyutl', ...way, '-inkey', ...half, ...digest, ...signatureOptions(job, '-pkeyopt'), '-in', file(message), ...sigfile(more)];
    }
    const way = more.length === 0 ? '-sign' : '-verify';
    const signature = more.length === 0 ? [] : ['-signature', ...more];
    return ['dgst', `-${digestName(row.hash)}`, ...signatureOptions(job, '-sigopt'), way, ...half, ...signature, file(message)];
  };
  const sigfile = (more: readonly Argument[]): Argument[] => (more.length === 0 ? [] : ['-sigfile', ...more]);
  const inDer = ({ row, parameters }: SignatureJob): boolean => row.family !== 'ecdsa' || parameters.signatureFormat === 'der';

  return {
    rsaEncrypt: (job, data) => oaep(job.key.spki, 'public', rsaOptions(job), data),
    rsaDecrypt: (job, data) => oaep(job.key.pkcs8, 'private', rsaOptions(job), data),
    sign: async (job, message) => {
      const signature = await command.output(signArguments(job, message, [file(job.key.pkcs8)], []));
      return inDer(job) ? signature : ecdsaToP1363(signature, job.key.row);
    },
    verify: async (job, message, signature) => {
      const given = inDer(job) ? signature : ecdsaToDer(signature);
      const { status, output, error } = await command.run(signArguments(job, message, [file(job.key.spki)], [file(given)]));
      if (status > 1 || status < 0) throw new Error(`openssl: exit ${status}: ${error}`);
      const text = Buffer.from(output).toString();
      if (status === 0 || /Verif\w+ [Ff]ailure/.test(text + error)) return status === 0;
      throw new Error(`openssl: exit ${status}: ${text} ${error}`);
    },
    agree: async ({ key, peer, salt, label, size }) => {
      const secret = await command.output(['pkeyutl', '-derive', '-inkey', file(key.pkcs8), '-peerkey', file(peer.spki)]);
      return new Uint8Array(hkdfSync('sha256', secret, salt, label, size));
    },
    wrap: (job, payload) => wrapping(job, payload, '-e'),
    unwrap: (job, wrapped) => wrapping(job, wrapped, '-d'),
    generateKey: async (row, form) => {
      const made = await command.output(['genpkey', ...keyKind(row), '-outform', 'DER']);
      return write({ algorithm: row.name, format: 'der', data: made }, row, form);
    },
    publicOf: (key) => command.output(['pkey', '-in', file(readable(key)), ...passIn(key), '-pubout', '-outform', 'DER']),
    rewrite: async (key, format) => {
      if (format === 'jwk') unable('openssl has no JWK');
      const data = await command.output(['pkey', '-in', file(readable(key)), ...passIn(key), '-outform', format.toUpperCase()]);
      return { algorithm: key.algorithm, format, data };
    },
  };

  function wrapping({ row, parameters, key }: WrapJob, data: Uint8Array, direction: '-e' | '-d'): Promise<Uint8Array> {
    if (row.method === 'rsa-oaep' && isPair(key)) {
      const options = oaepOptions(row.hash, parameters);
      return direction === '-e' ? oaep(key.spki, 'public', options, data) : oaep(key.pkcs8, 'private', options, data);
    }
    if (isPair(key) || (row.method !== 'aes-kw' && row.method !== 'aes-kwp')) unable(row.name);
    const [mode, iv] = row.method === 'aes-kw' ? ['wrap', 'a6a6a6a6a6a6a6a6'] : ['wrap-pad', 'a65959a6'];
    const cipher = `-id-aes${key.bytes.length * 8}-${mode}`;
    return command.output(['enc', direction, cipher, '-K', hex(key.bytes), '-iv', iv, '-in', file(data)]);
  }

  /** A form that only this command writes: other ciphers and key derivations of encrypted keys, and the traditional ones. */
  async function write(key: CarriedKey, { keyType }: KeyRow, form: number): Promise<CarriedKey> {
    const format = form % 2 === 0 ? 'der' : 'pem';
    const outform = ['-outform', format.toUpperCase()];
    const { algorithm, data } = key;
    const passphrase = Buffer.from(`pass ${form}`);
    const pass = ['-passout', `pass:${passphrase}`];
    const kinds: readonly (() => readonly Argument[])[] = [
      () => ['pkey', '-in', file(data), ...outform],
      () => ['pkey', '-in', file(data), ...(keyType === 'ec' || keyType === 'rsa' ? ['-traditional'] : []), ...outform],
      () => ['pkcs8', '-topk8', '-in', file(data), ...outform, ...pass, '-v2', ciphers[form % 3] ?? '', '-v2prf', prfs[form % prfs.length] ?? ''],
      () => ['pkcs8', '-topk8', '-in', file(data), ...outform, ...pass, '-v2', ciphers[form % 3] ?? '', '-scrypt', '-scrypt_N', '1024'],
    ];
    const kind = (form >> 1) % kinds.length;
    const written = await command.output(kinds[kind]?.() ?? []);
    return { algorithm, format, data: written, ...(kind >= 2 && { passphrase: new Uint8Array(passphrase) }) };
  }
}

const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'];
const prfs = ['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512', 'hmacWithSHA512-256'];

function readable({ format, data }: CarriedKey): Uint8Array {
  return format === 'jwk' || format === 'raw' ? unable(`openssl reads no ${format} keys`) : data;
}

function passIn({ passphrase }: CarriedKey): string[] {
  return passphrase === undefined ? [] : ['-passin', `pass:${Buffer.from(passphrase).toString()}`];
}

function keyKind({ name, keyType, curve, keyLength }: KeyRow): string[] {
  if (curve !== undefined) return ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', 'ec_param_enc:named_curve'];
  if (keyType === 'rsa') return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${keyLength}`];
  if (keyType === 'edwards' || keyType === 'montgomery') return ['-algorithm', name];
  return unable(name);
}
