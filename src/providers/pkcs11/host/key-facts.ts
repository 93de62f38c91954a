/** What a key is, read from its object. */
import type { CurveName, KeyRow, KeyType } from '../../../core/algorithms.js';
import { algorithmTable } from '../../../core/algorithms.js';
import type { KeyHalf } from '../../../core/permissions.js';
import { element, encode, tags } from '../../key-encoding/der.js';
import { curveOf } from '../../key-encoding/ec-encoding.js';
import { CKK, CKO } from '../cryptoki.js';
import type { Handle } from './module.js';
import type { Objects } from './objects.js';

export interface KeyFacts {
  readonly half: KeyHalf;
  /** CKK_… */
  readonly keyType: number;
  /** Bits; 0 when the object does not tell. */
  readonly keyLength: number;
  /** Empty for keys without a curve, and for curves that Keyslot does not know. */
  readonly curve: CurveName | '';
}

export const objectClasses: Readonly<Record<KeyHalf, number>> = {
  secret: CKO.SECRET_KEY,
  private: CKO.PRIVATE_KEY,
  public: CKO.PUBLIC_KEY,
};

/** HMAC keys are made as generic secrets; the typed form is understood in objects that others made. */
const typeByNumber = new Map<number, KeyType>([
  [CKK.AES, 'aes'],
  [CKK.GENERIC_SECRET, 'hmac'],
  [CKK.SHA256_HMAC, 'hmac'],
  [CKK.EC, 'ec'],
  [CKK.RSA, 'rsa'],
]);
export const keyTypeNumbers: Readonly<Record<KeyType, number>> = { aes: CKK.AES, hmac: CKK.GENERIC_SECRET, ec: CKK.EC, rsa: CKK.RSA };

export function keyTypeOf(keyType: number): KeyType | undefined {
  return typeByNumber.get(keyType);
}

/** CKA_EC_PARAMS: the curve's name as DER. */
export function ecParameters(row: KeyRow): Uint8Array {
  return encode(element(tags.objectIdentifier, curveOf(row).oid));
}

const curveRows = algorithmTable.filter((row): row is KeyRow & { curve: CurveName } => row.family === 'key' && row.curve !== undefined);

function rowOfCurve(parameters: Uint8Array): (KeyRow & { curve: CurveName }) | undefined {
  return curveRows.find((row) => Buffer.from(ecParameters(row)).equals(parameters));
}

export function halfOf(objects: Objects, object: Handle): KeyHalf | undefined {
  const objectClass = objects.number(object, 'CLASS');
  return (Object.keys(objectClasses) as KeyHalf[]).find((half) => objectClasses[half] === objectClass);
}

export function readFacts(objects: Objects, object: Handle, half: KeyHalf): KeyFacts {
  const keyType = objects.number(object, 'KEY_TYPE');
  const facts = { half, keyType, keyLength: 0, curve: '' } as const;
  switch (keyType) {
    case CKK.RSA:
      return { ...facts, keyLength: bitLength(objects.read(object, 'MODULUS') ?? new Uint8Array(0)) };
    case CKK.EC: {
      const row = rowOfCurve(objects.read(object, 'EC_PARAMS') ?? new Uint8Array(0));
      return row === undefined ? facts : { ...facts, keyLength: row.keyLength, curve: row.curve };
    }
    default:
      return { ...facts, keyLength: objects.number(object, 'VALUE_LEN') * 8 };
  }
}

function bitLength(magnitude: Uint8Array): number {
  const start = magnitude.findIndex((byte) => byte !== 0);
  if (start < 0) return 0;
  return (magnitude.length - start) * 8 - (Math.clz32(magnitude[start] ?? 0) - 24);
}
