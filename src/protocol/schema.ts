/**
 * The vocabulary in which tables of operations are written. A message is a FlatBuffers table; ids are explicit, appended only,
 * never reused or retyped; zero is the only default; every field of variable size has a limit.
 */

export type ScalarType = 'u8' | 'u16' | 'u32' | 'u64';

/** `bytes` and `text` are limited in bytes, lists in items. A u64 holds a whole number below 2⁵³. */
export type Field =
  | { readonly id: number; readonly name: string; readonly type: ScalarType }
  | { readonly id: number; readonly name: string; readonly type: 'bytes' | 'text'; readonly max: number }
  | { readonly id: number; readonly name: string; readonly type: 'numbers'; readonly item: 'u16' | 'u32'; readonly max: number }
  | { readonly id: number; readonly name: string; readonly type: 'table'; readonly table: string }
  | { readonly id: number; readonly name: string; readonly type: 'list'; readonly table: string; readonly max: number };

export type Fields = readonly Field[];

export interface Operation {
  /** Number on the wire, 1…65535; never reused. */
  readonly opcode: number;
  /** camelCase; the types of its messages are NameRequest and NameResponse. */
  readonly name: string;
  readonly request: Fields;
  readonly response: Fields;
  /** True when a lost request may be sent again by itself: it has no effect beyond its answer. */
  readonly repeatable: boolean;
  /** Fields of the request that the audit log records; never data, never secrets. */
  readonly audit: readonly string[];
  /** One sentence for the protocol reference. */
  readonly about: string;
}

export interface OperationTable {
  /** Namespace of the emitted schema. */
  readonly namespace: string;
  /** Tables that messages contain. */
  readonly tables: Readonly<Record<string, Fields>>;
  readonly operations: readonly Operation[];
}

export const u8 = (id: number, name: string): Field => ({ id, name, type: 'u8' });
export const u16 = (id: number, name: string): Field => ({ id, name, type: 'u16' });
export const u32 = (id: number, name: string): Field => ({ id, name, type: 'u32' });
export const u64 = (id: number, name: string): Field => ({ id, name, type: 'u64' });
export const bytes = (id: number, name: string, max: number): Field => ({ id, name, type: 'bytes', max });
export const text = (id: number, name: string, max: number): Field => ({ id, name, type: 'text', max });
export const numbers = (id: number, name: string, item: 'u16' | 'u32', max: number): Field => ({ id, name, type: 'numbers', item, max });
export const table = (id: number, name: string, of: string): Field => ({ id, name, type: 'table', table: of });
export const list = (id: number, name: string, of: string, max: number): Field => ({ id, name, type: 'list', table: of, max });
