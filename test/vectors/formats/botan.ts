/**
 * Botan's .vec files. The section names the algorithm; a test ends with its last field. Fields of public-key files stay from
 * one test to the next.
 */
import { hex } from '../bytes.js';
import { type CaseBody, notInThisVersion, readCase, SkippedTest, type VectorCase, type Verdict } from '../case.js';
import { coordinateSize, ecPublicKey } from '../key-encodings.js';
import { ecdsaName, hashName } from '../names.js';
import type { PairsDocument } from './pairs.js';

type Fields = ReadonlyMap<string, string>;
type Reader = (section: string, fields: Fields) => CaseBody;

interface Family {
  readonly section: RegExp;
  /** The field that ends a test. */
  readonly last: string;
  readonly read: Reader;
  /** Fields stay for the next test. */
  readonly keeps?: true;
}

const families: readonly Family[] = [
  { section: /^SHA-(?:1|224|256|384|512|512-256)$/, last: 'Out', read: hash },
  { section: /^SHA-(?:1|224|256|384|512|512-256)$/, last: 'Digest', read: repeatedHash },
  { section: /^HMAC\(.*\)$/, last: 'Out', read: hmac },
  { section: /^AES-\d{3}\/GCM(?:\(\d+\))?$/, last: 'Out', read: gcm },
  { section: /^AES-\d{3}\/CBC\/(?:PKCS7|NoPadding)$/, last: 'Out', read: cbc },
  { section: /^$/, last: 'Signature', read: ecdsa, keeps: true },
  { section: /^$/, last: 'Valid', read: ecdsa, keeps: true },
];

function get(fields: Fields, name: string): string {
  const value = fields.get(name);
  if (value === undefined) throw new Error(`there is no field ${name}`);
  return value;
}
const bytes = (fields: Fields, name: string): Uint8Array => hex((fields.get(name) ?? '').replace(/\s+/g, ''));

function hash(section: string, fields: Fields): CaseBody {
  return { family: 'hash', algorithm: hashName(section), message: { bytes: bytes(fields, 'In'), times: 1 }, digest: bytes(fields, 'Out') };
}
function repeatedHash(section: string, fields: Fields): CaseBody {
  const unit = bytes(fields, 'Input');
  const times = Number(get(fields, 'TotalLength')) / unit.length;
  if (!Number.isInteger(times)) throw new SkippedTest('message is not a repetition of whole inputs');
  return { family: 'hash', algorithm: hashName(section), message: { bytes: unit, times }, digest: bytes(fields, 'Digest') };
}
function hmac(section: string, fields: Fields): CaseBody {
  const mac = bytes(fields, 'Out');
  const algorithm = `HMAC-${hashName(section.slice('HMAC('.length, -1))}`;
  return {
    family: 'mac',
    algorithm,
    key: bytes(fields, 'Key'),
    message: { bytes: bytes(fields, 'In'), times: 1 },
    mac,
    macLength: mac.length,
  };
}
/** The tag is appended to the ciphertext. */
function gcm(section: string, fields: Fields): CaseBody {
  const [, bits, tagSize = '16'] = /^AES-(\d{3})\/GCM(?:\((\d+)\))?$/.exec(section) ?? [];
  const sealed = bytes(fields, 'Out');
  const cut = sealed.length - Number(tagSize);
  return {
    family: 'aead',
    algorithm: `AES-${bits}-GCM`,
    key: bytes(fields, 'Key'),
    nonce: bytes(fields, 'Nonce'),
    aad: bytes(fields, 'AD'),
    plaintext: bytes(fields, 'In'),
    ciphertext: sealed.subarray(0, cut),
    tag: sealed.subarray(cut),
    tagLength: Number(tagSize),
  };
}
function cbc(section: string, fields: Fields): CaseBody {
  const [, bits, padding] = /^AES-(\d{3})\/CBC\/(\w+)$/.exec(section) ?? [];
  return {
    family: 'cipher',
    algorithm: `AES-${bits}-CBC`,
    padding: padding === 'PKCS7' ? 'pkcs7' : 'none',
    key: bytes(fields, 'Key'),
    iv: bytes(fields, 'Nonce'),
    plaintext: bytes(fields, 'In'),
    ciphertext: bytes(fields, 'Out'),
  };
}

const number = (text: string): string => (text.startsWith('0x') ? text.slice(2) : BigInt(text).toString(16));

/** Files with `Valid` hold DER signatures, others r and s side by side. Botan's verification tests without `Hash` sign the digest itself. */
function ecdsa(_section: string, fields: Fields): CaseBody {
  const curve = fields.get('Group');
  if (curve === undefined) throw new SkippedTest('algorithm not in this version: signature without a group');
  const of = fields.get('Hash');
  if (of === undefined) throw new SkippedTest('message is a ready digest');
  const algorithm = ecdsaName(curve, of);
  if (coordinateSize(curve) === undefined) throw new SkippedTest(`algorithm not in this version: ${algorithm}`);
  const [x, y] = [fields.get('Px'), fields.get('Py')];
  if (x === undefined || y === undefined) throw new SkippedTest('the public key is not given');
  return {
    family: 'signature',
    algorithm,
    publicKey: ecPublicKey(curve, number(x), number(y)),
    privateKey: undefined,
    parameters: { signatureFormat: fields.has('Valid') ? 'der' : 'p1363' },
    message: bytes(fields, 'Msg'),
    signature: bytes(fields, 'Signature'),
  };
}

export function isBotan(document: PairsDocument, path: string): boolean {
  return path.endsWith('.vec') && document.stanzas.length > 0;
}

export function readBotan(document: PairsDocument): VectorCase[] {
  return new BotanReader(document).read();
}

class BotanReader {
  readonly #document: PairsDocument;
  readonly #lastField: string;
  readonly #cases: VectorCase[] = [];
  #section = '';
  #fields = new Map<string, string>();
  #line = 0;

  constructor(document: PairsDocument) {
    this.#document = document;
    this.#lastField = lastFieldOf(document);
  }

  read(): VectorCase[] {
    for (const item of this.#document.items) {
      if (item.kind === 'section') {
        this.#section = item.value === undefined ? item.name : `${item.name}=${item.value}`;
        this.#fields.clear();
      }
      if (item.kind !== 'field') continue;
      if (this.#line === 0) this.#line = item.line;
      this.#fields.set(item.name, item.value);
      if (item.name === this.#lastField) this.#end();
    }
    return this.#cases;
  }

  #end(): void {
    const [name, fields, section] = [`line ${this.#line}`, new Map(this.#fields), this.#section];
    const family = families.find((one) => one.section.test(section) && one.last === this.#lastField);
    const verdict: Verdict = fields.get('Valid') === '0' ? 'invalid' : 'valid';
    this.#line = 0;
    if (family?.keeps !== true) this.#fields.clear();
    if (family === undefined) this.#cases.push(notInThisVersion(name, section === '' ? `signature or key in ${this.#lastField}` : section));
    else this.#cases.push(readCase(name, verdict, () => family.read(section, fields)));
  }
}

/** The name of the field that ends tests: the one that stands last in most stanzas. */
function lastFieldOf(document: PairsDocument): string {
  const counts = new Map<string, number>();
  for (const { fields } of document.stanzas) {
    const name = fields.at(-1)?.name ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
