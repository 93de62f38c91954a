/** Emits the TypeScript types of a table: what decoders answer, and what encoders take. */
import type { ModelField, Table } from './model.js';

export function emitTypes(table: Table): string {
  return `${emitInterface(table.name, table.fields, decodedField)}\n${emitInterface(`${table.name}Input`, table.fields, inputField)}`;
}

function emitInterface(name: string, fields: readonly ModelField[], one: (field: ModelField) => string): string {
  if (fields.length === 0) return `export type ${name} = Readonly<Record<never, never>>;\n`;
  return `export interface ${name} {\n${fields.map((field) => `  ${one(field)}\n`).join('')}}\n`;
}

function decodedField(field: ModelField): string {
  return `readonly ${field.name}: ${typeOf(field, '')}${field.type === 'table' ? ' | undefined' : ''};`;
}

function inputField(field: ModelField): string {
  return `readonly ${field.name}?: ${typeOf(field, 'Input')} | undefined;`;
}

function typeOf(field: ModelField, suffix: string): string {
  switch (field.type) {
    case 'bytes':
      return 'Uint8Array';
    case 'text':
      return 'string';
    case 'numbers':
      return 'readonly number[]';
    case 'table':
      return field.of.name + suffix;
    case 'list':
      return `readonly ${field.of.name}${suffix}[]`;
    default:
      return 'number';
  }
}
