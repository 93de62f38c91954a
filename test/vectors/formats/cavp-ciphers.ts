/** CAVP's block cipher files (KAT, MMT and MCT) and GCM. */
import { hex } from '../bytes.js';
import { type CaseBody, notInThisVersion, readCase, SkippedTest, type VectorCase } from '../case.js';
import { type CavpFile, hint } from './cavp-hints.js';
import type { Stanza } from './pairs.js';

const cipherWord = /(?<![A-Za-z])(?:Camellia|CAMELLIA|CAST5|SEED|SM4|ARIA|TDES|3DES|IDEA|Blowfish|ARC4|RC2|ChaCha20|AES|aes)(?![a-z])/;
const modeWord =
  /(?<![A-Za-z])(ECB|CBC|OFB|CFB\d*|CTR|GCM-SIV|GCM|CCM|XTS|SIV|OCB\d?)(?=[^A-Za-z]|MMT|MCT|GFSbox|KeySbox|VarKey|VarTxt|$)/i;

/** `AES-256-CBC`, by the words of the comments and the path and by the key's size. */
function cipherName(file: CavpFile, key: Uint8Array): string {
  const cipher = hint(file, cipherWord)?.[0] ?? 'cipher';
  const mode = (hint(file, modeWord)?.[1] ?? (hint(file, /Counter/) === undefined ? '' : 'CTR')).toUpperCase();
  const size = /AES|ARIA|Camellia/i.test(cipher) ? `-${key.length * 8}` : '';
  return `${cipher.toUpperCase()}${size}${mode === '' ? '' : `-${mode}`}`;
}

export function readCavpCipher(stanza: Stanza, file: CavpFile): VectorCase[] {
  const read = (): CaseBody => {
    const key = hex(stanza.get('Key'));
    const algorithm = cipherName(file, key);
    if (!/^AES-\d+-CBC$/.test(algorithm)) throw new SkippedTest(`algorithm not in this version: ${algorithm}`);
    const [iv, plaintext, ciphertext] = [hex(stanza.get('IV')), hex(stanza.get('Plaintext')), hex(stanza.get('Ciphertext'))];
    if (hint(file, /\bMCT\b|MCT\d/) === undefined) return { family: 'cipher', algorithm, padding: 'none', key, iv, plaintext, ciphertext };
    const direction = stanza.labels.includes('DECRYPT') ? 'decrypt' : 'encrypt';
    const [input, output] = direction === 'encrypt' ? [plaintext, ciphertext] : [ciphertext, plaintext];
    return { family: 'cipherChain', algorithm, direction, links: [{ key, iv, input, output }] };
  };
  return [readCase(stanza.name, 'valid', read)];
}

export function readCavpGcm(stanza: Stanza, file: CavpFile): VectorCase[] {
  const cipher = hint(file, cipherWord)?.[0].toUpperCase() ?? 'AES';
  if (cipher !== 'AES') return [notInThisVersion(stanza.name, `${cipher}-GCM`)];
  const refused = stanza.words.includes('FAIL');
  return [
    readCase(stanza.name, refused ? 'invalid' : 'valid', () => {
      const key = hex(stanza.get('Key'));
      const tag = hex(stanza.get('Tag'));
      const tagBits = Number(stanza.settings.get('taglen') ?? tag.length * 8);
      return {
        family: 'aead',
        algorithm: `AES-${key.length * 8}-GCM`,
        key,
        nonce: hex(stanza.get('IV')),
        aad: hex(stanza.get('AAD')),
        plaintext: refused ? undefined : hex(stanza.get('PT')),
        ciphertext: hex(stanza.get('CT')),
        tag,
        tagLength: tagBits / 8,
      };
    }),
  ];
}
