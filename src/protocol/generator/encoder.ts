/** Emits straight-line encoders, which write front to back. */
import type { ModelField, Table } from './model.js';

type DeepField = Exclude<ModelField, { readonly type: 'u8' | 'u16' | 'u32' | 'u64' }>;

const scalarHelpers = { u8: 'putU8', u16: 'putU16', u32: 'putU32', u64: 'putU64' } as const;

/** Everything that encodes a table: its fields, and as far as they are needed, its start as a sub-table, a list of it, it as a root. */
export function emitEncoder(table: Table, use: { readonly sub: boolean; readonly listed: boolean }): string {
  const parts = [emitBody(table)];
  if (use.sub || (use.listed && table.varies)) parts.push(emitStart(table));
  if (use.listed) parts.push(emitList(table));
  if (table.root) parts.push(emitRoot(table));
  return parts.join('\n');
}

/** The table at t, whose vtable is at vt, and all it refers to. */
function emitBody(table: Table): string {
  const { room, size } = table.layout;
  const deep = table.fields.filter(isDeep);
  const usesBytes = deep.some((field) => field.type !== 'numbers');
  const lines = [
    `function write${table.name}(${usesBytes ? 'b' : '_b'}: Uint8Array, d: DataView, t: number, vt: number, ${table.fields.length === 0 ? '_m' : 'm'}: ${table.name}Input): number {`,
    '  d.setInt32(t, t - vt, true);',
  ];
  if (room !== size) lines.push(`  d.setUint32(t + ${room - 4}, 0, true);`);
  for (const field of table.fields) {
    if (isDeep(field)) continue;
    const at = table.layout.at[field.id];
    lines.push(`  ${scalarHelpers[field.type]}(d, t + ${at}, m.${field.name} ?? 0, '${field.name}');`);
  }
  if (deep.length > 0) lines.push(`  let p = t + ${room};`);
  for (const field of deep) lines.push(...emitDeepField(field, table.layout.at[field.id] ?? 0));
  lines.push(`  return ${deep.length > 0 ? 'p' : `t + ${room}`};`, '}', '');
  return lines.join('\n');
}

function isDeep(field: ModelField): field is DeepField {
  return field.type !== 'u8' && field.type !== 'u16' && field.type !== 'u32' && field.type !== 'u64';
}

function emitDeepField(field: DeepField, at: number): string[] {
  const value = `m.${field.name}`;
  if (field.type === 'table') {
    return [
      `  if (${value} === undefined) d.setUint32(t + ${at}, 0, true);`,
      `  else p = start${field.of.name}(b, d, t + ${at}, p, ${value});`,
    ];
  }
  return [`  d.setUint32(t + ${at}, p - t - ${at}, true);`, `  p = ${putCall(field, value)};`];
}

function putCall(field: Exclude<DeepField, { readonly type: 'table' }>, value: string): string {
  const tail = `${value}, ${field.max}, '${field.name}')`;
  switch (field.type) {
    case 'bytes':
      return `putBytes(b, d, p, ${tail}`;
    case 'text':
      return `putText(b, d, p, ${tail}`;
    case 'numbers':
      return `putU${field.item.slice(1)}s(d, p, ${tail}`;
    case 'list':
      return `write${field.of.name}List(b, d, p, ${tail}`;
  }
}

/** A table with its own vtable in front of it, and the reference to it at `from`. */
function emitStart(table: Table): string {
  const { vtableRoom, wide } = table.layout;
  const start = `p + ${vtableRoom}`;
  return [
    `function start${table.name}(b: Uint8Array, d: DataView, from: number, p: number, m: ${table.name}Input): number {`,
    ...emitVtable(table, 'p'),
    `  const t = ${wide ? `alignWide(d, ${start})` : start};`,
    '  d.setUint32(from, t - from, true);',
    `  return write${table.name}(b, d, t, p, m);`,
    '}',
    '',
  ].join('\n');
}

function emitList(table: Table): string {
  const { name, layout } = table;
  const input = `readonly ${name}Input[]`;
  const lines = [
    `function write${name}List(b: Uint8Array, d: DataView, p: number, items: ${input} | undefined, max: number, field: string): number {`,
    '  const n = putCount(d, p, items === undefined ? 0 : items.length, max, field);',
  ];
  const afterReferences = 'p + 4 + 4 * n';
  if (table.varies) lines.push(`  let end = ${afterReferences};`);
  else lines.push(`  const vt = ${afterReferences};`, ...emitVtable(table, 'vt'), `  let end = vt + ${layout.vtableRoom};`);
  lines.push('  let from = p + 4;', '  for (const item of items ?? []) {');
  if (table.varies) lines.push(`    end = start${name}(b, d, from, end, item);`);
  else {
    const start = layout.wide ? 'alignWide(d, end)' : 'end';
    lines.push(`    const t = ${start};`, '    d.setUint32(from, t - from, true);', `    end = write${name}(b, d, t, vt, item);`);
  }
  lines.push('    from += 4;', '  }', '  return end;', '}', '');
  return lines.join('\n');
}

function emitRoot(table: Table): string {
  const { rootAt, vtableRoom } = table.layout;
  const lines = [
    `export function encode${table.name}(b: Uint8Array, d: DataView, at: number, m: ${table.name}Input): number {`,
    `  d.setUint32(at, ${rootAt}, true);`,
    ...emitVtable(table, 'at', 4),
  ];
  if (4 + vtableRoom !== rootAt) lines.push(`  d.setUint32(at + ${rootAt - 4}, 0, true);`);
  if (table.counted) lines.push('  refillOwn();');
  lines.push(`  return fits(b, write${table.name}(b, d, at + ${rootAt}, at + 4, m));`, '}', '');
  return lines.join('\n');
}

/** Statements that write the vtable at `base + plus`, two entries at once; that of an absent sub-table is 0. */
function emitVtable(table: Table, base: string, plus = 0): string[] {
  const { vtable, size, at } = table.layout;
  const entries: (number | string)[] = [vtable, size];
  for (const field of table.fields) {
    const place = at[field.id] ?? 0;
    entries.push(field.type === 'table' ? `(m.${field.name} === undefined ? 0 : ${place})` : place);
  }
  if (entries.length % 2 !== 0) entries.push(0);
  const lines: string[] = [];
  for (let i = 0; i < entries.length; i += 2) {
    const offset = plus + 2 * i;
    const position = offset === 0 ? base : `${base} + ${offset}`;
    lines.push(`  d.setUint32(${position}, ${word(entries[i] ?? 0, entries[i + 1] ?? 0)}, true);`);
  }
  return lines;
}

function word(low: number | string, high: number | string): string {
  if (typeof low === 'number' && typeof high === 'number') return `0x${(low + high * 0x10000).toString(16).padStart(8, '0')}`;
  if (high === 0) return String(low);
  return `${low} | (${typeof high === 'number' ? `0x${(high * 0x10000).toString(16)}` : `${high} << 16`})`;
}
