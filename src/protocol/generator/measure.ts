/** Emits functions that answer an upper bound of a message's bytes. */
import type { ModelField, Table } from './model.js';

/** Longest padding in front of a table that holds a u64. */
const widePadding = 4;

/** What the table and all it refers to need, without a vtable; a root's function adds its head. */
export function emitMeasure(table: Table): string {
  const terms = [String(table.layout.room), ...table.fields.flatMap(term)];
  const parameter = terms.length === 1 ? '_m' : 'm';
  const size = `function size${table.name}(${parameter}: ${table.name}Input): number {\n  return ${terms.join(' + ')};\n}\n`;
  if (!table.root) return size;
  return `${size}
export function measure${table.name}(m: ${table.name}Input): number {
  return ${table.layout.rootAt} + size${table.name}(m);
}
`;
}

function term(field: ModelField): string[] {
  const value = `m.${field.name}`;
  switch (field.type) {
    case 'bytes':
      return [`(${value} === undefined ? 4 : ${value}.length + 7)`];
    case 'text':
      // Three bytes are the most that one UTF-16 unit takes in UTF-8.
      return [`(${value} === undefined ? 8 : 3 * ${value}.length + 8)`];
    case 'numbers':
      return [`(${value} === undefined ? 4 : ${field.item === 'u16' ? 2 : 4} * ${value}.length + 7)`];
    case 'table':
      return [`(${value} === undefined ? 0 : ${headRoom(field.of)} + size${field.of.name}(${value}))`];
    case 'list':
      return [`(${value} === undefined ? ${4 + field.of.layout.vtableRoom} : size${field.of.name}List(${value}))`];
    default:
      return [];
  }
}

/** A vtable of its own and the padding behind it. */
function headRoom(table: Table): number {
  return table.layout.vtableRoom + (table.layout.wide ? widePadding : 0);
}

export function emitListMeasure(table: Table): string {
  const perItem = 4 + (table.varies ? headRoom(table) : table.layout.wide ? widePadding : 0);
  return `function size${table.name}List(items: readonly ${table.name}Input[]): number {
  let size = ${4 + table.layout.vtableRoom};
  for (const item of items) size += ${perItem} + size${table.name}(item);
  return size;
}
`;
}
