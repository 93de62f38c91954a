/**
 * RSA Security's example files (pss-vect.txt and its like): `# Label` lines, then octets in hexadecimal over several lines. The
 * digest is SHA-1 and so is the mask's, unless the title says otherwise.
 */
import { hex } from '../bytes.js';
import { notInThisVersion, readCase, type VectorCase } from '../case.js';
import { rsaPrivateKey, rsaPublicKey } from '../key-encodings.js';
import { pssName } from '../names.js';

interface Block {
  readonly line: number;
  readonly label: string;
  readonly octets: string;
}

function readBlocks(text: string): Block[] {
  const blocks: { line: number; label: string; octets: string }[] = [];
  text.split(/\r?\n/).forEach((content, i) => {
    const label = /^#\s*([A-Z][^:=]*?)\s*:\s*$/.exec(content)?.[1];
    const last = blocks.at(-1);
    if (label !== undefined) blocks.push({ line: i + 1, label, octets: '' });
    else if (last !== undefined && /^[0-9a-f]{2}(?: [0-9a-f]{2})*\s*$/i.test(content)) last.octets += content.replace(/\s+/g, '');
  });
  return blocks.filter(({ octets }) => octets !== '');
}

export function isPkcs1Text(text: string): boolean {
  return /^# Modulus:\s*$/m.test(text) && /^(?:[0-9a-f]{2} ){8,}/im.test(text);
}

export function readPkcs1Text(text: string): VectorCase[] {
  const title = text.slice(0, 300);
  const blocks = readBlocks(text);
  const results = blocks.filter(({ label }) => label === 'Signature' || label === 'Encryption');
  if (!/PSS/.test(title)) return results.map(({ line }) => notInThisVersion(`line ${line}`, /OAEP/.test(title) ? 'RSA-OAEP' : 'RSA-PKCS1'));
  const current = new Map<string, string>();
  return blocks.flatMap(({ line, label, octets }) => {
    current.set(label, octets);
    return label === 'Signature' ? [readTest(line, new Map(current))] : [];
  });
}

function readTest(line: number, blocks: ReadonlyMap<string, string>): VectorCase {
  const get = (...labels: readonly string[]): string => {
    const found = labels.map((label) => blocks.get(label)).find((octets) => octets !== undefined);
    if (found === undefined) throw new Error(`there is no ${labels[0]}`);
    return found;
  };
  return readCase(`line ${line}`, 'valid', () => {
    const [n, e] = [get('Modulus'), get('Public exponent', 'Exponent')];
    return {
      family: 'signature',
      algorithm: pssName('SHA-1'),
      publicKey: rsaPublicKey(n, e),
      privateKey: rsaPrivateKey(n, e, get('Prime 1'), get('Prime 2')),
      parameters: { saltLength: get('Salt').length / 2 },
      message: hex(get('Message to be signed', 'Message')),
      signature: hex(get('Signature')),
    };
  });
}
