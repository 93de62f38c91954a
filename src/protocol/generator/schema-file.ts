/** Emits the FlatBuffers schema from which clients in other languages are generated. */
import type { Model, ModelField, Table } from './model.js';
import { snake } from './names.js';

const scalars = { u8: 'uint8', u16: 'uint16', u32: 'uint32', u64: 'uint64' } as const;

export function emitSchema(model: Model): string {
  const head = `// Generated from the table of operations by \`npm run generate\`. Do not edit.\n// How these tables travel: docs/protocol.md.\n\nnamespace ${model.namespace};\n`;
  return [head, ...model.tables.map(emitTable)].join('\n');
}

function emitTable(table: Table): string {
  const about = table.about === undefined ? '' : `/// ${table.about}\n`;
  const rows = table.fields.map((field) => `  ${limit(field)}${snake(field.name)}: ${typeOf(field)} (id: ${field.id});\n`);
  return `${about}table ${table.name} {\n${rows.join('')}}\n`;
}

/** FlatBuffers has no limits, so that they stand in the comments. */
function limit(field: ModelField): string {
  if (!('max' in field)) return '';
  const unit = field.type === 'bytes' || field.type === 'text' ? 'bytes' : 'items';
  return `/// At most ${field.max} ${unit}.\n  `;
}

function typeOf(field: ModelField): string {
  switch (field.type) {
    case 'bytes':
      return '[uint8]';
    case 'text':
      return 'string';
    case 'numbers':
      return `[${scalars[field.item]}]`;
    case 'table':
      return field.of.name;
    case 'list':
      return `[${field.of.name}]`;
    default:
      return scalars[field.type];
  }
}
