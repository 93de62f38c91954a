/** The rules that a table of operations must keep. */
import type { Field, Fields, Operation } from '../schema.js';
import { internalNames } from './names.js';

const reservedWords = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval namespace struct table union include attribute root_type rpc_service file_extension file_identifier native_include'.split(
    ' ',
  ),
);
const camelCase = /^[a-z][a-z0-9]+([A-Z][a-z0-9]+)*$/;
const pascalCase = /^([A-Z][a-z0-9]+)+$/;
/** The largest vector that FlatBuffers can hold has references of 31 bits. */
const mostBytes = 2 ** 30;

export function checkFields(table: string, fields: Fields): void {
  const names = new Set<string>();
  fields.forEach((field, position) => {
    const at = `${table}.${field.name}`;
    if (field.id !== position) throw new Error(`${at}: id ${field.id}, expected ${position}; ids count up without gaps`);
    checkName(at, field.name);
    const lower = field.name.toLowerCase();
    if (names.has(lower)) throw new Error(`${at}: the name is taken`);
    names.add(lower);
    checkLimit(at, field);
  });
}

function checkName(at: string, name: string): void {
  if (!camelCase.test(name)) throw new Error(`${at}: names are camelCase and at least two characters long`);
  if (internalNames.has(name) || reservedWords.has(name)) throw new Error(`${at}: the name is reserved`);
}

function checkLimit(at: string, field: Field): void {
  if (!('max' in field)) return;
  if (!Number.isInteger(field.max) || field.max < 1 || field.max > mostBytes)
    throw new Error(`${at}: a limit from 1 to ${mostBytes} is missing`);
}

export function checkOperations(operations: readonly Operation[]): void {
  const names = new Set<string>();
  const opcodes = new Set<number>();
  for (const { name, opcode, request, audit } of operations) {
    checkName(name, name);
    if (!Number.isInteger(opcode) || opcode < 1 || opcode > 0xffff) throw new Error(`${name}: opcode ${opcode} is not from 1 to 65535`);
    if (opcodes.has(opcode)) throw new Error(`${name}: opcode ${opcode} is taken`);
    if (names.has(name)) throw new Error(`${name}: the name is taken`);
    opcodes.add(opcode);
    names.add(name);
    for (const field of audit) {
      if (!request.some((f) => f.name === field)) throw new Error(`${name}: audits ${field}, which is not in the request`);
    }
  }
}

/** The emitted file has a type `Name` and a type `NameInput` for each table. */
export function checkTypeNames(names: readonly string[]): void {
  const taken = new Set(['Messages', 'OperationCodec']);
  for (const name of names) {
    if (!pascalCase.test(name)) throw new Error(`table ${name}: names of tables are PascalCase`);
    for (const type of [name, `${name}Input`]) {
      if (taken.has(type)) throw new Error(`table ${name}: the type ${type} is taken`);
      taken.add(type);
    }
  }
}
