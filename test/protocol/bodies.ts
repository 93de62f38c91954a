/** Every body of the application protocol with its codec and its table, and random messages for any table. */
import fc from 'fast-check';
import { decodeErrorDetail, encodeErrorDetail, measureErrorDetail, messages } from '../../src/protocol/generated/messages.js';
import { type ModelField, modelOf, type Table } from '../../src/protocol/generator/model.js';
import { pascal } from '../../src/protocol/generator/names.js';
import { protocolTable } from '../../src/protocol/operations.js';

export type Values = Record<string, unknown>;

export interface Body {
  readonly table: Table;
  measure(m: object): number;
  encode(b: Uint8Array, d: DataView, at: number, m: object): number;
  decode(b: Uint8Array, d: DataView, start: number, end: number): object;
}

export const model = modelOf(protocolTable);

export const bodies: readonly Body[] = [
  ...protocolTable.operations.flatMap(({ name, opcode }): Body[] => {
    const codec = messages[opcode];
    if (codec === undefined) throw new Error(`${name} has no codec`);
    return [
      {
        table: tableNamed(`${pascal(name)}Request`),
        measure: codec.measureRequest,
        encode: codec.encodeRequest,
        decode: codec.decodeRequest,
      },
      {
        table: tableNamed(`${pascal(name)}Response`),
        measure: codec.measureResponse,
        encode: codec.encodeResponse,
        decode: codec.decodeResponse,
      },
    ];
  }),
  { table: tableNamed('ErrorDetail'), measure: measureErrorDetail, encode: encodeErrorDetail, decode: decodeErrorDetail },
];

function tableNamed(name: string): Table {
  const table = model.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

/** Random input of an encoder; every field may be left out. */
export function inputOf(table: Table): fc.Arbitrary<Values> {
  const fields = table.fields.map((field) => [field.name, fc.option(someValue(field), { nil: undefined, freq: 4 })] as const);
  return fc.record(Object.fromEntries(fields));
}

/** Longest random bytes and lists: enough for every padding, short enough for many messages. */
const longBytes = 70;
const longList = 6;
const odd = ['', '\ufeffmark', 'a\0b', 'AES-256-GCM', 'ключ', '鍵スロット', '😀x', 'x'.repeat(40)];

function someValue(field: ModelField): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'bytes':
      return fc.uint8Array({ maxLength: Math.min(field.max, longBytes) });
    case 'text':
      return fc
        .oneof(fc.constantFrom(...odd), fc.string({ unit: 'binary', maxLength: 20 }))
        .filter((text) => Buffer.byteLength(text) <= field.max);
    case 'numbers':
      return fc.array(numberOf(field.item), { maxLength: Math.min(field.max, longList) });
    case 'table':
      return inputOf(field.of);
    case 'list':
      return fc.array(inputOf(field.of), { maxLength: Math.min(field.max, longList) });
    default:
      return numberOf(field.type);
  }
}

function numberOf(type: 'u8' | 'u16' | 'u32' | 'u64'): fc.Arbitrary<number> {
  const max = { u8: 0xff, u16: 0xffff, u32: 0xffffffff, u64: Number.MAX_SAFE_INTEGER }[type];
  return fc.oneof(
    fc.constantFrom(0, 1, max, max - 1),
    fc.maxSafeNat().map((n) => n % (max + 1)),
  );
}

/** What a decoder answers for an input. */
export function completed(table: Table, input: Values): Values {
  return Object.fromEntries(table.fields.map((field) => [field.name, completedValue(field, input[field.name])]));
}

function completedValue(field: ModelField, value: unknown): unknown {
  switch (field.type) {
    case 'bytes':
      return value ?? new Uint8Array(0);
    case 'text':
      return value ?? '';
    case 'numbers':
      return value ?? [];
    case 'table':
      return value === undefined ? undefined : completed(field.of, value as Values);
    case 'list':
      return ((value ?? []) as Values[]).map((item) => completed(field.of, item));
    default:
      return value ?? 0;
  }
}

/** A buffer whose every byte was in use before. */
export function dirtyBuffer(length: number, dirt = 0xaa): { readonly bytes: Uint8Array; readonly view: DataView } {
  const bytes = new Uint8Array(length).fill(dirt);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** The encoded bytes of an input. */
export function encoded(body: Body, input: object): Uint8Array {
  const { bytes, view } = dirtyBuffer(body.measure(input));
  return bytes.subarray(0, body.encode(bytes, view, 0, input));
}

export function decoded(body: Body, bytes: Uint8Array): object {
  return body.decode(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length);
}
