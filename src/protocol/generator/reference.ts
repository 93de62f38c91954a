/** Emits the tables of the protocol's reference, each between `<!-- generated: name -->` and `<!-- end -->`. */
import { errorTable } from '../../core/errors.js';
import { permissionNames } from '../../core/permissions.js';
import { slotRights } from '../../core/resources.js';
import * as enumerations from '../enumerations.js';
import type { Operation } from '../schema.js';
import type { Model } from './model.js';

/** @throws {Error} when the text has a section that nothing is known of, or lacks one. */
export function emitReference(text: string, model: Model): string {
  const sections: Readonly<Record<string, string>> = {
    operations: operationRows(model.operations),
    enumerations: enumerationRows(),
    masks: maskRows(),
    errors: errorRows(),
  };
  const left = new Set(Object.keys(sections));
  const result = text.replace(/(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g, (_all, start: string, name: string, end: string) => {
    const rows = sections[name];
    if (rows === undefined || !left.delete(name)) throw new Error(`the reference has a section ${name} too many`);
    return `${start}\n${rows}\n${end}`;
  });
  if (left.size > 0) throw new Error(`the reference lacks the sections ${[...left].join(', ')}`);
  return result;
}

function rowsOf(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}

function operationRows(operations: readonly Operation[]): string {
  const rows = operations.map(({ opcode, name, repeatable, about }) => [opcode, `\`${name}\``, repeatable ? 'yes' : 'no', about]);
  return rowsOf(['number', 'operation', 'repeatable', 'what it does'], rows);
}

/** Where each enumeration is met. */
const uses: readonly (readonly [string, enumerations.Enumeration<string>])[] = [
  ['`type` of resources (`resolveResource`, `listResources`, `Resource`, `ListedResource`)', enumerations.resourceTypeNumbers],
  ['`persistence` of `Resource`', enumerations.persistenceNumbers],
  ['`state` of `SlotInfo`', enumerations.slotStateNumbers],
  ['`kind` of `createContext`', enumerations.contextKindNumbers],
  ['`direction` of `createContext`, for ciphers and AEAD', enumerations.directionNumbers],
  ['`mode` of `createContext`, for MACs', enumerations.operationModeNumbers],
  ['`selection` of `createContext`', enumerations.providerSelectionNumbers],
  ['`format` of `importKey` and `exportKey`', enumerations.keyFormatNumbers],
  ['`kind` of `getKeyInfo`', enumerations.keyKindNumbers],
  ['`type` of `Provider`', enumerations.providerTypeNumbers],
  ['`state` of `Provider`', enumerations.providerStateNumbers],
  ['`status` of `health`', enumerations.healthStatusNumbers],
];

function enumerationRows(): string {
  const rows = uses.map(([where, { names }]) => [where, names.map((name, i) => `${i + 1} ${name}`).join(', ')]);
  return rowsOf(['field', 'values'], rows);
}

function maskRows(): string {
  const bits = (names: readonly string[]) => names.map((name, i) => `0x${(1 << i).toString(16)} ${name}`).join(', ');
  return rowsOf(
    ['field', 'bits'],
    [
      ['`permissions`, `publicPermissions`, `permittedOperations`', bits(permissionNames)],
      ['`rights` of `ListedResource`', bits(slotRights)],
    ],
  );
}

function errorRows(): string {
  const rows = errorTable.map(({ numericCode, code, category, retryable }) => [
    `0x${numericCode.toString(16).padStart(8, '0')}`,
    `\`${code}\``,
    category,
    retryable ? 'yes' : 'no',
  ]);
  return rowsOf(['status', 'code', 'category', 'retryable'], rows);
}
