/** Keys made, written and read by `openssl genpkey`, `pkey` and `pkcs8`. */
import type { KeyRow } from '../../../src/core/algorithms.js';
import type { Bytes, CarriedKey, Deeds } from '../party.js';
import { unable } from '../party.js';
import { type Argument, file, type OpenSslCommand } from './openssl-command.js';

const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'] as const;
const prfs = ['hmacWithSHA1', 'hmacWithSHA224', 'hmacWithSHA256', 'hmacWithSHA384', 'hmacWithSHA512', 'hmacWithSHA512-256'] as const;

interface WrittenForm {
  /** Of an encrypted key. */
  readonly passphrase?: string;
  readonly command: (der: Bytes) => readonly Argument[];
}

/** One of PKCS#8, the traditional form, and PKCS#8 encrypted with PBKDF2 or scrypt; `form` chooses. */
function writtenForm({ keyType }: KeyRow, form: number): WrittenForm {
  const traditional = keyType === 'ec' || keyType === 'rsa' ? ['-traditional'] : [];
  const passphrase = `pass ${form}`;
  const encrypted = (der: Bytes) => {
    const cipher = ciphers[form % ciphers.length] ?? ciphers[0];
    return ['pkcs8', '-topk8', '-in', file(der), '-passout', `pass:${passphrase}`, '-v2', cipher];
  };
  const forms: readonly [WrittenForm, ...WrittenForm[]] = [
    { command: (der) => ['pkey', '-in', file(der)] },
    { command: (der) => ['pkey', '-in', file(der), ...traditional] },
    { passphrase, command: (der) => [...encrypted(der), '-v2prf', prfs[form % prfs.length] ?? prfs[0]] },
    { passphrase, command: (der) => [...encrypted(der), '-scrypt', '-scrypt_N', '1024'] },
  ];
  return forms[(form >> 1) % forms.length] ?? forms[0];
}

function kindOf({ name, keyType, curve, keyLength }: KeyRow): string[] {
  if (curve !== undefined) return ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${curve}`, '-pkeyopt', 'ec_param_enc:named_curve'];
  if (keyType === 'rsa') return ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${keyLength}`];
  return ['-algorithm', name];
}

function input({ format, data, passphrase }: CarriedKey): Argument[] {
  if (format === 'jwk' || format === 'raw') unable(`openssl reads no ${format} keys`);
  return ['-in', file(data), ...(passphrase === undefined ? [] : ['-passin', `pass:${Buffer.from(passphrase)}`])];
}

export function openSslKeyFiles(command: OpenSslCommand): Pick<Deeds, 'generateKey' | 'publicOf' | 'rewrite'> {
  return {
    generateKey: async (row, form) => {
      const made = await command.output(['genpkey', ...kindOf(row), '-outform', 'DER']);
      const format = form % 2 === 0 ? 'der' : 'pem';
      const { passphrase, command: write } = writtenForm(row, form);
      const data = await command.output([...write(made), '-outform', format.toUpperCase()]);
      return { algorithm: row.name, format, data, ...(passphrase !== undefined && { passphrase: new TextEncoder().encode(passphrase) }) };
    },
    publicOf: (key) => command.output(['pkey', ...input(key), '-pubout', '-outform', 'DER']),
    rewrite: async (key, format) => {
      if (format === 'jwk') unable('openssl writes no JWK');
      return { algorithm: key.algorithm, format, data: await command.output(['pkey', ...input(key), '-outform', format.toUpperCase()]) };
    },
  };
}
