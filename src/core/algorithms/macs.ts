/** Message authentication: HMAC (FIPS 198-1), CMAC (SP 800-38B), GMAC (SP 800-38D), KMAC (SP 800-185). */
import { hashAliases, hashSizes, hashStatus } from './hashes.js';
import { type HashName, type HmacRow, hashNames, type MacRow, type OtherMacRow } from './row.js';

const none = { min: 0, max: 0 } as const;

function hmac(of: HashName): HmacRow {
  const outputSize = hashSizes[of];
  return {
    name: `HMAC-${of}`,
    aliases: hashAliases(`HMAC-${of}`),
    family: 'hmac',
    kinds: ['mac'],
    parameters: [{ name: 'outputLength', type: 'number', min: 4, max: outputSize }],
    status: hashStatus(of),
    keyType: 'hmac',
    hash: of,
    outputSize,
  };
}

function blockCipherMac(name: string, family: 'cmac' | 'gmac', aliases: readonly string[], nonce: OtherMacRow['nonce']): OtherMacRow {
  return {
    name,
    aliases,
    family,
    kinds: ['mac'],
    parameters: [{ name: 'outputLength', type: 'number', min: 4, max: 16 }],
    status: 'approved',
    keyType: 'aes',
    nonce,
    outputSize: 16,
  };
}

function kmac(strength: 128 | 256, outputSize: number): OtherMacRow {
  return {
    name: `KMAC-${strength}`,
    aliases: [`KMAC${strength}`],
    family: 'kmac',
    kinds: ['mac'],
    parameters: [
      { name: 'outputLength', type: 'number', min: 4, max: 65_536 },
      { name: 'customization', type: 'bytes', max: 512 },
      /** Output of another length is then the start of a longer one (KMACXOF). */
      { name: 'xof', type: 'boolean', default: false },
    ],
    status: 'approved',
    keyType: 'kmac',
    nonce: none,
    outputSize,
    strength,
  };
}

export const macRows: readonly MacRow[] = [
  ...hashNames.map(hmac),
  blockCipherMac('AES-CMAC', 'cmac', ['CMAC-AES', 'AES-128-CMAC', 'AES-192-CMAC', 'AES-256-CMAC'], none),
  blockCipherMac('GMAC', 'gmac', ['AES-GMAC', 'AES-128-GMAC', 'AES-192-GMAC', 'AES-256-GMAC'], { min: 1, max: 128 }),
  kmac(128, 32),
  kmac(256, 64),
];
