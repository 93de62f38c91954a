/**
 * RSA Security's example files (pss-vect.txt and its like): `# Label` lines, then octets in hexadecimal over several lines. The
 * digest is SHA-1 and so is the mask's, unless the title of a test says otherwise.
 */
import { hex } from '../bytes.js';
import { type CaseBody, readCase, type VectorCase } from '../case.js';
import { rsaPrivateKey, rsaPublicKey } from '../key-encodings.js';
import { hashName, maskParameters, pkcs1Name, pssName } from '../names.js';
import { skip } from '../skip.js';

interface Block {
  readonly line: number;
  readonly label: string;
  readonly octets: string;
  /** The last line that says which hashes are used. */
  readonly hashes: string | undefined;
}

const ends = /^(?:Signature|Encryption|Ciphertext)\b/;

function readBlocks(text: string): Block[] {
  const blocks: { line: number; label: string; octets: string; hashes: string | undefined }[] = [];
  let hashes: string | undefined;
  text.split(/\r?\n/).forEach((content, i) => {
    const label = /^#\s*([A-Z][^:=]*?)\s*:\s*$/.exec(content)?.[1];
    const last = blocks.at(-1);
    if (/alg=\S+/.test(content)) hashes = content;
    if (label !== undefined) blocks.push({ line: i + 1, label, octets: '', hashes });
    else if (/^#/.test(content)) blocks.push({ line: i + 1, label: '', octets: '', hashes });
    else if (last !== undefined && /^[0-9a-f]+(?: [0-9a-f]{2})*\s*$/i.test(content)) last.octets += content.replace(/\s+/g, '');
  });
  return blocks.filter(({ label, octets }) => label !== '' && octets !== '');
}

export function isPkcs1Text(text: string): boolean {
  return /^# Modulus:\s*$/m.test(text) && /^(?:[0-9a-f]{2} ?){8,}/im.test(text);
}

type Padding = 'pss' | 'oaep' | 'encryption' | 'signature';
function paddingOf(text: string): Padding {
  const title = text.slice(0, 400);
  if (/PSS/.test(title)) return 'pss';
  if (/OAEP/.test(title)) return 'oaep';
  return /encrypt/i.test(title) ? 'encryption' : 'signature';
}

export function readPkcs1Text(text: string): VectorCase[] {
  const padding = paddingOf(text);
  const current = new Map<string, string>();
  return readBlocks(text).flatMap(({ line, label, octets, hashes }) => {
    if (label === 'Modulus') current.clear();
    current.set(label.replace(/,.*$/, ''), octets);
    if (!ends.test(label)) return [];
    const blocks = new Map(current);
    return [readCase(`line ${line}`, 'valid', () => readTest(blocks, padding, hashes))];
  });
}

/** The modulus of a private key is a new one only if it differs. */
function readTest(blocks: ReadonlyMap<string, string>, padding: Padding, hashes: string | undefined): CaseBody {
  const get = (...labels: readonly string[]): string => {
    const found = labels.map((label) => blocks.get(label)).find((octets) => octets !== undefined);
    if (found === undefined) throw new Error(`there is no ${labels[0]}`);
    return found;
  };
  const [n, e] = [get('Modulus'), get('Public exponent', 'Exponent')];
  const publicKey = rsaPublicKey(n, e);
  if (Number(publicKey.algorithm.slice('RSA-'.length)) < 2048) skip('key', publicKey.algorithm);
  const privateKey = rsaPrivateKey(n, e, get('Prime 1'), get('Prime 2'));
  const message = hex(get('Message to be signed', 'Message to be encrypted', 'Message'));
  const [, hash = 'SHA-1', mask = 'SHA-1'] = /alg=(\S+)\s+mgf1=(\S+)/.exec(hashes ?? '') ?? [];
  if (padding === 'oaep' || padding === 'encryption') {
    return {
      family: 'rsaCipher',
      algorithm: padding === 'oaep' ? `RSA-OAEP-${hashName(hash)}` : 'RSA-PKCS1',
      privateKey,
      parameters: padding === 'oaep' ? maskParameters(hash, mask) : {},
      plaintext: message,
      ciphertext: hex(get('Encryption', 'Ciphertext')),
      implicitRejection: padding === 'encryption',
    };
  }
  return {
    family: 'signature',
    algorithm: padding === 'pss' ? pssName('SHA-1') : pkcs1Name('SHA-1'),
    publicKey,
    privateKey,
    parameters: padding === 'pss' ? { saltLength: get('Salt', 'salt').length / 2 } : {},
    message,
    signature: hex(get('Signature')),
    exactly: padding === 'pss' ? undefined : {},
  };
}
