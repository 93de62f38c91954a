/** Emits straight-line decoders, which check every number before they follow it. */
import { sizeOfField } from './layout.js';
import type { ModelField, Table } from './model.js';

export function emitDecoder(table: Table, use: { readonly listed: boolean }): string {
  const parts = [emitTable(table)];
  if (use.listed) parts.push(emitList(table));
  if (table.root) parts.push(emitRoot(table));
  return parts.join('\n');
}

/** The table at t of the message in [s, e). */
function emitTable(table: Table): string {
  const lines = [
    `function read${table.name}(${usesBytes(table) ? 'b' : '_b'}: Uint8Array, d: DataView, s: number, e: number, t: number): ${table.name} {`,
    '  const vt = vtableOf(d, s, e, t);',
    '  const vn = d.getUint16(vt, true);',
    '  const tn = d.getUint16(vt + 2, true);',
    '  if (vn < 4 || (vn & 1) !== 0 || vt + vn > e || tn < 4 || t + tn > e) bad();',
  ];
  if (table.fields.length === 0) return [...lines, '  return {};', '}', ''].join('\n');
  lines.push('  let o = 0;', ...table.fields.flatMap(emitField));
  return [...lines, '  return {', ...table.fields.map((field) => `    ${field.name},`), '  };', '}', ''].join('\n');
}

function usesBytes(table: Table): boolean {
  return table.fields.some(({ type }) => type === 'bytes' || type === 'text' || type === 'table' || type === 'list');
}

/** A field that the vtable does not name, because it is absent or the writer older, keeps its zero. */
function emitField(field: ModelField): string[] {
  const entry = 4 + 2 * field.id;
  const size = sizeOfField(field);
  const aligned = size === 1 ? '' : ` || ((t + o - s) & ${size - 1}) !== 0`;
  return [
    `  let ${field.name}${zero(field)};`,
    `  if (vn > ${entry}) {`,
    `    o = d.getUint16(vt + ${entry}, true);`,
    '    if (o !== 0) {',
    `      if (o < 4 || o + ${size} > tn${aligned}) bad();`,
    `      ${field.name} = ${read(field)};`,
    '    }',
    '  }',
  ];
}

function zero(field: ModelField): string {
  switch (field.type) {
    case 'bytes':
      return ': Uint8Array = noBytes';
    case 'text':
      return " = ''";
    case 'numbers':
      return ': readonly number[] = []';
    case 'table':
      return `: ${field.of.name} | undefined`;
    case 'list':
      return `: readonly ${field.of.name}[] = []`;
    default:
      return ' = 0';
  }
}

function read(field: ModelField): string {
  const there = 'follow(d, s, e, t + o)';
  switch (field.type) {
    case 'u8':
      return 'd.getUint8(t + o)';
    case 'u16':
    case 'u32':
      return `d.getUint${field.type.slice(1)}(t + o, true)`;
    case 'u64':
      return 'getU64(d, t + o)';
    case 'bytes':
      return `getBytes(b, d, e, ${there}, ${field.max})`;
    case 'text':
      return `getText(b, d, e, ${there}, ${field.max})`;
    case 'numbers':
      return `getU${field.item.slice(1)}s(d, e, ${there}, ${field.max})`;
    case 'table':
      return `read${field.of.name}(b, d, s, e, ${there})`;
    case 'list':
      return `read${field.of.name}List(b, d, s, e, ${there}, ${field.max})`;
  }
}

function emitList(table: Table): string {
  const { name } = table;
  return `function read${name}List(b: Uint8Array, d: DataView, s: number, e: number, p: number, max: number): ${name}[] {
  const n = getCount(d, e, p, 4, max);
  const items: ${name}[] = [];
  for (let i = 0; i < n; i++) items.push(read${name}(b, d, s, e, follow(d, s, e, p + 4 + 4 * i)));
  return items;
}
`;
}

function emitRoot(table: Table): string {
  return `export function decode${table.name}(b: Uint8Array, d: DataView, start: number, end: number): ${table.name} {
${table.counted ? '  refill();\n' : ''}  return read${table.name}(b, d, start, end, rootOf(b, d, start, end));
}
`;
}
