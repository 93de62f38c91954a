import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emitAlgorithms } from '../../src/protocol/generator/algorithms-page.js';
import { emitTarget } from '../../src/protocol/generator/emit.js';
import { modelOf } from '../../src/protocol/generator/model.js';
import { targets } from '../../src/protocol/generator/targets.js';
import { bytes, type Fields, list, numbers, type Operation, type OperationTable, table, text, u8, u64 } from '../../src/protocol/schema.js';

describe('npm run generate', () => {
  it.for(targets.map((target) => [target.codec, target] as const))('has nothing to change in %s', async ([, target]) => {
    const emitted = await emitTarget(target, process.cwd());
    expect(emitted.length).toBe(target.schema === undefined ? 1 : 3);
    for (const { path, text: wanted } of emitted) expect(readFileSync(path, 'utf8'), `${path}: run npm run generate`).toBe(wanted);
  });
});

function operation(changes: Partial<Operation> = {}): Operation {
  return { opcode: 1, name: 'doThis', request: [], response: [], repeatable: false, audit: [], about: 'Does this.', ...changes };
}

function tableOf(operations: readonly Operation[], tables: Readonly<Record<string, Fields>> = {}): OperationTable {
  return { namespace: 'testing', tables, operations };
}

describe('a table of operations is refused for', () => {
  it.each([
    ['a gap in the ids', [u8(0, 'one'), u8(2, 'two')], /two: id 2, expected 1/],
    ['an id used twice', [u8(0, 'one'), u8(0, 'two')], /two: id 0, expected 1/],
    ['a name used twice', [u8(0, 'one'), u64(1, 'one')], /the name is taken/],
    ['names that differ in case only', [u8(0, 'oneTwo'), u64(1, 'onetwo')], /the name is taken/],
    ['a limit of zero', [bytes(0, 'one', 0)], /a limit/],
    ['a limit that is no number', [text(0, 'one', Number.NaN)], /a limit/],
    ['a limit beyond FlatBuffers', [list(0, 'one', 'Leaf', 2 ** 31)], /a limit/],
    ['a list of numbers without limit', [numbers(0, 'one', 'u16', -1)], /a limit/],
    ['an unknown table', [table(0, 'one', 'Missing')], /no table Missing/],
    ['a table named like a property of objects', [table(0, 'one', 'constructor')], /no table constructor/],
    ['a reserved word', [u8(0, 'class')], /reserved/],
    ['a name that emitted code uses', [u8(0, 'follow')], /reserved/],
    ['a name of one letter', [u8(0, 'x')], /camelCase/],
    ['a name with an underscore', [u8(0, 'one_two')], /camelCase/],
  ])('%s', (_what, request, message) => {
    expect(() => modelOf(tableOf([operation({ request })], { Leaf: [u8(0, 'leaf')] }))).toThrow(message);
  });

  it.each([
    ['an opcode used twice', [operation(), operation({ name: 'doThat' })], /opcode 1 is taken/],
    ['a name used twice', [operation(), operation({ opcode: 2 })], /name is taken/],
    ['opcode 0', [operation({ opcode: 0 })], /not from 1 to 65535/],
    ['an opcode above 16 bits', [operation({ opcode: 65_536 })], /not from 1 to 65535/],
    ['an audited field that is not there', [operation({ audit: ['key'] })], /audits key/],
  ])('%s', (_what, operations, message) => {
    expect(() => modelOf(tableOf(operations))).toThrow(message);
  });

  it('tables that contain themselves', () => {
    const tables = { Tree: [list(0, 'branches', 'Branch', 4)], Branch: [table(0, 'tree', 'Tree')] };
    expect(() => modelOf(tableOf([], tables))).toThrow(/contains itself/);
  });

  it('a table named like a message or like the input of another', () => {
    expect(() => modelOf(tableOf([operation()], { DoThisRequest: [] }))).toThrow(/is taken/);
    expect(() => modelOf(tableOf([], { Leaf: [], LeafInput: [] }))).toThrow(/is taken/);
  });
});

it('the page of algorithms is as the generator writes it', () => {
  const text = readFileSync('docs/algorithms.md', 'utf8');
  expect(emitAlgorithms(text)).toBe(text);
});
