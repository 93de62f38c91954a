/** Reads a table of operations into checked tables, each after the tables it contains. */
import type { Field, Fields, Operation, OperationTable } from '../schema.js';
import { checkFields, checkOperations, checkTypeNames } from './checks.js';
import { type Layout, layoutOf } from './layout.js';
import { pascal } from './names.js';

export interface Table {
  readonly name: string;
  readonly fields: readonly ModelField[];
  readonly layout: Layout;
  /** A body of its own: a request, a response, or a table that no other contains. */
  readonly root: boolean;
  /** What the emitted schema says of it. */
  readonly about: string | undefined;
  /** Holds lists, itself or in a table within. */
  readonly counted: boolean;
  /** Contains a table, whose presence is told by the vtable: items of a list then have a vtable each and share none. */
  readonly varies: boolean;
}

/** A field; `of` is the table it contains or lists. */
export type ModelField =
  | Exclude<Field, { readonly type: 'table' | 'list' }>
  | (Extract<Field, { readonly type: 'table' | 'list' }> & { readonly of: Table });

export interface Model {
  readonly namespace: string;
  readonly tables: readonly Table[];
  readonly operations: readonly Operation[];
}

/** @throws {Error} naming the row that breaks a rule of the wire. */
export function modelOf(source: OperationTable): Model {
  checkOperations(source.operations);
  const tables = new TableReader(source);
  for (const name of Object.keys(source.tables)) tables.contained(name);
  for (const operation of source.operations) {
    const number = `Operation ${operation.opcode}, ${operation.name}`;
    tables.message(`${pascal(operation.name)}Request`, operation.request, `${number}. ${operation.about}`);
    tables.message(`${pascal(operation.name)}Response`, operation.response, `Answer of operation ${operation.opcode}.`);
  }
  checkTypeNames(tables.all.map((table) => table.name));
  return { namespace: source.namespace, tables: tables.all, operations: source.operations };
}

class TableReader {
  readonly all: Table[] = [];
  readonly #sources: Readonly<Record<string, Fields>>;
  readonly #done = new Map<string, Table>();
  readonly #open = new Set<string>();
  readonly #containedNames: ReadonlySet<string>;

  constructor({ tables, operations }: OperationTable) {
    this.#sources = tables;
    const all = [...Object.values(tables), ...operations.flatMap(({ request, response }) => [request, response])];
    this.#containedNames = new Set(all.flatMap(tablesIn));
  }

  /** A table of the given name, read once. */
  contained(name: string): Table {
    const known = this.#done.get(name);
    if (known !== undefined) return known;
    const fields = Object.hasOwn(this.#sources, name) ? this.#sources[name] : undefined;
    if (fields === undefined) throw new Error(`there is no table ${name}`);
    if (this.#open.has(name)) throw new Error(`table ${name} contains itself`);
    this.#open.add(name);
    const table = this.#read(name, fields, !this.#containedNames.has(name), undefined);
    this.#open.delete(name);
    this.#done.set(name, table);
    return table;
  }

  message(name: string, fields: Fields, about: string): void {
    this.#read(name, fields, true, about);
  }

  #read(name: string, fields: Fields, root: boolean, about: string | undefined): Table {
    checkFields(name, fields);
    const model = fields.map((field): ModelField => {
      return field.type === 'table' || field.type === 'list' ? { ...field, of: this.contained(field.table) } : field;
    });
    const counted = model.some((f) => f.type === 'numbers' || f.type === 'list' || (f.type === 'table' && f.of.counted));
    const varies = model.some((f) => f.type === 'table');
    const table = { name, fields: model, layout: layoutOf(fields), root, about, counted, varies };
    this.all.push(table);
    return table;
  }
}

function tablesIn(fields: Fields): string[] {
  return fields.flatMap((field) => (field.type === 'table' || field.type === 'list' ? [field.table] : []));
}
