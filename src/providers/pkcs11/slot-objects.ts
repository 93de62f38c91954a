/** Which of the objects on a token are a slot's, and which generation of them counts. Pure: decides from what a host listed. */
import { createHash } from 'node:crypto';
import type { KeyHalf } from '../../core/permissions.js';
import type { StoredObject } from '../hosting/generated/messages.js';
import { toldHalf } from './key-facts.js';

const prefixSize = 16;
const idSize = prefixSize + 4;

function idPrefix(slot: string): Buffer {
  return createHash('sha256').update(slot).digest().subarray(0, prefixSize);
}

/** CKA_ID of a slot's generation: the first 16 bytes of SHA-256 of the name, then the generation in big-endian order. */
export function slotId(slot: string, generation: number): Uint8Array {
  const id = Buffer.alloc(idSize);
  id.set(idPrefix(slot));
  id.writeUInt32BE(generation, prefixSize);
  return id;
}

/** Undefined for an id that this slot did not make. */
function generationOf(slot: string, id: Uint8Array): number | undefined {
  if (id.length !== idSize || !idPrefix(slot).equals(id.subarray(0, prefixSize))) return undefined;
  return Buffer.from(id.buffer, id.byteOffset, id.length).readUInt32BE(prefixSize);
}

/** The objects of one key. */
export interface ObjectSet {
  readonly byHalf: ReadonlyMap<KeyHalf, StoredObject>;
  /** Two objects claim to be the same half. */
  readonly ambiguous: boolean;
}

export function gather(objects: readonly StoredObject[]): ObjectSet {
  const byHalf = new Map<KeyHalf, StoredObject>();
  let ambiguous = false;
  for (const object of objects) {
    const half = toldHalf(object);
    ambiguous ||= byHalf.has(half);
    byHalf.set(half, object);
  }
  return { byHalf, ambiguous: ambiguous || (byHalf.has('secret') && byHalf.size > 1) };
}

/** A slot's own objects by generation, the newest first; others with the same label are left out. */
export function generationsOf(slot: string, objects: readonly StoredObject[]): Map<number, ObjectSet> {
  const byGeneration = new Map<number, StoredObject[]>();
  for (const object of objects) {
    const generation = generationOf(slot, object.id);
    if (generation !== undefined) byGeneration.set(generation, [...(byGeneration.get(generation) ?? []), object]);
  }
  const newestFirst = [...byGeneration].sort(([a], [b]) => b - a);
  return new Map(newestFirst.map(([generation, list]) => [generation, gather(list)]));
}

/** A private key without its public half was not finished, or is half destroyed. */
export function isComplete({ byHalf }: ObjectSet): boolean {
  return byHalf.has('secret') || byHalf.has('public');
}

/** The object that is used in a key's name. */
export function mainObject({ byHalf }: ObjectSet): StoredObject | undefined {
  return byHalf.get('secret') ?? byHalf.get('private') ?? byHalf.get('public');
}
