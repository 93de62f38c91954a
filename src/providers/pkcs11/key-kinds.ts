/** Kinds of keys as objects of a token tell them: CKA_KEY_TYPE, and CKA_EC_PARAMS where there is a curve. */
import { algorithmTable, type HashName, isSecretKey, type KeyRow, type KeyType } from '../../core/algorithms.js';
import { curves } from '../key-encoding/curves.js';
import { type Element, element, encode, tags } from '../key-encoding/der.js';
import { CKK } from './cryptoki.js';
import { hashNumbers } from './mechanism-numbers.js';
import type { OkpName } from './quirks/quirks.js';

const keyRows = algorithmTable.filter((row): row is KeyRow => row.family === 'key');
const printableString = 0x13;
const ecPublicKey = Uint8Array.from(Buffer.from('2a8648ce3d0201', 'hex'));

/** What the encodings of a key with a curve are made of. Sizes in bytes. */
export interface CurveForm {
  readonly keyLength: number;
  /** Content of the OBJECT IDENTIFIER that names the curve. */
  readonly oid: Uint8Array;
  readonly pointSize: number;
  readonly valueSize: number;
  /** AlgorithmIdentifier of SPKI and PKCS#8. */
  readonly algorithm: Element;
  /** Other names that tokens have for it: strings, and older object identifiers. */
  readonly names: readonly string[];
  readonly olderOids: readonly Uint8Array[];
}

interface OkpForm {
  readonly oid: string;
  readonly size: number;
  readonly name: string;
  readonly olderOid?: string;
}
const okpForms: Readonly<Record<OkpName, OkpForm>> = {
  Ed25519: { oid: '2b6570', size: 32, name: 'edwards25519', olderOid: '2b06010401da470f01' },
  Ed448: { oid: '2b6571', size: 57, name: 'edwards448' },
  X25519: { oid: '2b656e', size: 32, name: 'curve25519', olderOid: '2b060104019755010501' },
  X448: { oid: '2b656f', size: 56, name: 'curve448' },
};
function isOkp(name: string): name is OkpName {
  return Object.hasOwn(okpForms, name);
}
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** Names of PKCS#11 v3.0 2.3.5 that differ from OpenSSL's. */
const otherNames: Readonly<Record<string, readonly string[]>> = { 'P-256': ['secp256r1'] };

function formOf(row: KeyRow): CurveForm | undefined {
  const { keyLength } = row;
  if (row.curve !== undefined) {
    const { oid, size, openSsl } = curves[row.curve];
    const algorithm = element(tags.sequence, element(tags.objectIdentifier, ecPublicKey), element(tags.objectIdentifier, oid));
    const names = [openSsl, ...(otherNames[row.curve] ?? [])];
    return { keyLength, oid, pointSize: 1 + 2 * size, valueSize: size, algorithm, names, olderOids: [] };
  }
  if (!isOkp(row.name)) return undefined;
  const { oid: text, size, name, olderOid } = okpForms[row.name];
  const oid = hex(text);
  const algorithm = element(tags.sequence, element(tags.objectIdentifier, oid));
  const olderOids = olderOid === undefined ? [] : [hex(olderOid)];
  return { keyLength, oid, pointSize: size, valueSize: size, algorithm, names: [name], olderOids };
}

/** As in the facts of a key: `P-256`, `Ed25519`; empty for a kind without a curve. */
export function curveName(row: KeyRow): string {
  return row.curve ?? (isOkp(row.name) ? row.name : '');
}

const forms = new Map<string, CurveForm>();
for (const row of keyRows) {
  const form = formOf(row);
  if (form !== undefined) forms.set(curveName(row), form);
}

/** @throws TypeError for a kind without a curve */
export function curveForm(row: KeyRow): CurveForm {
  const form = forms.get(curveName(row));
  if (form === undefined) throw new TypeError(`${row.name} has no curve`);
  return form;
}

/** CKA_EC_PARAMS: the curve's name as DER. */
export function ecParameters(row: KeyRow): Uint8Array {
  return encode(element(tags.objectIdentifier, curveForm(row).oid));
}

const byParameters = new Map<string, string>();
for (const [name, { oid, names, olderOids }] of forms) {
  for (const known of [oid, ...olderOids]) byParameters.set(nameOf(encode(element(tags.objectIdentifier, known))), name);
  for (const text of names) byParameters.set(nameOf(encode(element(printableString, Buffer.from(text)))), name);
}
function nameOf(parameters: Uint8Array): string {
  return Buffer.from(parameters.buffer, parameters.byteOffset, parameters.length).toString('hex');
}

/** The curve that CKA_EC_PARAMS names, and the key's length in bits; undefined for one that Keyslot does not know. */
export function curveOfParameters(parameters: Uint8Array): { readonly curve: string; readonly keyLength: number } | undefined {
  const curve = byParameters.get(nameOf(parameters));
  const form = curve === undefined ? undefined : forms.get(curve);
  return curve === undefined || form === undefined ? undefined : { curve, keyLength: form.keyLength };
}

const hmacKeyTypes = new Set<number>(Object.values(hashNumbers).map(({ hmacKey }) => hmacKey));

type Types = (row: KeyRow) => readonly number[];
/** HMAC keys are made as generic secrets; the typed form is understood in objects that others made. */
const typesOf: Partial<Readonly<Record<KeyType, Types>>> = {
  aes: () => [CKK.AES],
  hmac: ({ name }) => [CKK.GENERIC_SECRET, hashNumbers[name.replace(/^HMAC-/, '') as HashName].hmacKey],
  secret: () => [CKK.GENERIC_SECRET],
  rsa: () => [CKK.RSA],
  ec: () => [CKK.EC],
  edwards: () => [CKK.EC_EDWARDS],
  montgomery: () => [CKK.EC_MONTGOMERY, CKK.EC_EDWARDS],
};

/** Values of CKA_KEY_TYPE that objects of this kind may have; none for a kind that no token holds. */
export function objectTypes(row: KeyRow): readonly number[] {
  return typesOf[row.keyType]?.(row) ?? [];
}

/** Secret kinds are made with this type. */
export function secretObjectType(row: KeyRow): number {
  return row.keyType === 'aes' ? CKK.AES : CKK.GENERIC_SECRET;
}

/** The widest type of Keyslot that an object can be of; undefined for one that it does not know. */
export function typeOfObject(keyType: number, curve: string): KeyType | undefined {
  if (keyType === CKK.AES) return 'aes';
  if (keyType === CKK.GENERIC_SECRET || hmacKeyTypes.has(keyType)) return 'hmac';
  if (keyType === CKK.RSA) return 'rsa';
  if (keyType === CKK.EC) return 'ec';
  if (keyType !== CKK.EC_EDWARDS && keyType !== CKK.EC_MONTGOMERY) return undefined;
  return curve.startsWith('X') ? 'montgomery' : 'edwards';
}

export interface ObjectFacts {
  readonly keyType: number;
  /** Bits. */
  readonly keyLength: number;
  readonly curve: string;
  readonly isSecret: boolean;
}

function lengthFits(row: KeyRow, bits: number): boolean {
  if (row.importLength === undefined) return bits === row.keyLength;
  return bits >= row.importLength.min && bits <= row.importLength.max;
}

/** Whether objects with these facts are of the kind. */
export function kindFits(row: KeyRow, { keyType, keyLength, curve, isSecret }: ObjectFacts): boolean {
  return objectTypes(row).includes(keyType) && lengthFits(row, keyLength) && curve === curveName(row) && isSecret === isSecretKey(row);
}

/** The first kind that facts fit; undefined when Keyslot has none. */
export function kindOf(facts: ObjectFacts): KeyRow | undefined {
  return keyRows.find((row) => kindFits(row, facts));
}
