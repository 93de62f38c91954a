/**
 * Where the fields of a table lie. Ours is one of the layouts that FlatBuffers allows: a constant vtable in front of the table,
 * fields from wide to narrow, what they refer to behind the table in order.
 */
import type { Field, Fields } from '../schema.js';

export interface Layout {
  /** Distance of each field from the table's start, by id. */
  readonly at: readonly number[];
  /** Bytes of the table without padding. */
  readonly size: number;
  /** Bytes of the table, padded to a multiple of 4. */
  readonly room: number;
  /** Bytes of the vtable. */
  readonly vtable: number;
  /** Bytes of the vtable, padded to a multiple of 4. */
  readonly vtableRoom: number;
  /** Holds a u64: starts four bytes after a multiple of 8, so that its u64s, laid first, are aligned. */
  readonly wide: boolean;
  /** Distance of the table from the message's start when it is the root. */
  readonly rootAt: number;
}

const scalarSizes = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;
/** A reference. */
const referenceSize = 4;

export function sizeOfField(field: Pick<Field, 'type'>): 1 | 2 | 4 | 8 {
  return field.type in scalarSizes ? scalarSizes[field.type as keyof typeof scalarSizes] : referenceSize;
}

export function layoutOf(fields: Fields): Layout {
  const at = new Array<number>(fields.length).fill(0);
  let size = 4;
  for (const field of [...fields].sort((a, b) => sizeOfField(b) - sizeOfField(a))) {
    at[field.id] = size;
    size += sizeOfField(field);
  }
  const wide = fields.some((field) => field.type === 'u64');
  const vtable = 4 + 2 * fields.length;
  const afterVtable = 4 + up(vtable, 4);
  return {
    at,
    size,
    room: up(size, 4),
    vtable,
    vtableRoom: up(vtable, 4),
    wide,
    rootAt: wide ? up(afterVtable + 4, 8) - 4 : afterVtable,
  };
}

function up(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
