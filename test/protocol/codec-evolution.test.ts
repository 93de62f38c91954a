/** Two versions of a table, each with code that was generated and compiled for it, read each other's messages. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitCodec } from '../../src/protocol/generator/codec-file.js';
import { modelOf, type Table } from '../../src/protocol/generator/model.js';
import type { MessageTypes, OperationCodec } from '../../src/protocol/operation-codec.js';
import { bytes, type Fields, list, numbers, type OperationTable, table, text, u8, u16, u32, u64 } from '../../src/protocol/schema.js';
import { completed, dirtyBuffer, inputOf, type Values } from './bodies.js';

const leaf: Fields = [text(0, 'name', 64), u16(1, 'kind')];
const branch: Fields = [u64(0, 'number'), list(1, 'leaves', 'Leaf', 8), table(2, 'main', 'Leaf')];
const request: Fields = [u8(0, 'mode'), bytes(1, 'data', 4096), list(2, 'branches', 'Branch', 8), table(3, 'first', 'Branch')];

function tableOf(tables: Readonly<Record<string, Fields>>, fields: Fields): OperationTable {
  const row = { opcode: 1, name: 'grow', request: fields, response: [], repeatable: false, audit: [], about: 'Grows.' };
  return { namespace: 'testing', tables, operations: [row] };
}

const oldTable = tableOf({ Leaf: leaf, Branch: branch }, request);
/** Every table has grown, in places that move fields about: a first u64, a sub-table in an item that had none. */
const newTable = tableOf(
  {
    Tag: [u8(0, 'tag')],
    Leaf: [...leaf, u64(2, 'time'), table(3, 'mark', 'Tag'), numbers(4, 'sizes', 'u32', 8)],
    Branch: [...branch, text(3, 'note', 64), list(4, 'tags', 'Tag', 8)],
  },
  [...request, u64(4, 'deadline'), u32(5, 'options'), list(6, 'tags', 'Tag', 8), numbers(7, 'providers', 'u16', 8)],
);

type Codec = OperationCodec<string, MessageTypes>;
let folder: string;
let older: Codec;
let newer: Codec;

/** Compiles strictly: what is emitted has to satisfy the project's own compiler settings for any table. */
async function compiled(name: string, source: OperationTable): Promise<Codec> {
  const project = process.cwd();
  writeFileSync(join(folder, 'src', `${name}.ts`), emitCodec(modelOf(source), './protocol'));
  const options = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  const paths = ['--ignoreConfig', '--types', 'node', '--typeRoots', join(project, 'node_modules', '@types'), '--rootDir', folder];
  execFileSync(process.execPath, [tsc, ...options, ...paths, join(folder, 'src', `${name}.ts`)], { encoding: 'utf8' });
  const loaded: { operations: { grow: Codec } } = await import(pathToFileURL(join(folder, 'src', `${name}.js`)).href);
  return loaded.operations.grow;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keyslot-evolution-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(process.cwd(), 'dist', 'src', 'protocol'), join(folder, 'src', 'protocol'));
  older = await compiled('older', oldTable);
  newer = await compiled('newer', newTable);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function requestOf(source: OperationTable): Table {
  const found = modelOf(source).tables.find((candidate) => candidate.name === 'GrowRequest');
  if (found === undefined) throw new Error('no request');
  return found;
}

/** What one side writes and the other reads. */
function passed(from: Codec, to: Codec, input: Values): object {
  const { bytes: b, view } = dirtyBuffer(from.measureRequest(input));
  return to.decodeRequest(b, view, 0, from.encodeRequest(b, view, 0, input));
}

describe('of two versions of a table', () => {
  const oldRequest = requestOf(oldTable);
  const newRequest = requestOf(newTable);

  it('each reads its own', () => {
    fc.assert(
      fc.property(inputOf(newRequest), (input) => {
        expect(passed(newer, newer, input)).toEqual(completed(newRequest, input));
      }),
    );
    fc.assert(
      fc.property(inputOf(oldRequest), (input) => {
        expect(passed(older, older, input)).toEqual(completed(oldRequest, input));
      }),
    );
  });

  it('the older reads of the newer what it knows', () => {
    fc.assert(
      fc.property(inputOf(newRequest), (input) => {
        expect(passed(newer, older, input)).toEqual(completed(oldRequest, input));
      }),
    );
  });

  it('the newer reads of the older the rest as zeros', () => {
    fc.assert(
      fc.property(inputOf(oldRequest), (input) => {
        expect(passed(older, newer, input)).toEqual(completed(newRequest, input));
      }),
    );
  });
});
