/** What a key is, read from its object. */
import type { KeyRow, KeyType } from '../../../core/algorithms.js';
import type { KeyHalf } from '../../../core/permissions.js';
import { CKK, CKO } from '../cryptoki.js';
import { curveOfParameters, kindOf, typeOfObject } from '../key-kinds.js';
import type { Handle } from './module.js';
import type { Objects } from './objects.js';

export interface KeyFacts {
  readonly half: KeyHalf;
  /** CKK_… */
  readonly keyType: number;
  /** Bits; 0 when the object does not tell. */
  readonly keyLength: number;
  /** Empty for keys without a curve, and for curves that Keyslot does not know. */
  readonly curve: string;
}

export const objectClasses: Readonly<Record<KeyHalf, number>> = {
  secret: CKO.SECRET_KEY,
  private: CKO.PRIVATE_KEY,
  public: CKO.PUBLIC_KEY,
};

export function keyTypeOf({ keyType, curve }: KeyFacts): KeyType | undefined {
  return typeOfObject(keyType, curve);
}

/** A kind of key that the facts are of; undefined for one that Keyslot does not know. */
export function rowOf(facts: KeyFacts): KeyRow | undefined {
  return kindOf({ ...facts, isSecret: facts.half === 'secret' });
}

export function halfOf(objects: Objects, object: Handle): KeyHalf | undefined {
  const objectClass = objects.number(object, 'CLASS');
  return (Object.keys(objectClasses) as KeyHalf[]).find((half) => objectClasses[half] === objectClass);
}

const withCurve: ReadonlySet<number> = new Set([CKK.EC, CKK.EC_EDWARDS, CKK.EC_MONTGOMERY]);

export function readFacts(objects: Objects, object: Handle, half: KeyHalf): KeyFacts {
  const keyType = objects.number(object, 'KEY_TYPE');
  const facts = { half, keyType, keyLength: 0, curve: '' } as const;
  if (keyType === CKK.RSA) return { ...facts, keyLength: bitLength(objects.read(object, 'MODULUS') ?? new Uint8Array(0)) };
  if (withCurve.has(keyType)) return { ...facts, ...curveOfParameters(objects.read(object, 'EC_PARAMS') ?? new Uint8Array(0)) };
  return { ...facts, keyLength: objects.number(object, 'VALUE_LEN') * 8 };
}

function bitLength(magnitude: Uint8Array): number {
  const start = magnitude.findIndex((byte) => byte !== 0);
  if (start < 0) return 0;
  return (magnitude.length - start) * 8 - (Math.clz32(magnitude[start] ?? 0) - 24);
}
