/** Ciphers without authentication: AES in the modes of SP 800-38A and 38E, RSA encryption of RFC 8017 section 7. */
import { hashAliases, hashStatus } from './hashes.js';
import { type CipherMode, type CipherRow, type HashName, hashNames, type ParameterRow, type RsaCipherRow, type Status } from './row.js';

interface Mode {
  readonly ivSize: number;
  readonly blockSize: number;
  readonly status: Status;
}
/** ECB shows which blocks are equal. */
const modes: Readonly<Record<CipherMode, Mode>> = {
  ecb: { ivSize: 0, blockSize: 16, status: 'legacy' },
  cbc: { ivSize: 16, blockSize: 16, status: 'approved' },
  ctr: { ivSize: 16, blockSize: 1, status: 'approved' },
  cfb: { ivSize: 16, blockSize: 1, status: 'approved' },
  cfb8: { ivSize: 16, blockSize: 1, status: 'approved' },
  ofb: { ivSize: 16, blockSize: 1, status: 'approved' },
  xts: { ivSize: 16, blockSize: 1, status: 'approved' },
};
/** Of a block mode: what fills up the last block; without it the message must be whole blocks. */
const padding: ParameterRow = { name: 'padding', type: 'string', values: ['pkcs7', 'none'], default: 'pkcs7' };

function aes(bits: number, mode: CipherMode): CipherRow {
  const { ivSize, blockSize, status } = modes[mode];
  return {
    name: `AES-${bits}-${mode.toUpperCase()}`,
    aliases: [],
    family: 'cipher',
    kinds: ['cipher'],
    parameters: blockSize === 1 ? [] : [padding],
    status,
    keyType: 'aes',
    mode,
    keyLength: mode === 'xts' ? 2 * bits : bits,
    ivSize,
    blockSize,
  };
}

export const mgfHash: ParameterRow = { name: 'mgfHash', type: 'string', values: hashNames };

function oaep(hash: HashName): RsaCipherRow {
  return {
    name: `RSA-OAEP-${hash}`,
    aliases: hashAliases(`RSA-OAEP-${hash}`),
    family: 'rsa-oaep',
    kinds: ['cipher'],
    parameters: [mgfHash, { name: 'label', type: 'bytes', max: 65_536 }],
    status: hashStatus(hash),
    keyType: 'rsa',
    hash,
  };
}

const sizes = [128, 192, 256] as const;
const byteModes = ['ecb', 'cbc', 'ctr', 'cfb', 'cfb8', 'ofb'] as const;

export const cipherRows: readonly (CipherRow | RsaCipherRow)[] = [
  ...byteModes.flatMap((mode) => sizes.map((bits) => aes(bits, mode))),
  aes(128, 'xts'),
  aes(256, 'xts'),
  ...hashNames.map(oaep),
  {
    name: 'RSA-PKCS1',
    aliases: ['RSAES-PKCS1'],
    family: 'rsa-pkcs1-encryption',
    kinds: ['cipher'],
    parameters: [],
    status: 'legacy',
    keyType: 'rsa',
  },
];
