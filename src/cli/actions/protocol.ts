import { algorithmTable } from '../../core/algorithms.js';
import { ownVersions } from '../../protocol/hello.js';
import { protocolTable } from '../../protocol/operations.js';
import type { Field, Fields, Operation } from '../../protocol/schema.js';
import { action, printJson } from '../action.js';
import type { CliContext, Output } from '../context.js';
import type { JsonFlags } from '../flags.js';
import { styled, tableLine, widths } from '../table.js';

/** `keyslot protocol` */
export const protocol = action(async (context, flags: JsonFlags) => {
  if (flags.json === true) printJson(context, { versions: ownVersions, ...protocolTable, algorithms: algorithmTable });
  else show(context);
});

function show(context: CliContext): void {
  const { stdout } = context.process;
  const head = (text: string) => stdout.write(`${styled(stdout, 'bold', text)}\n`);
  const { min, max } = ownVersions;
  head(`OPERATIONS (version ${min === max ? max : `${min} to ${max}`})`);
  for (const operation of protocolTable.operations) stdout.write(operationText(operation, (name) => styled(stdout, 'bold', name)));
  stdout.write('\n');
  head('TABLES');
  for (const [name, fields] of Object.entries(protocolTable.tables)) stdout.write(`  ${name}\n${fieldsText('', fields)}`);
  stdout.write('\n');
  showAlgorithms(stdout);
}

function operationText({ opcode, name, about, repeatable, request, response }: Operation, bold: (name: string) => string): string {
  const head = `${String(opcode).padStart(4)}  ${bold(name)}${repeatable ? ', repeatable' : ''}\n`;
  return head + wrapped(about) + fieldsText('asks', request) + fieldsText('answers', response);
}

const width = 76;
const indent = '      ';

function wrapped(text: string, hanging = indent): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width - hanging.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, i) => `${i === 0 ? indent : hanging}${one}\n`).join('');
}

function fieldsText(what: string, fields: Fields): string {
  if (fields.length === 0) return '';
  const head = what === '' ? '' : `${what} `;
  // The blank inside a field is kept together with it.
  const text = fields.map((field) => fieldText(field).replaceAll(' ', '\u00a0')).join(', ');
  return wrapped(head + text, `${indent}  `).replaceAll('\u00a0', ' ');
}

function fieldText(field: Field): string {
  if (field.type === 'table') return `${field.name} ${field.table}`;
  if (field.type === 'list') return `${field.name} [${field.table}]`;
  if (field.type === 'numbers') return `${field.name} [${field.item}]`;
  return `${field.name} ${field.type}`;
}

const columns = [{ name: 'ALGORITHM' }, { name: 'FAMILY' }, { name: 'RUNS IN' }] as const;

/** A line for each, and below it what only some have: other names and parameters. */
function showAlgorithms(output: Output): void {
  const rows = algorithmTable.map(({ name, family, kinds }) => [name, family, kinds.join(', ') || '-']);
  const width = widths(columns, rows);
  const line = (cells: readonly string[]) => tableLine(columns, width, cells);
  output.write(`${styled(output, 'bold', line(columns.map(({ name }) => name)))}\n`);
  for (const [i, { aliases, parameters }] of algorithmTable.entries()) {
    output.write(`${line(rows[i] ?? [])}\n`);
    if (aliases.length > 0) output.write(wrapped(`also ${aliases.join(', ')}`, `${indent}  `));
    if (parameters.length > 0) output.write(wrapped(`takes ${parameters.map(({ name }) => name).join(', ')}`, `${indent}  `));
  }
}
