/**
 * Records frames of the current version, once for each version that is released:
 * `node dist/test/protocol/record-frames.js test/fixtures/protocol/v2`. A folder that exists is left alone: what it holds was released.
 */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable } from '../../src/core/errors.js';
import type { ModelField, Table } from '../../src/protocol/generator/model.js';
import { pascal } from '../../src/protocol/generator/names.js';
import { completed, model, type Values } from './bodies.js';
import { type Direction, type Recording, toJson, written } from './recordings.js';

const wide = 1 << 20;
/** Makes several frames of most messages. */
const narrow = 64;

function tableNamed(name: string): Table {
  const found = model.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

/** A message in which every field is set, each to something of its own. */
function filled(table: Table, salt: number): Values {
  return Object.fromEntries(table.fields.map((field) => [field.name, someValue(field, salt + field.id)]));
}

function someValue(field: ModelField, salt: number): unknown {
  switch (field.type) {
    case 'u8':
      return 200 + (salt % 50);
    case 'u16':
      return 60_000 + salt;
    case 'u32':
      return 4_000_000_000 + salt;
    case 'u64':
      return Number.MAX_SAFE_INTEGER - salt;
    case 'bytes':
      return Uint8Array.from({ length: salt % 12 }, (_, i) => (16 * i + salt) & 0xff);
    case 'text':
      return `${field.name} ${salt} äöü 鍵`;
    case 'numbers':
      return [salt, salt + 1, salt + 2].slice(0, 1 + (salt % 3));
    case 'table':
      return filled(field.of, salt + 1);
    case 'list':
      return [filled(field.of, salt + 2), {}, filled(field.of, salt + 3)];
  }
}

function rowsOf(direction: Direction): Recording[] {
  const rows: Recording[] = [];
  const add = (row: Omit<Recording, 'length' | 'request'>) => {
    const request = rows.length + 1;
    rows.push({ ...row, request, length: written(direction, { ...row, request }).length });
  };
  const side = direction === 'requests' ? 'Request' : 'Response';
  for (const { name, opcode } of model.operations) {
    const table = tableNamed(`${pascal(name)}${side}`);
    const word = direction === 'requests' ? opcode : 0;
    const message = toJson(completed(table, filled(table, opcode)));
    const empty = toJson(completed(table, {}));
    add({ name, operation: opcode, word, frame: wide, message });
    add({ name, operation: opcode, word, frame: wide, message: empty });
    add({ name, operation: opcode, word, frame: narrow, message });
  }
  if (direction === 'answers') {
    for (const { code, numericCode } of errorTable) {
      const message = {
        message: `the message of ${code}`,
        field: numericCode % 2 === 0 ? 'field' : '',
        retryable: numericCode % 3 === 0 ? 1 : 0,
      };
      add({ name: code, operation: 40, word: numericCode, frame: wide, message });
    }
  }
  return rows;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: record-frames FOLDER');
mkdirSync(folder);
copyFileSync('src/protocol/keyslot.fbs', join(folder, 'keyslot.fbs'));
for (const direction of ['requests', 'answers'] as const) {
  const rows = rowsOf(direction);
  writeFileSync(join(folder, `${direction}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeFileSync(join(folder, `${direction}.bin`), Buffer.concat(rows.map((row) => written(direction, row))));
}
